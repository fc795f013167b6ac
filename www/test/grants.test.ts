import assert from "node:assert/strict";
import { test } from "node:test";
import { grantedWords } from "../src/editor/grants.js";

const kinds = (rule: string): string[] =>
  grantedWords(rule).map(({ word, from, kind }) => {
    assert.equal(rule.slice(from, from + word.length), word);
    return `${word}:${kind}`;
  });

test("each grant's word is found, with what it stands for", () => {
  assert.deepEqual(kinds("owner, staff"), ["owner:owner", "staff:role"]);
  assert.deepEqual(kinds("anyone when status = on_sale, staff"), ["anyone:anyone", "staff:role"]);
  assert.deepEqual(kinds("signed_in"), ["signed_in:signed_in"]);
  assert.deepEqual(kinds("nobody"), ["nobody:nobody"]);
});

test("a bare condition grants to no word", () => {
  assert.deepEqual(kinds("sender = me, room.members has me"), []);
});
