// The package as its users have it: node package.test.mjs --zips DIR
//
// The package has been built; the folder holds what the native core makes of each starter.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { parseArgs, promisify } from "node:util";
import { build } from "vite";
import { launch, open } from "../browser/browser.mjs";
import { serve } from "../browser/server.mjs";

const run = promisify(execFile);
const here = import.meta.dirname;
const { values } = parseArgs({ options: { zips: { type: "string" } } });
const source = join(here, "../../www/package");
const dist = join(here, "dist");

const native = (id) => readFile(join(values.zips, `${id}.zip`));

let backsmith;
let starters;

/** Installs what `npm pack` makes of the package. */
async function install() {
  const folder = await mkdtemp(join(tmpdir(), "backsmith-package-"));
  const packed = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: source,
  });
  const [{ filename }] = JSON.parse(packed.stdout);
  const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...flags, join(folder, filename)], { cwd: here });
  await rm(folder, { recursive: true });
}

before(async () => {
  await install();
  const { load } = await import("backsmith");
  backsmith = await load();
  starters = backsmith.starters();
});

test("in Node it gives the bytes that the native core gives", async () => {
  assert.ok(starters.length > 0);
  for (const { id, spec } of starters) {
    const { bytes, name, diagnostics } = backsmith.zip(spec);
    assert.ok(diagnostics.every(({ code }) => code === "cascade-crosses-owners"));
    assert.ok(Buffer.from(bytes).equals(await native(id)), id);
    assert.match(name, /^[a-z][a-z0-9-]*\.zip$/);
  }
});

test("problems of a spec are told, and give no project", () => {
  const { files, diagnostics, summary } = backsmith.generate("backsmith: 1\nname: a b\n");
  assert.deepEqual(files, []);
  assert.equal(summary, null);
  assert.ok(diagnostics.some(({ severity }) => severity === "error"));
});

test("its types say what it does", async () => {
  const tsc = join(here, "../../www/node_modules/.bin/tsc");
  await run(tsc, ["-p", here]).catch(({ stdout }) => assert.fail(stdout));
});

test("it holds its core, its types and its licences, and nothing else", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: source });
  const paths = JSON.parse(stdout)[0].files.map(({ path }) => path);
  const isExpected = (path) =>
    /^(dist\/([a-z]+\.(js|d\.ts)|core\/backsmith(\.js|\.d\.ts|_bg\.wasm))|LICENSE-[A-Z0-9]+|README\.md|package\.json)$/i.test(
      path,
    );
  assert.deepEqual(
    paths.filter((path) => !isExpected(path)),
    [],
  );
  assert.ok(paths.includes("dist/core/backsmith_bg.wasm") && paths.includes("LICENSE-MIT"));
});

test("on a page that Vite builds", async (context) => {
  await build({
    root: join(here, "app"),
    base: "./",
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: dist, emptyOutDir: true },
  });
  const [browser, server] = await Promise.all([launch(), serve(dist)]);
  after(() => Promise.all([browser.close(), server.close()]));
  const { page, finish } = await open(browser, server.address);
  await page.goto(server.address);
  const ask = (name, spec) =>
    page.evaluate(([name, spec]) => globalThis.page[name](spec), [name, spec]);

  const [{ id, spec }] = starters;
  await context.test("it gives the same bytes, in the page and in a worker", async () => {
    const expected = (await native(id)).toString("base64");
    assert.deepEqual(await ask("zips", spec), [expected, expected]);
  });
  await context.test("the worker ends what takes too long, and starts again", async () => {
    assert.deepEqual(await ask("tooSlow", spec), { reasons: ["slow", "slow"], closed: "closed" });
  });
  await finish();
});
