// What the tests of the page have in common: the browser, the server, and what a person does.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { parseArgs } from "node:util";
import { launch, open } from "./browser.mjs";
import { serve } from "./server.mjs";

export const { values } = parseArgs({
  options: {
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    zip: { type: "string" },
    shots: { type: "string" },
  },
});

export const RULE_FILE = "src/services/review.service.ts";

/** What every test shares. */
export const scene = { browser: undefined, address: "" };
let server;

before(async () => {
  [scene.browser, server] = await Promise.all([launch(), serve(resolve(values.dist))]);
  scene.address = server.address;
  if (values.shots) {
    await mkdir(values.shots, { recursive: true });
  }
});

after(async () => {
  await scene.browser?.close();
  await server?.close();
});

/** Opens the page and waits for the first project. */
export async function openPage(options) {
  const opened = await open(scene.browser, scene.address, options);
  await arrive(opened.page);
  return opened;
}

/** Goes to the page and waits until its core has answered. */
export async function arrive(page, address = scene.address) {
  await page.goto(address);
  await page.locator("bs-file-tree [role=treeitem]").first().waitFor({ state: "attached" });
  await page.locator("bs-code-view .line .keyword").first().waitFor({ state: "attached" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

export async function shoot(page, name) {
  if (values.shots) {
    await page.screenshot({ path: join(values.shots, `${name}.png`) });
  }
}

export const editor = (page) => page.locator("bs-spec-pane .cm-content");
export const code = (page) => page.locator("bs-code-view pre");

/** Everything that the status bar says. */
export async function status(page) {
  return (await page.locator("bs-status-bar").locator("span, button").allInnerTexts()).join(" ");
}

/** Puts the cursor right behind the first `owner` of the rules, as a reader of the page would. */
export async function goBehindOwner(page) {
  await page.getByRole("button", { name: "Change a rule" }).click();
  await page.keyboard.press("ArrowRight");
}

export async function press(page, key, times) {
  for (let count = 0; count < times; count++) {
    await page.keyboard.press(key);
  }
}

/** Opens the page with a core that does something bad for a spec that says `# hinder`. */
export async function openHindered(deed) {
  const opened = await open(scene.browser, scene.address);
  await opened.page.route(/\/backsmith-[0-9a-f]+\.js$/, async (route) => {
    const response = await route.fetch();
    const glue = await response.text();
    const hindered = glue.replace(
      "export function update(spec) {",
      `export function update(spec) { if (spec.includes("# hinder")) { ${deed} }`,
    );
    assert.notEqual(hindered, glue);
    await route.fulfill({ response, body: hindered });
  });
  await opened.page.goto(scene.address);
  await opened.page.locator("bs-file-tree [role=treeitem]").first().waitFor();
  return opened;
}

/** Takes back steps until the spec is this one again, and waits for its project. */
export async function undoTo(page, spec) {
  for (let steps = 0; steps < 20 && (await readSpec(page)) !== spec; steps++) {
    await page.keyboard.press("Control+z");
  }
  assert.equal(await readSpec(page), spec);
}

/**
 * Saves the project; the digest stands for its bytes, whose difference would fill the memory
 * before anybody could read it.
 */
export async function saveZip(page) {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const bytes = await readFile(await (await saving).path());
  return createHash("sha256").update(bytes).digest("hex");
}

/** The whole spec; the editor's DOM holds it all as long as it is short. */
export async function readSpec(page) {
  return (await page.locator("bs-spec-pane .cm-line").allInnerTexts())
    .map((line) => (line === "\n" ? "" : line))
    .join("\n");
}

/** What is selected in the editor. */
export async function selectedText(page) {
  return page.locator("bs-spec-pane").evaluate((pane) => String(pane.shadowRoot.getSelection()));
}
