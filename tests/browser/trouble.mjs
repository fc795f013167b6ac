// When the core fails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { editor, openHindered, scene, shoot } from "./scene.mjs";

test("a spec that takes too long is given up, and the next one is answered", async () => {
  const { page, finish } = await openHindered("for (;;) {}");
  await editor(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# hinder");
  const alert = page.getByRole("alert");
  await alert.getByText("took longer than 5 seconds").waitFor({ timeout: 15_000 });
  assert.ok((await page.getByRole("treeitem").count()) > 0);
  await shoot(page, "slow");
  await page.keyboard.press("Control+z");
  await alert.waitFor({ state: "detached" });
  await finish();
});

test("a bug of the core is owned up to, and the next spec is answered", async () => {
  const { page, finish } = await openHindered('throw new WebAssembly.RuntimeError("unreachable");');
  await editor(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# hinder");
  const alert = page.getByRole("alert");
  await alert.getByText("an error of its own").waitFor();
  await page.keyboard.press("Control+z");
  await alert.waitFor({ state: "detached" });
  await finish();
});

test("a core that does not load can be loaded again", async () => {
  const { page, context, troubles } = await open(scene.browser, scene.address);
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(scene.address);
  await page.getByRole("alert").getByText("could not be loaded").waitFor();
  await page.unroute(/\.wasm$/);
  await page.getByRole("button", { name: "Load again" }).click();
  await page.locator("bs-file-tree [role=treeitem]").first().waitFor();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await context.close();
  const unexpected = troubles.filter((trouble) => !/\.wasm|ERR_FAILED/.test(trouble));
  assert.deepEqual(unexpected, []);
});
