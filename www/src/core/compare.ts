// What changed between two projects, file by file and line by line.
import type { FileChange, Mark } from "./protocol.js";
import { asSpliced, inOnePiece, partOf, type SplicedText, type Text } from "./text.js";

type Files = ReadonlyMap<string, Text>;

/** The files that differ, in the newer project's order, those that are gone at the end. */
export function compareProjects(older: Files, newer: Files): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, text] of newer) {
    const before = older.get(path);
    if (before === undefined) {
      changes.push({ path, kind: "added", marks: compareLines("", inOnePiece(text)) });
    } else if (before !== text) {
      const marks = compareTexts(before, text);
      if (marks.length > 0) {
        changes.push({ path, kind: "changed", marks });
      }
    }
  }
  for (const path of older.keys()) {
    if (!newer.has(path)) {
      changes.push({ path, kind: "removed", marks: [] });
    }
  }
  return changes;
}

/** The marks of texts of which much may be known to be the same. */
function compareTexts(older: Text, newer: Text): Mark[] {
  const [a, b] = [asSpliced(older), asSpliced(newer)];
  return a.whole === b.whole
    ? compareSpliced(a, b)
    : compareLines(inOnePiece(older), inOnePiece(newer));
}

/** The marks of two texts that are told by the same whole one: only what is spliced is looked at. */
function compareSpliced(older: SplicedText, newer: SplicedText): Mark[] {
  const marks: Mark[] = [];
  /** How many lines more than the whole text the newer one has had by then. */
  let surplus = 0;
  for (const { start, end, line } of regions(older, newer)) {
    const [before, after] = [partOf(older, start, end), partOf(newer, start, end)];
    for (const mark of compareLines(before, after)) {
      marks.push({ ...mark, line: line + surplus + mark.line });
    }
    const same = newer.whole.slice(start, end);
    surplus += lineEndsBefore(after, after.length) - lineEndsBefore(same, same.length);
  }
  return marks;
}

interface Region {
  start: number;
  end: number;
  line: number;
}

/** Where either text is spliced, in order; what overlaps or touches is one region. */
function regions(...texts: SplicedText[]): Region[] {
  const places = texts.flatMap(({ splices }) => splices).sort((a, b) => a.start - b.start);
  const found: Region[] = [];
  for (const { start, end, line } of places) {
    const last = found.at(-1);
    if (last && start <= last.end) {
      last.end = Math.max(last.end, end);
    } else {
      found.push({ start, end, line });
    }
  }
  return found;
}

/** Beyond this many differing lines, a file counts as rewritten: nobody reads it line by line. */
const LONGEST_SCRIPT = 600;

/** Marks the lines of `newer` that `older` does not have, and the places where lines are gone. */
export function compareLines(older: string, newer: string): Mark[] {
  const same = sameAtStart(older, newer);
  const start = same === 0 ? 0 : older.lastIndexOf("\n", same - 1) + 1;
  const [endA, endB] = differenceEnd(older, newer, start);
  const [a, b] = [linesOf(older.slice(start, endA)), linesOf(newer.slice(start, endB))];
  return marksBetween(commonLines(a, b), a.length, b.length, lineEndsBefore(newer, start));
}

// Texts are long and mostly the same, so they are compared in large pieces first, and only lines that differ are split.
const PIECES = [4096, 64, 1];

function sameAtStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  for (const piece of PIECES) {
    while (same + piece <= most && a.slice(same, same + piece) === b.slice(same, same + piece)) {
      same += piece;
    }
  }
  return same;
}

function sameAtEnd(a: string, b: string, most: number): number {
  let same = 0;
  for (const piece of PIECES) {
    while (
      same + piece <= most &&
      a.slice(a.length - same - piece, a.length - same) ===
        b.slice(b.length - same - piece, b.length - same)
    ) {
      same += piece;
    }
  }
  return same;
}

/** Where the lines that differ end in each text; those after them are the same. */
function differenceEnd(a: string, b: string, start: number): [number, number] {
  const same = sameAtEnd(a, b, Math.min(a.length, b.length) - start);
  const [endA, endB] = [a.length - same, b.length - same];
  const beginsLine = (text: string, at: number) => at === start || text[at - 1] === "\n";
  if (beginsLine(a, endA) && beginsLine(b, endB)) {
    return [endA, endB];
  }
  const rest = a.indexOf("\n", endA);
  const kept = rest === -1 ? 0 : a.length - rest - 1;
  return [a.length - kept, b.length - kept];
}

function lineEndsBefore(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
    count++;
  }
  return count;
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
 * The longest common subsequence of two lists of lines, by Myers' greedy algorithm: `reach` is how far
 * along `a` a script of `d` insertions and deletions gets on each diagonal `k` = x - y.
 */
function commonLines(a: string[], b: string[]): Pair[] {
  const [left, right] = numbered(a, b);
  const longest = Math.min(a.length + b.length, LONGEST_SCRIPT);
  const reach = new Diagonals(longest + 1);
  reach.set(1, 0);
  const history: Diagonals[] = [];
  for (let d = 0; d <= longest; d++) {
    history.push(reach.within(d + 1));
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(reach, k, d) ? reach.at(k + 1) : reach.at(k - 1) + 1;
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) {
        x++;
      }
      reach.set(k, x);
      if (x >= left.length && x - k >= right.length) {
        return walkBack(history, left.length, right.length);
      }
    }
  }
  return [];
}

/** A number for each diagonal from `-widest` to `widest`. */
class Diagonals {
  readonly #values: Int32Array;
  readonly #widest: number;

  constructor(widest: number, values = new Int32Array(2 * widest + 1).fill(-1)) {
    this.#widest = widest;
    this.#values = values;
  }

  at(k: number): number {
    return this.#values[k + this.#widest] ?? -1;
  }

  set(k: number, value: number): void {
    this.#values[k + this.#widest] = value;
  }

  /** A copy of those near the middle. */
  within(width: number): Diagonals {
    const from = this.#widest - width;
    return new Diagonals(width, this.#values.slice(from, from + 2 * width + 1));
  }
}

/** Lines as numbers, which are compared at once; equal lines have equal numbers. */
function numbered(...texts: [string[], string[]]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const numberOf = (line: string): number => {
    const number = numbers.get(line) ?? numbers.size;
    numbers.set(line, number);
    return number;
  };
  const [a, b] = texts;
  return [Int32Array.from(a, numberOf), Int32Array.from(b, numberOf)];
}

/** Whether the step onto diagonal `k` is better taken as an insertion than as a deletion. */
function comesFromAbove(reach: Diagonals, k: number, d: number): boolean {
  return k === -d || (k !== d && reach.at(k - 1) < reach.at(k + 1));
}

/** Follows the recorded steps from the end to the beginning and collects the equal lines. */
function walkBack(history: Diagonals[], endX: number, endY: number): Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [endX, endY];
  for (const [d, reach] of [...history.entries()].reverse()) {
    const k = x - y;
    const previousK = comesFromAbove(reach, k, d) ? k + 1 : k - 1;
    const previousX = reach.at(previousK);
    const previousY = previousX - previousK;
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      pairs.push([--x, --y]);
    }
    [x, y] = [previousX, previousY];
  }
  return pairs.reverse();
}
