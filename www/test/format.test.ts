import assert from "node:assert/strict";
import { test } from "node:test";
import { count, duration, positionOf } from "../src/format.js";

test("numbers are said with their nouns", () => {
  assert.equal(count(1, "file"), "1 file");
  assert.equal(count(0, "file"), "0 files");
  assert.equal(count(1200, "line"), "1,200 lines");
});

test("a place is said as line and column", () => {
  assert.deepEqual(positionOf("ab\ncd", 0), { line: 1, column: 1 });
  assert.deepEqual(positionOf("ab\ncd", 2), { line: 1, column: 3 });
  assert.deepEqual(positionOf("ab\ncd", 4), { line: 2, column: 2 });
});

test("short times keep a tenth", () => {
  assert.equal(duration(0.74), "0.7 ms");
  assert.equal(duration(31.6), "32 ms");
});
