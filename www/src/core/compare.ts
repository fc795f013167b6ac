// What changed between two projects, file by file and line by line.
import type { FileChange, Mark } from "./protocol.js";

type Files = ReadonlyMap<string, string>;

/** The files that differ, in the newer project's order, those that are gone at the end. */
export function compareProjects(older: Files, newer: Files): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, text] of newer) {
    const before = older.get(path);
    if (before === undefined) {
      changes.push({ path, kind: "added", marks: compareLines("", text) });
    } else if (before !== text) {
      changes.push({ path, kind: "changed", marks: compareLines(before, text) });
    }
  }
  for (const path of older.keys()) {
    if (!newer.has(path)) {
      changes.push({ path, kind: "removed", marks: [] });
    }
  }
  return changes;
}

/** Beyond this many differing lines, a file counts as rewritten: nobody reads it line by line. */
const LONGEST_SCRIPT = 600;

/** Marks the lines of `newer` that `older` does not have, and the places where lines are gone. */
export function compareLines(older: string, newer: string): Mark[] {
  const [a, b] = [linesOf(older), linesOf(newer)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let tail = 0;
  while (
    tail < a.length - start &&
    tail < b.length - start &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail++;
  }
  const kept = commonLines(a.slice(start, a.length - tail), b.slice(start, b.length - tail));
  return marksBetween(kept, a.length - start - tail, b.length - start - tail, start);
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** Turns the pairs of equal lines of two texts into marks on the newer one. */
function marksBetween(kept: Pair[], older: number, newer: number, offset: number): Mark[] {
  const marks: Mark[] = [];
  let [a, b] = [0, 0];
  for (const [nextA, nextB] of [...kept, [older, newer] as Pair]) {
    for (let line = b; line < nextB; line++) {
      marks.push({ line: offset + line + 1, kind: "added" });
    }
    if (b === nextB && a < nextA) {
      marks.push({ line: offset + nextB + 1, kind: "removed" });
    }
    [a, b] = [nextA + 1, nextB + 1];
  }
  return marks;
}

type Pair = [older: number, newer: number];

/**
 * The longest common subsequence of two lists of lines, by Myers' greedy algorithm: `reach[k]` is how
 * far along `a` a script of `d` insertions and deletions gets on the diagonal `k` = x - y.
 */
function commonLines(a: string[], b: string[]): Pair[] {
  const history: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  const at = (k: number): number => reach.get(k) ?? -1;
  for (let d = 0; d <= Math.min(a.length + b.length, LONGEST_SCRIPT); d++) {
    history.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(at, k, d) ? at(k + 1) : at(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x++;
      }
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        return walkBack(history, a.length, b.length);
      }
    }
  }
  return [];
}

/** Whether the step onto diagonal `k` is better taken as an insertion than as a deletion. */
function comesFromAbove(at: (k: number) => number, k: number, d: number): boolean {
  return k === -d || (k !== d && at(k - 1) < at(k + 1));
}

/** Follows the recorded steps from the end to the beginning and collects the equal lines. */
function walkBack(history: Map<number, number>[], endX: number, endY: number): Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [endX, endY];
  for (let d = history.length - 1; d >= 0; d--) {
    const reach = history[d];
    const at = (k: number): number => reach?.get(k) ?? -1;
    const k = x - y;
    const previousK = comesFromAbove(at, k, d) ? k + 1 : k - 1;
    const previousX = at(previousK);
    const previousY = previousX - previousK;
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      pairs.push([--x, --y]);
    }
    [x, y] = [previousX, previousY];
  }
  return pairs.reverse();
}
