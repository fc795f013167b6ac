// The whole walk, from opening the page to the saved project: at a desk, without a connection, on a phone, and with a
// core that falls over on the way. Whoever takes it gets the same bytes.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { after, test } from "node:test";
import { open } from "./browser.mjs";
import {
  arrive,
  editor,
  goBehindOwner,
  openHindered,
  openPage,
  press,
  readSpec,
  scene,
  values,
} from "./scene.mjs";
import { serve } from "./server.mjs";

const DATABASE = "PostgreSQL";
const PHONE = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

/** What every walk so far has brought home. */
const brought = new Map();

/** Changes a rule, mends a mistake, changes the database and saves the project. */
async function walk(page, { onTheWay, isSmall = false } = {}) {
  const pane = async (name) => {
    if (isSmall) {
      const panes = page.getByRole("navigation", { name: "Panes" });
      await panes.getByRole("button", { name }).tap();
    }
  };
  await goBehindOwner(page);
  await page.keyboard.type(", staff");
  await page.getByText(/\d+ files.*changed/).waitFor();
  await page.locator("bs-code-view .added").first().waitFor({ state: "attached" });
  await onTheWay?.();

  // No word begins like this, so no completion is offered above the fix.
  await page.keyboard.type("x");
  await page.locator(".cm-lintRange-error", { hasText: "staffx" }).waitFor();
  await page.getByRole("button", { name: "Fix" }).click();
  await page.getByText("No problems").waitFor();
  assert.match(await readSpec(page), /update: owner, staff\n/);

  const changed = page.locator("bs-status-bar button", { hasText: "changed" });
  // Whoever undid what a fallen core had met is where they were, and has changed nothing since.
  const before = (await changed.count()) > 0 ? await changed.innerText() : undefined;
  await pane("Get");
  await page.getByLabel("Database").selectOption({ label: DATABASE });
  // Another database changes other files; only then is its project the one that is saved.
  const other = before === undefined ? changed : changed.filter({ hasNotText: before });
  await other.waitFor({ state: "attached" });
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const download = await saving;
  assert.equal(download.suggestedFilename(), "bookshop.zip");
  const panel = page.getByRole("region", { name: "Start it" });
  await panel.getByText(`${DATABASE} must run where DATABASE_URL in .env says.`).waitFor();
  await pane("Spec");
  assert.match(await readSpec(page), /^database: postgresql$/m);
  return readFile(await download.path());
}

test("the whole walk at a desk", async () => {
  const { page, finish } = await openPage();
  const zip = await walk(page);
  brought.set("desk", zip);
  if (values.zip) {
    await mkdir(dirname(resolve(values.zip)), { recursive: true });
    await writeFile(values.zip, zip);
  }
  await finish();
});

test("the whole walk without a connection", async () => {
  const own = await serve(resolve(values.dist));
  const { page, context, troubles } = await open(scene.browser, own.address);
  await arrive(page, own.address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await own.close();
  await context.setOffline(true);
  await arrive(page, own.address);
  brought.set("offline", await walk(page));
  await context.close();
  assert.deepEqual(troubles, []);
});

test("the whole walk on a screen of 360 pixels", async () => {
  const { page, finish } = await openPage(PHONE);
  brought.set("phone", await walk(page, { isSmall: true }));
  await finish();
});

test("the whole walk with a core that falls over", async () => {
  const { page, finish } = await openHindered('throw new WebAssembly.RuntimeError("unreachable");');
  const fall = async () => {
    const alert = page.getByRole("alert");
    const words = " # hinder";
    await page.keyboard.type(words);
    await alert.getByText("an error of its own").waitFor();
    await editor(page).focus();
    await press(page, "Backspace", words.length);
    await alert.waitFor({ state: "detached" });
  };
  brought.set("fall", await walk(page, { onTheWay: fall }));
  await finish();
});

after(() => {
  const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
  const digests = [...brought].map(([way, zip]) => `${way} ${digest(zip)}`);
  assert.ok(new Set(digests.map((line) => line.split(" ")[1])).size < 2, digests.join("\n"));
});
