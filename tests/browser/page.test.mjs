// The page in a real browser: node page.test.mjs --dist DIR [--zip FILE] [--shots DIR]
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { parseArgs } from "node:util";
import { launch, open } from "./browser.mjs";
import { measureLook } from "./look.mjs";
import { serve } from "./server.mjs";

const { values } = parseArgs({
  options: {
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    zip: { type: "string" },
    shots: { type: "string" },
  },
});

const RULE_FILE = "src/services/review.service.ts";

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serve(resolve(values.dist))]);
  if (values.shots) {
    await mkdir(values.shots, { recursive: true });
  }
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the page and waits for the first project. */
async function openPage(options) {
  const opened = await open(browser, server.address, options);
  await opened.page.goto(server.address);
  await opened.page.locator("bs-file-tree [role=treeitem]").first().waitFor({ state: "attached" });
  await opened.page.locator("bs-code-view .line .keyword").first().waitFor({ state: "attached" });
  await opened.page.evaluate(() => document.fonts.ready.then(() => undefined));
  return opened;
}

async function shoot(page, name) {
  if (values.shots) {
    await page.screenshot({ path: join(values.shots, `${name}.png`) });
  }
}

const editor = (page) => page.locator("bs-spec-pane .cm-content");
const code = (page) => page.locator("bs-code-view pre");

/** Everything that the status bar says. */
async function status(page) {
  return (await page.locator("bs-status-bar").locator("span, button").allInnerTexts()).join(" ");
}

/** Puts the cursor right behind the first `owner` of the rules, as a reader of the page would. */
async function goBehindOwner(page) {
  await page.getByRole("button", { name: "Change a rule" }).click();
  await page.keyboard.press("ArrowRight");
}

async function press(page, key, times) {
  for (let count = 0; count < times; count++) {
    await page.keyboard.press(key);
  }
}

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
  assert.match(await status(page), /\d+ files, \d+ lines changed/);
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
  await page.getByRole("button", { name: "Download" }).click();
  const download = await saving;
  assert.equal(download.suggestedFilename(), "bookshop.zip");
  const path = values.zip ?? (await download.path());
  if (values.zip) {
    await download.saveAs(values.zip);
  }
  assert.equal((await readFile(path)).subarray(0, 4).toString("latin1"), "PK\x03\x04");
  await page.getByText("bookshop.zip is saved.").waitFor();
  await shoot(page, "downloaded");
  await page.getByRole("button", { name: "Read it here" }).click();
  assert.equal(await page.locator("bs-code-view h2").innerText(), "README.md");
  await finish();
});

test("with an error in the spec, the zip is that of the project on the screen", async () => {
  const { page, finish } = await openPage();
  const save = async () => {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    return readFile(await (await saving).path());
  };
  await goBehindOwner(page);
  await page.keyboard.type(", staff");
  await page.locator("bs-code-view .added").first().waitFor();
  const good = await save();
  await editor(page).focus();
  await press(page, "Backspace", 1);
  await page.locator(".cm-lintRange-error").waitFor();
  assert.deepEqual(await save(), good);
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

/** Opens the page with a core that does something bad for a spec that says `# hinder`. */
async function openHindered(deed) {
  const opened = await open(browser, server.address);
  await opened.page.route(/\/backsmith-[0-9a-f]+\.js$/, async (route) => {
    const response = await route.fetch();
    const glue = await response.text();
    const hindered = glue.replace(
      "export function generate(spec) {",
      `export function generate(spec) { if (spec.includes("# hinder")) { ${deed} }`,
    );
    assert.notEqual(hindered, glue);
    await route.fulfill({ response, body: hindered });
  });
  await opened.page.goto(server.address);
  await opened.page.locator("bs-file-tree [role=treeitem]").first().waitFor();
  return opened;
}

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
  const { page, context, troubles } = await open(browser, server.address);
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.goto(server.address);
  await page.getByRole("alert").getByText("could not be loaded").waitFor();
  await page.unroute(/\.wasm$/);
  await page.getByRole("button", { name: "Load again" }).click();
  await page.locator("bs-file-tree [role=treeitem]").first().waitFor();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await context.close();
  const unexpected = troubles.filter((trouble) => !/\.wasm|ERR_FAILED/.test(trouble));
  assert.deepEqual(unexpected, []);
});

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
  await page.getByRole("button", { name: "Download" }).tap();
  assert.equal((await saving).suggestedFilename(), "bookshop.zip");
  await finish();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 768, 1280, 2560]) {
    test(`looks of one piece, ${colorScheme}, ${width} pixels wide`, async () => {
      const { page, finish } = await openPage({ colorScheme, viewport: { width, height: 900 } });
      await goBehindOwner(page);
      await press(page, "ArrowLeft", 1);
      await press(page, "Backspace", 1);
      await page.getByRole("region", { name: "Problems" }).waitFor();
      await shoot(page, `look-${colorScheme}-${width}`);
      const look = await page.evaluate(measureLook);
      assert.deepEqual(look.strangers, []);
      assert.deepEqual(look.small, []);
      assert.ok(look.sizes <= 6 && look.families <= 2 && look.radii <= 2, JSON.stringify(look));
      assert.equal(look.overflow, 0);
      await finish();
    });
  }
}

/** The whole spec; the editor's DOM holds it all as long as it is short. */
async function readSpec(page) {
  return (await page.locator("bs-spec-pane .cm-line").allInnerTexts())
    .map((line) => (line === "\n" ? "" : line))
    .join("\n");
}

/** What is selected in the editor. */
async function selectedText(page) {
  return page.locator("bs-spec-pane").evaluate((pane) => String(pane.shadowRoot.getSelection()));
}
