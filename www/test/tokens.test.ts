import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

test("every token is written down, with its values", async () => {
  const css = await readFile("src/style/tokens.css", "utf8");
  const page = await readFile("../docs/look.md", "utf8");
  const tokens = [...css.matchAll(/^ {2}(--[a-z0-9-]+): (.*);$/gm)];
  assert.ok(tokens.length > 30);
  for (const [, name = "", value = ""] of tokens) {
    const both = /^light-dark\((rgb\(.*?\)|#\w+), (rgb\(.*?\)|#\w+)\)$/.exec(value);
    const wanted = both ? `| \`${name}\` | \`${both[1]}\` | \`${both[2]}\` |` : `\`${name}\``;
    assert.ok(page.includes(wanted), wanted);
  }
});
