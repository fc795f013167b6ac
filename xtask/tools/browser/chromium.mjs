// Unpacks the registry's Chromium and prints where it is.
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
