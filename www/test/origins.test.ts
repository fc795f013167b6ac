import assert from "node:assert/strict";
import { test } from "node:test";
import type { UpdateNote } from "../src/core/protocol.js";
import { originsOf, yieldsOf } from "../src/origins.js";

const note = (path: string, origins: UpdateNote["origins"]): [string, UpdateNote] => [
  path,
  { path, part: "source", origins },
];

const notes = new Map([
  note("a.ts", [
    [1, 0, 0],
    [4, 1, 2],
    [5, 1, 2],
  ]),
  note("b.ts", []),
  note("c.ts", [[7, 1, 2]]),
]);

test("lines of the spec are counted from their entity", () => {
  const origins = { notes, begins: [5, 20] };
  assert.deepEqual(originsOf(origins, "a.ts"), [
    [1, 5],
    [4, 22],
    [5, 22],
  ]);
  assert.deepEqual(originsOf(origins, "none.ts"), []);
});

test("what a line makes moves with its entity", () => {
  const made = [
    { path: "a.ts", lines: [4, 5] },
    { path: "c.ts", lines: [7] },
  ];
  assert.deepEqual(yieldsOf({ notes, begins: [5, 20] }, 22), made);
  assert.deepEqual(yieldsOf({ notes, begins: [5, 30] }, 32), made);
  assert.deepEqual(yieldsOf({ notes, begins: [5, 30] }, 22), []);
});

test("what stands before all entities makes no line", () => {
  assert.deepEqual(yieldsOf({ notes, begins: [5, 20] }, 1), []);
});
