// Gives the worker and the core names that carry their content, so that a browser's cache never
// mixes two versions. Trunk does this for the files that the HTML names, but not for these.
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) {
  throw new Error("TRUNK_STAGING_DIR is not set: this file is a hook of `trunk build`.");
}

/** Renames a file after its content and returns the new name. */
async function hashed(name) {
  const content = await readFile(join(folder, name));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const renamed = name.replace(/(\.[a-z]+)$/, `-${hash}$1`);
  await rename(join(folder, name), join(folder, renamed));
  return renamed;
}

/** Replaces the one mention of a name in a file. */
async function mention(file, from, to) {
  const path = join(folder, file);
  const parts = (await readFile(path, "utf8")).split(from);
  if (parts.length !== 2) {
    throw new Error(`${file} should mention ${from} once, not ${parts.length - 1} times.`);
  }
  await writeFile(path, parts.join(to));
}

await mention("backsmith.js", "backsmith_bg.wasm", await hashed("backsmith_bg.wasm"));
await mention("worker.js", "./backsmith.js", `./${await hashed("backsmith.js")}`);
await mention("index.html", "./worker.js", `./${await hashed("worker.js")}`);
