// The page on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { code, editor, openPage, shoot } from "./scene.mjs";

test("on a small screen one pane is shown at a time", async () => {
  const { page, finish } = await openPage({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
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
