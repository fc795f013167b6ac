// Sentences of the core, in which `back-ticks` enclose what is code.

/** A stretch of a sentence. */
export interface Stretch {
  text: string;
  isCode: boolean;
}

/** Splits a sentence at its back-ticks; one without a partner is just a character. */
export function stretches(sentence: string): Stretch[] {
  const parts = sentence.split("`");
  const isOpen = parts.length % 2 === 0;
  const last = isOpen ? `\`${parts.pop()}` : "";
  const split = parts.map((text, index) => ({ text, isCode: index % 2 === 1 }));
  return [...split, { text: last, isCode: false }].filter(({ text }) => text !== "");
}
