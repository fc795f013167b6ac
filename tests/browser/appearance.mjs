// How the page looks, in every scheme and width.
import assert from "node:assert/strict";
import { test } from "node:test";
import { measureLook } from "./look.mjs";
import { goBehindOwner, openPage, press, shoot } from "./scene.mjs";

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

for (const width of [360, 1280]) {
  test(`keeps its form with forced colours, ${width} pixels wide`, async () => {
    const { page, finish } = await openPage({
      forcedColors: "active",
      viewport: { width, height: 900 },
    });
    await goBehindOwner(page);
    await page.keyboard.type(", staff");
    await page.locator("bs-code-view .added").first().waitFor({ state: "attached" });
    await shoot(page, `look-forced-${width}`);
    const look = await page.evaluate(measureLook);
    assert.deepEqual(look.small, []);
    assert.ok(look.sizes <= 6 && look.families <= 2 && look.radii <= 2, JSON.stringify(look));
    assert.equal(look.overflow, 0);
    // A change is a bar in the margin, and a bar that is painted away says nothing.
    const bar = page.locator("bs-code-view .added").first();
    const [painted, ground] = await bar.evaluate((line) => [
      getComputedStyle(line, "::after").backgroundColor,
      getComputedStyle(line).backgroundColor,
    ]);
    assert.notEqual(painted, ground);
    await finish();
  });
}
