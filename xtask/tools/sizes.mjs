// Prints how large each file of the page is, as it is and as servers send it, by its name without its hash.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { brotliCompressSync } from "node:zlib";

const folder = process.argv[2];
const sizes = {};
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.startsWith(".")) {
    continue;
  }
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  const name = relative(folder, path)
    .split(sep)
    .join("/")
    .replace(/-[0-9A-Za-z]{8,16}(?=[._][a-z0-9_.]+$)/, "");
  sizes[name] = { bytes: content.length, brotli: brotliCompressSync(content).length };
}
console.log(JSON.stringify(sizes));
