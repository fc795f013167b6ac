// Frameworks, databases and starters.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { arrive, editor, openPage, readSpec, scene, shoot } from "./scene.mjs";

test("what is picked is written into the spec", async () => {
  // However many databases are built today, here is one more to pick.
  const opened = await open(scene.browser, scene.address);
  const { page, finish } = opened;
  await page.route(/\/backsmith-[0-9a-f]+\.js$/, async (route) => {
    const response = await route.fetch();
    const glue = await response.text();
    const widened = glue.replace(
      /export function targets\(\) \{([\s\S]*?)\n\}\n/,
      `export function targets() {
        const all = (() => {$1})();
        for (const target of all) { target.databases.push({ id: "mysql", name: "MySQL", server: true }); }
        return all;
      }
      `,
    );
    assert.notEqual(widened, glue);
    await route.fulfill({ response, body: widened });
  });
  await arrive(page);
  const before = await readSpec(page);
  await page.getByLabel("Database").selectOption({ label: "MySQL" });
  await page.locator(".cm-lintRange-error", { hasText: "mysql" }).waitFor();
  assert.equal(await readSpec(page), before.replace(/^database: .*$/m, "database: mysql"));
  await shoot(page, "picked");
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  await page.getByText("No problems").waitFor();
  assert.equal(await readSpec(page), before);
  await finish();
});

test("every database on offer makes a project", async () => {
  const { page, finish } = await openPage();
  const picker = page.getByLabel("Database");
  const offered = (await picker.count()) > 0 ? await picker.locator("option").allInnerTexts() : [];
  const shown = offered.length > 0 ? await picker.locator("option:checked").innerText() : "";
  for (const name of offered.filter((name) => name !== shown)) {
    await picker.selectOption({ label: name });
    await page.getByText(/\d+ files.*changed/).waitFor();
    await page.getByText("No problems").waitFor();
    assert.equal(await picker.locator("option:checked").innerText(), name);
    await page.getByRole("button", { name: "Download", exact: true }).click();
    const panel = page.getByRole("region", { name: "Start it" });
    const server = panel.getByText(`${name} must run where DATABASE_URL in .env says.`);
    await panel.waitFor();
    if (name === "SQLite") assert.equal(await server.count(), 0);
    else await server.waitFor();
    await shoot(page, `database-${name}`);
  }
  assert.match(await readSpec(page), /^database: \w+$/m);
  await finish();
});

test("another start takes the place of the spec, and can be taken back", async () => {
  const { page, finish } = await openPage();
  const before = await readSpec(page);
  await page.getByRole("button", { name: "Change a rule" }).click();
  await page.keyboard.type("staff");
  await page.locator("bs-code-view .added").first().waitFor();
  const mine = await readSpec(page);
  await page.getByRole("button", { name: "Other starts" }).click();
  const dialog = page.getByRole("dialog", { name: "Begin with" });
  await dialog.waitFor();
  await shoot(page, "starts");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await readSpec(page), mine);

  await page.getByRole("button", { name: "Other starts" }).click();
  await dialog.getByRole("button", { name: /^Bookshop/ }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText("No problems").waitFor();
  assert.equal(await readSpec(page), before);
  await page.locator("bs-code-view .added").first().waitFor({ state: "detached" });
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  assert.equal(await readSpec(page), mine);
  await finish();
});
