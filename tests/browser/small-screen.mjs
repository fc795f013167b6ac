// The page on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { measureLook } from "./look.mjs";
import { code, editor, goBehindOwner, openPage, press, readSpec, shoot } from "./scene.mjs";

const PHONE = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

test("on a small screen one pane is shown at a time", async () => {
  const { page, finish } = await openPage(PHONE);
  assert.ok(await editor(page).isVisible());
  assert.ok(!(await page.getByRole("tree").isVisible()));
  await shoot(page, "phone-spec");
  const tabs = page.getByRole("navigation", { name: "Panes" });
  await tabs.getByRole("button", { name: "Files" }).tap();
  await shoot(page, "phone-files");
  await page.getByRole("treeitem", { name: "package.json" }).tap();
  await code(page).getByText("bookshop").first().waitFor();
  assert.ok(!(await page.getByRole("tree").isVisible()));
  await shoot(page, "phone-code");
  await page.getByRole("button", { name: "All files" }).tap();
  assert.ok(await page.getByRole("tree").isVisible());
  await tabs.getByRole("button", { name: "Get" }).tap();
  await shoot(page, "phone-get");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).tap();
  assert.equal((await saving).suggestedFilename(), "bookshop.zip");
  const panel = page.getByRole("region", { name: "Start it" });
  await panel.getByText("npm run dev").waitFor();
  await shoot(page, "phone-downloaded");
  await finish();
});

test("a rule is changed with a finger alone", async () => {
  const { page, finish } = await openPage(PHONE);
  const word = page.locator(".access-owner").first();
  await word.tap();
  const sheet = page.getByRole("dialog", { name: "update: owner" });
  await sheet.waitFor();
  assert.ok(!(await page.locator("bs-spec-pane .cm-focused").count()), "the keyboard would open");
  const words = await sheet.getByRole("listitem").locator("code").allInnerTexts();
  assert.deepEqual(words, ["anyone", "signed_in", "owner", "nobody", "staff"]);
  assert.deepEqual(
    await page.evaluate(measureLook).then(({ strangers, small }) => [strangers, small]),
    [[], []],
  );
  await shoot(page, "phone-sheet");
  await sheet.getByRole("button", { name: /^staff/ }).tap();
  await sheet.waitFor({ state: "hidden" });
  assert.match(await readSpec(page), /update: staff\n/);
  await page.getByRole("button", { name: /files.*changed/ }).tap();
  await page.locator("bs-code-view .added").first().waitFor();
  await shoot(page, "phone-changed");
  await finish();
});

test("a mistake is fixed with a finger", async () => {
  const { page, finish } = await openPage(PHONE);
  await goBehindOwner(page);
  await press(page, "ArrowLeft", 1);
  await press(page, "Backspace", 1);
  await page.getByRole("button", { name: "Fix" }).tap();
  await page.getByText("No problems").waitFor();
  assert.match(await readSpec(page), /update: owner\n/);
  await finish();
});
