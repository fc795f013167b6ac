import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { highlight } from "../src/core/highlight.js";

const kindsIn = (path: string, text: string): Map<string, string | null> =>
  new Map(highlight(path, text).flat());

test("no character is lost, whatever the language", async () => {
  const own = await readFile("src/core/highlight.ts", "utf8");
  const samples: [string, string][] = [
    ["a.ts", own],
    ["README.md", "# Title\n\n```sh\nnpm run dev\n```\n\n**bold** `code`\n"],
    ["a.json", '{ "a": [1, true, null, "x"] }\n'],
    ["a.sql", "create table t (id integer primary key); -- note\n"],
    ["a.yaml", "a: [b, 'c'] # note\n"],
    [".env.example", "# note\nPORT=3000\n"],
    ["a.unknown", "anything <b>&amp;</b>\n"],
  ];
  for (const [path, text] of samples) {
    const lines = highlight(path, text).map((line) => line.map(([part]) => part).join(""));
    assert.equal(`${lines.join("\n")}\n`, text, path);
  }
});

test("what stands out in code is told apart", () => {
  const kinds = kindsIn("a.ts", 'const a = 1; // note\nfunction f() { return "s"; }\n');
  assert.equal(kinds.get("const"), "keyword");
  assert.equal(kinds.get('"s"'), "string");
  assert.equal(kinds.get("1"), "literal");
  assert.equal(kinds.get("// note"), "comment");
  assert.equal(kinds.get("f"), "title");
});
