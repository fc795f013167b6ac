// Texts of files. Long ones that change a little are kept as what they were, with other lines in some places.
import type { Splice } from "./backsmith.js";

/** A text, told as another one with splices, in order. */
export interface SplicedText {
  whole: string;
  splices: readonly Splice[];
}

export type Text = string | SplicedText;

/** What tells a text to somebody who holds the same whole one. */
export type Splices = Pick<SplicedText, "splices">;

/** A text as splices of a whole one, which may be itself. */
export function asSpliced(text: Text): SplicedText {
  return typeof text === "string" ? { whole: text, splices: [] } : text;
}

/** The text that splices make of the whole that another text is told by. */
export function respliced(text: Text, splices: readonly Splice[]): SplicedText {
  return { whole: asSpliced(text).whole, splices };
}

/** What stands between two places of a whole text, neither of which is within a splice. */
export function partOf({ whole, splices }: SplicedText, from: number, to: number): string {
  let text = "";
  let at = from;
  for (const { start, end, lines } of splices) {
    if (start >= from && end <= to) {
      text += whole.slice(at, start) + lines;
      at = end;
    }
  }
  return text + whole.slice(at, to);
}

/** The text in one piece. */
export function inOnePiece(text: Text): string {
  return typeof text === "string" ? text : partOf(text, 0, text.whole.length);
}

/** What tells a text to somebody who holds another, or none. */
export function told(text: Text, held: Text | undefined): Text | Splices {
  const isKnown =
    typeof text !== "string" && held !== undefined && asSpliced(held).whole === text.whole;
  return isKnown ? { splices: text.splices } : text;
}

/** The text that was told to somebody who holds another, or none. */
export function heard(told: Text | Splices, held: Text | undefined): Text {
  return typeof told === "string" || "whole" in told ? told : respliced(held ?? "", told.splices);
}
