// The main path in Firefox, over WebDriver BiDi: node firefox.test.mjs --dist DIR --firefox PROGRAM
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { launch } from "puppeteer-core";
import { serve } from "./server.mjs";

const { values } = parseArgs({
  options: {
    dist: { type: "string", default: join(import.meta.dirname, "../../dist") },
    firefox: { type: "string", default: "firefox" },
    shots: { type: "string" },
  },
});

const PATIENCE = 20_000;

test("from opening the page to the saved project in Firefox", async () => {
  const folder = await mkdtemp(join(tmpdir(), "backsmith-firefox-"));
  const server = await serve(resolve(values.dist));
  const browser = await launch({
    browser: "firefox",
    executablePath: values.firefox,
    headless: true,
    extraPrefsFirefox: { "browser.download.folderList": 2, "browser.download.dir": folder },
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    const troubles = [];
    page.on("console", (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => troubles.push(`error: ${error}`));
    await page.goto(server.address);
    await find(page, "bs-code-view .line .keyword");

    await (await find(page, "button", "Change a rule")).click();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type(", staff");
    await find(page, "bs-code-view .added");
    await find(page, "bs-status-bar button", "changed");
    await shoot(page, "firefox-changed");

    await page.keyboard.type("x");
    await find(page, ".cm-lintRange-error", "staffx");
    await shoot(page, "firefox-mistake");
    await (await find(page, "button", "Fix")).click();
    await find(page, "bs-status-bar span", "No problems");
    assert.match(await spec(page), /update: owner, staff\n/);

    const picker = await find(page, "select", "PostgreSQL");
    const before = await changes(page);
    await picker.select("postgresql");
    const end = Date.now() + PATIENCE;
    while ((await changes(page)) === before) {
      assert.ok(Date.now() < end, "the project is not another one");
      await wait(100);
    }
    assert.match(await spec(page), /^database: postgresql$/m);

    await (await find(page, "button", "Download")).click();
    const zip = await saved(folder, "bookshop.zip");
    assert.equal(zip.subarray(0, 4).toString("latin1"), "PK\x03\x04");
    await find(page, "bs-start-panel strong", "bookshop.zip");
    await shoot(page, "firefox-downloaded");
    assert.deepEqual(troubles, []);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** The first element that matches and holds the words, in whatever shadow it stands. */
async function find(page, selector, words = "") {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const found = await page.evaluateHandle(
      (selector, words) => {
        const parts = selector.split(" ");
        const within = (root, [first, ...rest]) =>
          [...root.querySelectorAll("*")].flatMap((element) => [
            ...(element.matches(first) && rest.length === 0 ? [element] : []),
            ...(element.matches(first) && rest.length > 0
              ? within(element.shadowRoot ?? element, rest)
              : []),
            ...(element.shadowRoot ? within(element.shadowRoot, [first, ...rest]) : []),
          ]);
        return (
          within(document, parts).find((element) => element.textContent.includes(words)) ?? null
        );
      },
      selector,
      words,
    );
    const element = found.asElement();
    if (element) {
      return element;
    }
    await wait(100);
  }
  throw new Error(`There is no ${selector} with ${JSON.stringify(words)}.`);
}

/** What the page says about changed files. */
async function changes(page) {
  const status = await find(page, "bs-status-bar button", "changed");
  return status.evaluate((element) => element.textContent);
}

/** The whole spec, as the editor shows it. */
async function spec(page) {
  const content = await find(page, ".cm-content");
  return content.evaluate((element) =>
    [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
  );
}

/** The bytes of a file, once the browser has written all of them. */
async function saved(folder, name) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const names = await readdir(folder);
    if (names.includes(name) && !names.some((other) => other.endsWith(".part"))) {
      const bytes = await readFile(join(folder, name));
      if (bytes.length > 0) {
        return bytes;
      }
    }
    await wait(100);
  }
  throw new Error(`The browser saved no ${name}.`);
}

async function shoot(page, name) {
  if (values.shots) {
    await page.screenshot({ path: join(values.shots, `${name}.png`) });
  }
}
