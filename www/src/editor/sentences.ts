import { stretches } from "../words.js";

/** A sentence of the core as an element, its code set apart. */
export function paragraph(className: string, sentence: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  for (const { text, isCode } of stretches(sentence)) {
    const part = document.createElement(isCode ? "code" : "span");
    part.textContent = text;
    element.append(part);
  }
  return element;
}
