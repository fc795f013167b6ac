// From opening the page to the saved zip.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import {
  code,
  editor,
  goBehindOwner,
  openPage,
  press,
  RULE_FILE,
  readSpec,
  saveZip,
  selectedText,
  shoot,
  status,
} from "./scene.mjs";

test("opens with a whole project, at the file that holds the owner's rule", async () => {
  const { page, finish } = await openPage();
  await page.getByText("Describe a backend once.").waitFor();
  assert.match(
    await page.locator(".introduction").innerText(),
    /\d+ files, \d+ tests, \d+ endpoints/,
  );
  assert.match(await page.locator(".bar").innerText(), /bookshop[\s\S]*Express[\s\S]*SQLite/);
  assert.match(await status(page), /No problems \d+ files [\d,]+ lines [\d.]+ ms/);
  assert.equal(await page.locator("bs-code-view h2").innerText(), RULE_FILE);
  assert.equal(await page.locator("[aria-selected=true]").getAttribute("data-path"), RULE_FILE);
  assert.equal(await page.locator(".added, .removed, .touched").count(), 0);
  await shoot(page, "light");

  const origin = page.getByRole("button", { name: /^from line \d+:/ });
  const line = Number((await origin.innerText()).match(/\d+/)[0]);
  assert.match((await readSpec(page)).split("\n")[line - 1], /update: owner$/);
  assert.match(
    await page.locator("bs-code-view .spot").innerText(),
    /row\.authorId === caller\.id/,
  );
  await origin.click();
  assert.equal(await selectedText(page), "update: owner");
  await finish();
});

test("a changed rule marks the lines and files that it touches", async () => {
  const { page, finish } = await openPage();
  const before = await code(page).innerText();
  await goBehindOwner(page);
  await page.keyboard.type(", staff");
  await page.locator("bs-code-view .added").first().waitFor();
  const after = await code(page).innerText();
  assert.notEqual(after, before);
  const marked = await page.locator("bs-code-view .added").allInnerTexts();
  assert.ok(
    marked.some((line) => line.includes("staff")),
    marked.join("\n"),
  );
  const unmarked = await page.locator("bs-code-view .line:not(.added)").allTextContents();
  const older = before.split("\n");
  for (const line of unmarked) {
    const found = older.indexOf(line.replace(/\n$/, ""));
    assert.ok(found >= 0, `not in the older text: ${line}`);
    older.splice(0, found + 1);
  }
  assert.match(await status(page), /\d+ files \(\d+ of tests\), \d+ lines changed/);
  assert.ok((await page.locator(".row.touched").count()) > 1);
  await shoot(page, "changed");

  await page.locator("bs-status-bar button").click();
  assert.notEqual(await page.locator("bs-code-view h2").innerText(), RULE_FILE);

  await editor(page).focus();
  await press(page, "Control+z", 1);
  await page.getByText("No problems").waitFor();
  await page.getByRole("treeitem", { name: "review.service.ts" }).click();
  await page.waitForFunction((text) => {
    const view = document.querySelector("bs-app").shadowRoot.querySelector("bs-code-view");
    return view.shadowRoot.querySelector("pre").innerText === text;
  }, before);
  await finish();
});

test("a mistake is shown with its place, and the last good project stays", async () => {
  const { page, finish } = await openPage();
  const before = await code(page).innerText();
  await goBehindOwner(page);
  await press(page, "ArrowLeft", 1);
  await press(page, "Backspace", 1);
  await page.locator(".cm-lintRange-error", { hasText: "ownr" }).waitFor();
  const problem = page.getByRole("region", { name: "Problems" }).getByRole("listitem");
  await problem.waitFor();
  const spec = await readSpec(page);
  const line = spec.split("\n").findIndex((text) => text.includes("ownr")) + 1;
  const column = spec.split("\n")[line - 1].indexOf("ownr") + 1;
  assert.match(await problem.innerText(), new RegExp(`\\b${line}:${column}\\b`));
  await page.getByText("1 error in the spec.").waitFor();
  await page.getByText(/project of \d+:\d+.*, the last one without errors/).waitFor();
  assert.equal(await code(page).innerText(), before);
  assert.match(await status(page), /1 error/);
  await shoot(page, "mistake");

  await page.keyboard.press("Control+Home");
  await problem.locator(".problem").click();
  assert.equal(await selectedText(page), "ownr");

  await page.keyboard.type("owner");
  await page.getByText("No problems").waitFor();
  await problem.waitFor({ state: "detached" });
  await page.getByText("in the spec.").waitFor({ state: "detached" });
  await finish();
});

