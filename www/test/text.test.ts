import assert from "node:assert/strict";
import { test } from "node:test";
import { heard, inOnePiece, partOf, respliced, told } from "../src/core/text.js";

const whole = "one\ntwo\nthree\nfour\n";
const splices = [
  { start: 4, end: 8, line: 1, lines: "2\n2b\n" },
  { start: 14, end: 14, line: 3, lines: "3b\n" },
];
const others = [{ start: 4, end: 8, line: 1, lines: "zwei\n" }];

test("splices stand in the place of lines", () => {
  assert.equal(inOnePiece(respliced(whole, splices)), "one\n2\n2b\nthree\n3b\nfour\n");
  assert.equal(inOnePiece(whole), whole);
  assert.equal(partOf(respliced(whole, splices), 8, 14), "three\n3b\n");
});

test("the next splices are those of the same whole", () => {
  const next = respliced(respliced(whole, splices), others);
  assert.equal(inOnePiece(next), "one\nzwei\nthree\nfour\n");
});

test("what is told is heard, and no more is told than is needed", () => {
  const [one, two] = [respliced(whole, splices), respliced(whole, others)];
  for (const text of [whole, one, two]) {
    for (const held of [undefined, whole, "other", one, two]) {
      assert.deepEqual(heard(told(text, held), held), text);
    }
  }
  assert.deepEqual(told(two, one), { splices: others });
  assert.deepEqual(told(two, whole), { splices: others });
  assert.equal(told(two, "other"), two);
});
