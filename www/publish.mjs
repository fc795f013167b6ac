// The last step of `trunk build`: names that carry their content, the pre-rendered opening state,
// and the list of files that the service worker keeps.
import { createHash } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) {
  throw new Error("TRUNK_STAGING_DIR is not set: this file is a hook of `trunk build`.");
}

/** What one visit may cost, compressed, so that everything is at hand offline. */
const LARGEST_PRECACHE = 2_000_000;

/** Renames a file after its content and returns the new name. */
async function hashed(name) {
  const content = await readFile(join(folder, name));
  const renamed = name.replace(/(\.[a-z]+)$/, `-${digest(content)}$1`);
  await rename(join(folder, name), join(folder, renamed));
  return renamed;
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
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

/** What the page shows before its core has run, from what the native core made. */
async function opening() {
  const json = await readFile(join(here, "gen/opening.json"), "utf8").catch(() => {
    throw new Error("There is no opening state yet: build with `cargo xtask build`.");
  });
  const { renderOpening } = await import(pathToFileURL(join(here, "gen/opening.mjs")).href);
  return renderOpening(JSON.parse(json));
}

/**
 * Puts the style sheet into the page, which saves the first paint a round trip, and its hash into the page's policy. The
 * sheet's addresses are meant from its own place, which is beside the page.
 */
async function inlineStyle() {
  const page = await readFile(join(folder, "index.html"), "utf8");
  const found = page.match(/<link rel="stylesheet" href="\.\/(style-[^"]+\.css)"[^>]*>/);
  if (!found) {
    throw new Error("index.html links no style sheet");
  }
  const [link, name] = found;
  const css = (await readFile(join(folder, name), "utf8")).trim();
  const hash = createHash("sha256").update(css).digest("base64");
  await mention("index.html", link, `<style>${css}</style>`);
  await mention("index.html", "style-src 'self'", `style-src 'self' 'sha256-${hash}'`);
  await rm(join(folder, name));
}

/** Puts the list of all files, and a version that is theirs, before the service worker's text. */
async function precache() {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => path !== "sw.js" && !path.startsWith("."))
    .sort();
  const contents = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  const size = contents.reduce((sum, content) => sum + compressed(content), 0);
  if (size > LARGEST_PRECACHE) {
    throw new Error(`The page is too large to be kept: ${size} bytes, compressed.`);
  }
  const version = digest(contents.map(digest).join());
  const files = ["./", ...paths.filter((path) => path !== "index.html")];
  const path = join(folder, "sw.js");
  const text = await readFile(path, "utf8");
  await writeFile(path, `const PRECACHE = ${JSON.stringify({ version, files })};\n${text}`);
}

function compressed(content) {
  // A host compresses better than this, but not so fast.
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}

for (const name of ["backsmith.d.ts", "backsmith_bg.wasm.d.ts"]) {
  await rm(join(folder, name), { force: true });
}
await mention("backsmith.js", "backsmith_bg.wasm", await hashed("backsmith_bg.wasm"));
await mention("worker.js", "./backsmith.js", `./${await hashed("backsmith.js")}`);
await mention("index.html", "./worker.js", `./${await hashed("worker.js")}`);
await mention("index.html", "<!--opening-->", await opening());
await inlineStyle();
await precache();
