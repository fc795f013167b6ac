import assert from "node:assert/strict";
import { test } from "node:test";
import { stretches } from "../src/words.js";

const shown = (sentence: string): string =>
  stretches(sentence)
    .map(({ text, isCode }) => (isCode ? `<${text}>` : text))
    .join("");

test("code is told from words", () => {
  assert.equal(shown("Did you mean `string`?"), "Did you mean <string>?");
  assert.equal(shown("`a` or `b`"), "<a> or <b>");
  assert.equal(shown("no code"), "no code");
});

test("a lone back-tick stays", () => {
  assert.equal(shown("a ` b"), "a ` b");
  assert.equal(shown("`a` and `"), "<a> and `");
});
