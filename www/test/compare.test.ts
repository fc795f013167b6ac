import assert from "node:assert/strict";
import { test } from "node:test";
import { compareLines, compareProjects } from "../src/core/compare.js";
import { inOnePiece } from "../src/core/text.js";

const text = (lines: string[]): string => lines.map((line) => `${line}\n`).join("");

test("equal texts have no marks", () => {
  assert.deepEqual(compareLines("a\nb\n", "a\nb\n"), []);
});

test("an inserted, a replaced and a removed line are marked where they stand", () => {
  assert.deepEqual(compareLines("a\nc\n", "a\nb\nc\n"), [{ line: 2, kind: "added" }]);
  assert.deepEqual(compareLines("a\nb\nc\n", "a\nx\nc\n"), [{ line: 2, kind: "added" }]);
  assert.deepEqual(compareLines("a\nb\nc\n", "a\nc\n"), [{ line: 2, kind: "removed" }]);
  assert.deepEqual(
    compareLines("", "a\nb\n").map(({ line }) => line),
    [1, 2],
  );
});

/** A small generator of numbers, the same at every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

function longestCommon(a: string[], b: string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const row = [0];
    b.forEach((other, index) => {
      const best = Math.max(above[index + 1] ?? 0, row[index] ?? 0);
      row.push(line === other ? (above[index] ?? 0) + 1 : best);
    });
    above = row;
  }
  return above.at(-1) ?? 0;
}

test("the marks are as few as can be, and what is not marked was there before", () => {
  const roll = dice(7);
  for (let round = 0; round < 500; round++) {
    const [a, b] = [roll(20), roll(20)].map((length) =>
      Array.from({ length }, () => "abcd".charAt(roll(4))),
    ) as [string[], string[]];
    const added = new Set(
      compareLines(text(a), text(b))
        .filter(({ kind }) => kind === "added")
        .map(({ line }) => line),
    );
    const kept = b.filter((_, index) => !added.has(index + 1));
    assert.equal(longestCommon(a, kept), kept.length, `${a} → ${b}`);
    assert.equal(longestCommon(a, b), kept.length, `${a} → ${b}`);
  }
});

test("a file that is written anew is compared in no time", () => {
  const lines = (prefix: string) => text(Array.from({ length: 5000 }, (_, i) => `${prefix}${i}`));
  const start = performance.now();
  assert.equal(compareLines(lines("a"), lines("b")).length, 5000);
  assert.ok(performance.now() - start < 1000);
});

test("projects are compared file by file", () => {
  const older = new Map([
    ["gone", "x\n"],
    ["same", "x\n"],
    ["other", "x\n"],
  ]);
  const newer = new Map([
    ["new", "x\n"],
    ["other", "y\n"],
    ["same", "x\n"],
  ]);
  const kinds = compareProjects(older, newer).map(({ path, kind }) => [path, kind]);
  assert.deepEqual(kinds, [
    ["new", "added"],
    ["other", "changed"],
    ["gone", "removed"],
  ]);
});

test("spliced texts have the marks of their texts in one piece", () => {
  const roll = dice(11);
  const whole = text(Array.from({ length: 40 }, () => `line ${roll(9)}`));
  const starts = [0, ...[...whole.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const spliced = () => {
    const splices = [];
    for (let line = roll(8); line < 38; line += 1 + roll(12)) {
      const end = Math.min(40, line + roll(3));
      const lines = text(Array.from({ length: roll(3) }, () => `other ${roll(3)}`));
      splices.push({ start: starts[line] ?? 0, end: starts[end] ?? 0, line, lines });
      line = end;
    }
    return { whole, splices };
  };
  for (let round = 0; round < 500; round++) {
    const [older, newer] = [spliced(), round % 5 === 0 ? whole : spliced()];
    const marked = compareProjects(new Map([["a", older]]), new Map([["a", newer]]));
    const lines = inOnePiece(newer).split("\n");
    // What is not marked is in both, in the same order.
    const added = new Set(
      marked
        .flatMap(({ marks }) => marks.filter(({ kind }) => kind === "added"))
        .map((m) => m.line),
    );
    const kept = lines.filter((_, index) => !added.has(index + 1));
    const rest = inOnePiece(older).split("\n");
    let at = 0;
    for (const line of kept) {
      at = rest.indexOf(line, at) + 1;
      assert.notEqual(at, 0, `${round}: ${line}`);
    }
    const same = inOnePiece(older) === inOnePiece(newer);
    assert.equal(marked.length === 0, same);
    // Where nothing overlaps, it is the very same.
    if (typeof newer === "string") {
      const expected = compareLines(inOnePiece(older), newer);
      assert.equal(
        marked[0]?.marks.filter(({ kind }) => kind === "added").length ?? 0,
        expected.filter(({ kind }) => kind === "added").length,
      );
    }
  }
});
