// The page without scripts, and without a connection.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { open } from "./browser.mjs";
import {
  arrive,
  goBehindOwner,
  openPage,
  RULE_FILE,
  readSpec,
  saveZip,
  scene,
  shoot,
  undoTo,
  values,
} from "./scene.mjs";
import { serve } from "./server.mjs";

for (const width of [1280, 360]) {
  test(`without JavaScript the opening state reads, ${width} pixels wide`, async () => {
    const { page, finish } = await open(scene.browser, scene.address, {
      javaScriptEnabled: false,
      viewport: { width, height: 800 },
    });
    await page.goto(scene.address);
    for (const part of ["Spec", "Files", "Code"]) {
      assert.ok(await page.getByRole("region", { name: part }).isVisible(), part);
    }
    assert.match(await page.getByRole("region", { name: "Spec" }).innerText(), /update: owner/);
    await page.getByText("it needs JavaScript").waitFor();
    await page.getByText(/\d+ files, \d+ tests, \d+ endpoints/).waitFor();
    await shoot(page, `without-scripts-${width}`);
    await finish();
  });
}

test("the core makes the same bytes as the pre-rendered state shows", async () => {
  const [{ page: bare, finish: finishBare }, { page, finish }] = await Promise.all([
    open(scene.browser, scene.address, { javaScriptEnabled: false }),
    openPage(),
  ]);
  await bare.goto(scene.address);
  const shown = await bare.getByRole("region", { name: "Code" }).locator("pre").textContent();
  const live = await page.locator("bs-code-view pre").textContent();
  assert.equal(live, shown);
  const spec = await bare.getByRole("region", { name: "Spec" }).locator("pre").textContent();
  const lines = await page.locator("bs-spec-pane .cm-line").allTextContents();
  assert.equal(lines.join("\n"), spec);
  assert.equal(await bare.getByRole("heading", { level: 2 }).innerText(), RULE_FILE);
  const spot = await bare.locator(".spot").innerText();
  assert.equal(await page.locator("bs-code-view .spot").innerText(), spot);
  await finishBare();
  await finish();
});

test("from the second visit on, no connection is needed", async () => {
  const own = await serve(resolve(values.dist));
  const opened = await open(scene.browser, own.address);
  const { page, context, troubles } = opened;
  await arrive(page, own.address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const saved = await saveZip(page);
  await own.close();
  await context.setOffline(true);
  await arrive(page, own.address);
  const spec = await readSpec(page);
  await goBehindOwner(page);
  await page.keyboard.type(", staff");
  await page.locator("bs-code-view .added").first().waitFor();
  await undoTo(page, spec);
  await page.locator("bs-code-view .added").first().waitFor({ state: "detached" });
  assert.equal(await saveZip(page), saved);
  await context.close();
  assert.deepEqual(troubles, []);
});

test("the service worker keeps every file of the page", async () => {
  const text = await readFile(join(resolve(values.dist), "sw.js"), "utf8");
  const { files } = JSON.parse(text.match(/^const PRECACHE = (.*);$/m)[1]);
  const { page, finish, requests } = await openPage();
  assert.ok(await page.locator("bs-code-view pre").isVisible());
  const asked = requests.map((url) => url.slice(scene.address.length) || "./");
  const forgotten = asked.filter((path) => !files.includes(path) && path !== "sw.js");
  assert.deepEqual(forgotten, []);
  await finish();
});
