// Everything by the keyboard alone, and what assistive technology is told.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { goBehindOwner, openPage, press, readSpec, shoot } from "./scene.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe has to say about the page as it is. */
async function complaints(page) {
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat())}`);
}

const STATES = [
  ["opening", async () => undefined],
  [
    "mistake",
    async (page) => {
      await goBehindOwner(page);
      await press(page, "Backspace", 1);
      await page.getByRole("region", { name: "Problems" }).waitFor();
    },
  ],
  [
    "completion",
    async (page) => {
      await goBehindOwner(page);
      await page.keyboard.type(", ");
      await page.locator(".cm-tooltip-autocomplete").waitFor();
    },
  ],
  [
    "starts",
    async (page) => {
      await page.getByRole("button", { name: "Other starts" }).click();
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "downloaded",
    async (page) => {
      await page.getByRole("button", { name: "Download", exact: true }).click();
      await page.getByRole("region", { name: "Start it" }).waitFor();
    },
  ],
];

for (const colorScheme of ["light", "dark"]) {
  for (const [name, reach] of STATES) {
    test(`axe finds nothing: ${name}, ${colorScheme}`, async () => {
      const { page, context } = await openPage({ colorScheme, bypassCSP: true });
      await reach(page);
      assert.deepEqual(await complaints(page), []);
      await context.close();
    });
  }
}

/** Presses Tab until what has the focus is called so. */
async function tabTo(page, name) {
  for (let count = 0; count < 40; count++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) {
        element = element.shadowRoot.activeElement;
      }
      return element?.getAttribute("aria-label") || element?.textContent.trim();
    });
    if (focused && name.test(focused)) {
      return;
    }
  }
  assert.fail(`Tab does not lead to ${name}`);
}

test("a rule is changed and the project saved without a mouse", async () => {
  const { page, finish } = await openPage();
  await tabTo(page, /^Change a rule$/);
  await page.keyboard.press("Enter");
  await page.keyboard.type("staff");
  await page.locator("bs-code-view .added").first().waitFor();
  assert.match(await readSpec(page), /update: staff\n/);
  // Escape lets Tab leave the editor instead of indenting.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await tabTo(page, /^Line 21 makes/);
  await page.keyboard.press("Enter");
  await tabTo(page, /review\.repository\.ts|review\.service/);
  await shoot(page, "keyboard");
  await page.keyboard.press("Enter");
  await tabTo(page, /files.*changed/);
  await page.keyboard.press("Enter");
  const saving = page.waitForEvent("download");
  await page
    .locator("bs-app")
    .evaluate((app) => app.shadowRoot.querySelector("h1").scrollIntoView());
  await tabTo(page, /^Download$/);
  await page.keyboard.press("Enter");
  assert.equal((await saving).suggestedFilename(), "bookshop.zip");
  await finish();
});
