import type { FileChange, Token } from "../core/protocol.js";
import type { OpenFile } from "../workbench.js";

/** A file's lines as elements; made by hand, for there may be thousands. */
export function renderLines(file: OpenFile, change: FileChange | undefined): DocumentFragment {
  const lines = file.lines ?? plainLines(file.text);
  // A new file is not marked line by line: all of it is new.
  const marks = new Map(
    change?.kind === "changed"
      ? change.marks.map(({ line, kind }) => [Math.min(line, lines.length), kind])
      : [],
  );
  const fragment = document.createDocumentFragment();
  lines.forEach((tokens, index) => {
    const line = document.createElement("span");
    line.className = ["line", marks.get(index + 1) ?? ""].join(" ").trim();
    for (const [text, kind] of tokens) {
      line.append(kind === null ? text : span(text, kind));
    }
    line.append("\n");
    fragment.append(line);
  });
  return fragment;
}

function span(text: string, className: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

function plainLines(text: string): Token[][] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => [[line, null]]);
}