test("a certain correction is one click, and one step back", async () => {
  const { page, finish } = await openPage();
  await goBehindOwner(page);
  await press(page, "ArrowLeft", 1);
  await press(page, "Backspace", 1);
  await page.getByRole("button", { name: "Fix" }).click();
  await page.getByText("No problems").waitFor();
  assert.match(await readSpec(page), /update: owner\n/);
  await press(page, "Control+z", 1);
  await page.locator(".cm-lintRange-error").waitFor();
  await finish();
});

test("the project of a changed spec is saved as a zip", async () => {
  const { page, finish } = await openPage();
  await goBehindOwner(page);
  await page.keyboard.type(", staff");
  await page.locator("bs-code-view .added").first().waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const download = await saving;
  assert.equal(download.suggestedFilename(), "bookshop.zip");
  assert.equal(
    (await readFile(await download.path())).subarray(0, 4).toString("latin1"),
    "PK\x03\x04",
  );
  const panel = page.getByRole("region", { name: "Start it" });
  await panel.getByText("bookshop.zip is saved.").waitFor();
  assert.deepEqual(await panel.getByRole("listitem").locator("code").allInnerTexts(), [
    "cd ~/Downloads && unzip bookshop.zip && cd bookshop",
    "npm install && npm run env",
    "npm run dev",
  ]);
  await panel.getByText("npm run seed stores rows to look at").waitFor();
  assert.match(await panel.getByRole("link").innerText(), /^http:\/\/127\.0\.0\.1:3000\/api\/v1\//);
  await shoot(page, "downloaded");
  await panel.getByRole("button", { name: "read it here" }).click();
  assert.equal(await page.locator("bs-code-view h2").innerText(), "README.md");
  await finish();
});

test("with an error in the spec, the zip is that of the project on the screen", async () => {
  const { page, finish } = await openPage();
  await goBehindOwner(page);
  await page.keyboard.type(", staff");
  await page.locator("bs-code-view .added").first().waitFor();
  const good = await saveZip(page);
  await editor(page).focus();
  await press(page, "Backspace", 1);
  await page.locator(".cm-lintRange-error").waitFor();
  assert.equal(await saveZip(page), good);
  await finish();
});

test("the tree is walked with the keyboard", async () => {
  const { page, finish } = await openPage();
  const focused = () => page.locator("bs-file-tree :focus").getAttribute("data-path");
  await page.locator("bs-file-tree [tabindex='0']").focus();
  assert.equal(await focused(), RULE_FILE);
  await press(page, "ArrowLeft", 1);
  assert.equal(await focused(), "src/services");
  await press(page, "ArrowLeft", 1);
  assert.equal(
    await page.locator("[data-path='src/services']").getAttribute("aria-expanded"),
    "false",
  );
  assert.equal(await page.locator(`[data-path='${RULE_FILE}']`).count(), 0);
  await press(page, "ArrowRight", 2);
  await press(page, "Enter", 1);
  assert.match(await focused(), /^src\/services\//);
  assert.equal(await page.locator("bs-code-view h2").innerText(), await focused());
  await press(page, "End", 1);
  await press(page, "Enter", 1);
  assert.equal(await page.locator("bs-code-view h2").innerText(), await focused());
  await finish();
});

test("a line of the spec leads to the lines it makes", async () => {
  const { page, finish } = await openPage();
  await page.getByRole("button", { name: "Change a rule" }).click();
  const strip = page.locator("bs-harvest-strip");
  await strip.getByText(/^Line 21 makes \d+ lines? in \d+ files$/).click();
  const made = page.locator("bs-code-view .made");
  assert.match((await made.allInnerTexts()).join(), /row\.authorId === caller\.id/);
  const files = strip.getByRole("listitem");
  const total = (await strip.locator("summary").innerText()).match(/in (\d+) files/)[1];
  assert.equal(await files.count(), Number(total));
  const other = files.filter({ hasNotText: RULE_FILE }).first();
  const [path, lines] = (await other.innerText()).split("\n");
  await other.getByRole("button").click();
  assert.equal(await page.locator("bs-code-view h2").innerText(), path);
  assert.equal(`${await made.count()}`, lines.match(/\d+/)[0]);
  await page.getByRole("button", { name: /^from line 21:/ }).waitFor();
  await shoot(page, "harvest");
  await finish();
});
