// On a screen that is touched, a word of a rule is a button: it can be changed without a keyboard.
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Somebody tapped the word of a rule that begins and ends there. */
export type Tapped = (view: EditorView, from: number, to: number) => void;

/** The extension. */
export function tappableWords(tapped: Tapped): Extension {
  const isTouched = matchMedia("(pointer: coarse)");
  const wordOf = (event: Event): HTMLElement | null =>
    isTouched.matches ? (event.target as Element).closest<HTMLElement>(".access") : null;
  return EditorView.domEventHandlers({
    // The cursor would bring the keyboard along.
    mousedown: (event) => {
      const isWord = wordOf(event) !== null;
      if (isWord) {
        event.preventDefault();
      }
      return isWord;
    },
    click: (event, view) => {
      const word = wordOf(event);
      if (!word) {
        return false;
      }
      const from = view.posAtDOM(word);
      tapped(view, from, from + (word.textContent ?? "").length);
      return true;
    },
  });
}
