// What Lighthouse says of the page on a phone, the middle of several visits: node median.mjs --dist DIR [--visits N]
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { findChromium } from "../browser/browser.mjs";
import { serve } from "../browser/server.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const AUDITS = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
  "speed-index",
];

const { values } = parseArgs({
  options: {
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    visits: { type: "string", default: "5" },
  },
});

const server = await serve(resolve(values.dist), { compressed: true });
const { executablePath, args } = await findChromium();
const browser = await launch({
  chromePath: executablePath,
  chromeFlags: [...args, "--headless=new"],
});
try {
  const visits = [];
  for (let visit = 0; visit < Number(values.visits); visit++) {
    const options = { port: browser.port, logLevel: "error", onlyCategories: CATEGORIES };
    const { lhr } = await lighthouse(server.address, options);
    visits.push(lhr);
  }
  for (const category of CATEGORIES) {
    const scores = visits.map(({ categories }) => Math.round(categories[category].score * 100));
    console.log(`${category.padEnd(26)} ${median(scores)}   of ${scores.join(", ")}`);
  }
  for (const audit of AUDITS) {
    const amounts = visits.map(({ audits }) => audits[audit].numericValue);
    const unit = visits[0].audits[audit].numericUnit === "millisecond" ? " ms" : "";
    console.log(`  ${audit.padEnd(24)} ${Number(median(amounts).toFixed(unit ? 0 : 3))}${unit}`);
  }
} finally {
  browser.kill();
  await server.close();
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
