// Makes the package from the core as wasm-bindgen leaves it: node package/build.mjs --core DIR
import { execFile } from "node:child_process";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";

const here = import.meta.dirname;
const { values } = parseArgs({
  options: {
    core: { type: "string", default: join(here, "../../target/wasm-bindgen/release") },
  },
});

const CORE = ["backsmith.js", "backsmith.d.ts", "backsmith_bg.wasm"];
const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"];

/** Copies files from one folder into another. */
async function copy(names, from, to) {
  await mkdir(to, { recursive: true });
  await Promise.all(names.map((name) => copyFile(join(from, name), join(to, name))));
}

const [source, dist] = [join(here, "src/core"), join(here, "dist")];
await Promise.all([source, dist].map((folder) => rm(folder, { recursive: true, force: true })));
await copy(CORE, resolve(values.core), source);
await promisify(execFile)(join(here, "../node_modules/.bin/tsc"), ["-p", here]).catch((error) => {
  throw new Error(`The package does not compile:\n${error.stdout}`);
});
await copy(CORE, source, join(dist, "core"));
await copy(LICENCES, join(here, "../.."), here);
