// What the editor knows of the language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editor, goBehindOwner, openPage, press, readSpec, shoot } from "./scene.mjs";

const list = (page) => page.locator(".cm-tooltip-autocomplete");
const offered = async (page) => list(page).locator(".cm-completionLabel").allInnerTexts();

/** Takes what is selected; a key that comes too soon after the list is not meant for it. */
async function accept(page) {
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
}

test("a rule is completed with what may stand there", async () => {
  const { page, finish } = await openPage();
  await goBehindOwner(page);
  await page.keyboard.type(", ");
  await list(page).waitFor();
  assert.deepEqual(await offered(page), ["anyone", "signed_in", "owner", "nobody", "staff"]);
  await page.keyboard.type("st");
  await page.waitForFunction(() => {
    const pane = document.querySelector("bs-app").shadowRoot.querySelector("bs-spec-pane");
    return pane.shadowRoot.querySelectorAll(".cm-completionLabel").length === 1;
  });
  await shoot(page, "completion");
  await accept(page);
  await list(page).waitFor({ state: "detached" });
  assert.match(await readSpec(page), /update: owner, staff\n/);
  await page.getByText("No problems").waitFor();
  await finish();
});

test("a new operation is written with keys alone", async () => {
  const { page, finish } = await openPage();
  await goBehindOwner(page);
  await page.keyboard.press("Enter");
  await page.keyboard.type("li");
  await list(page)
    .locator("[aria-selected]", { hasText: /^list$/ })
    .waitFor();
  await accept(page);
  await list(page)
    .locator("[aria-selected]", { hasText: /^anyone$/ })
    .waitFor();
  await page.keyboard.type("sig");
  await page.waitForFunction(() => {
    const pane = document.querySelector("bs-app").shadowRoot.querySelector("bs-spec-pane");
    return pane.shadowRoot.querySelectorAll(".cm-completionLabel").length === 1;
  });
  await accept(page);
  assert.match(await readSpec(page), /\n {6}update: owner\n {6}list: signed_in\n/);
  await page.getByText("No problems").waitFor();
  await finish();
});

test("a word says what it means", async () => {
  const { page, finish } = await openPage();
  await page.locator(".access-signed_in").hover();
  await page.locator(".cm-explanation").getByText("Every user who is logged in.").waitFor();
  await shoot(page, "hover");
  await finish();
});

test("a mistake is fixed where it stands, by a key or in its tooltip", async () => {
  const { page, finish } = await openPage();
  const misspell = async () => {
    await goBehindOwner(page);
    await press(page, "ArrowLeft", 1);
    await press(page, "Backspace", 1);
    await page.locator(".cm-lintRange-error", { hasText: "ownr" }).waitFor();
  };
  await misspell();
  await page.keyboard.press("Control+.");
  await page.getByText("No problems").waitFor();
  assert.match(await readSpec(page), /update: owner\n/);

  await misspell();
  await page.locator(".cm-lintRange-error").hover();
  await page.locator(".cm-diagnosticAction", { hasText: "Fix" }).click();
  await page.getByText("No problems").waitFor();
  assert.match(await readSpec(page), /update: owner\n/);
  assert.ok(await editor(page).isVisible());
  await finish();
});
