// The spec editor: CodeMirror with the parts that a short YAML file needs.
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { lintKeymap, type Diagnostic as Squiggle, setDiagnostics } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Diagnostic, TextEdit } from "../core/protocol.js";
import type { Checked } from "../workbench.js";
import { accessRules, accessWords } from "./access-words.js";
import { assist, type Helper } from "./assist.js";
import { grantedWords } from "./grants.js";
import { paragraph } from "./sentences.js";
import { type Tapped, tappableWords } from "./tappable.js";
import { theme } from "./theme.js";

/** What the editor tells, and whom it asks. */
export interface Surroundings extends Helper {
  edit(text: string): void;
  /** The cursor is on a line, counted from 1. */
  visit(line: number): void;
}

/** Opens an editor in a shadow root: in the document, the page's policy would block its styles. */
export function openEditor(
  parent: HTMLElement,
  root: ShadowRoot,
  text: string,
  around: Surroundings,
  tapped: Tapped,
): EditorView {
  const state = EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      yaml(),
      theme,
      accessWords,
      tappableWords(tapped),
      EditorView.contentAttributes.of({ "aria-label": "Spec", spellcheck: "false" }),
      assist(around),
      problems,
      keymap.of([
        { key: "Mod-.", run: fixHere },
        ...defaultKeymap,
        ...historyKeymap,
        ...lintKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          around.edit(update.state.doc.toString());
        }
        if (update.docChanged || update.selectionSet) {
          around.visit(update.state.doc.lineAt(update.state.selection.main.head).number);
        }
      }),
    ],
  });
  return new EditorView({ state, parent, root });
}

/** Taken back on its own, however soon after it somebody typed. */
const ownStep = isolateHistory.of("full");

/** Puts another text into the editor, unless it is there already. */
export function replaceText(view: EditorView, text: string): void {
  const { doc } = view.state;
  if (doc.toString() !== text) {
    const changes = { from: 0, to: doc.length, insert: text };
    view.dispatch({ changes, annotations: ownStep });
  }
}

/** Underlines the problems of a spec, if that is still what the editor holds. */
export function showProblems(view: EditorView, checked: Checked): void {
  if (holds(view, checked)) {
    const squiggles = checked.diagnostics.flatMap((diagnostic) => squiggle(checked, diagnostic));
    view.dispatch(setDiagnostics(view.state, squiggles), { effects: setProblems.of(checked) });
  }
}

const setProblems = StateEffect.define<Checked>();

/** The problems that are underlined, for the keys that deal with them. */
const problems = StateField.define<Checked | null>({
  create: () => null,
  update: (before, transaction) =>
    transaction.effects.find((effect) => effect.is(setProblems))?.value ?? before,
});

/** Corrects the problem at the cursor, or else the first one that can be corrected. */
function fixHere(view: EditorView): boolean {
  const checked = view.state.field(problems);
  const fixable = checked?.diagnostics.filter(hasFix) ?? [];
  const { head } = view.state.selection.main;
  const isHere = ({ labels }: Diagnostic) =>
    labels.some(({ start, end }) => start <= head && head <= end);
  const chosen = fixable.find(isHere) ?? fixable[0];
  if (checked && chosen) {
    applyFix(view, checked, chosen);
  }
  return chosen !== undefined;
}

function holds(view: EditorView, checked: Checked): boolean {
  return view.state.doc.toString() === checked.spec;
}

function squiggle(checked: Checked, diagnostic: Diagnostic): Squiggle[] {
  const apply = (view: EditorView) => applyFix(view, checked, diagnostic);
  return diagnostic.labels.slice(0, 1).map(({ start, end }) => ({
    from: start,
    to: end,
    severity: diagnostic.severity,
    message: diagnostic.message,
    renderMessage: () => describe(diagnostic),
    actions: hasFix(diagnostic) ? [{ name: "Fix", apply }] : [],
  }));
}

/** The problem and its way out, for the tooltip. */
function describe({ message, help }: Diagnostic): HTMLElement {
  const words = document.createElement("div");
  words.append(paragraph("problem-message", message));
  if (help) {
    words.append(paragraph("problem-help", help));
  }
  return words;
}

/** Whether a problem comes with a correction that is certain. */
export function hasFix(diagnostic: Diagnostic): boolean {
  return diagnostic.edits.length > 0;
}

/** Corrects one problem as a single step of the history, unless the text has moved on since. */
export function applyFix(view: EditorView, checked: Checked, diagnostic: Diagnostic): void {
  if (!holds(view, checked)) {
    return;
  }
  applyEdits(view, diagnostic.edits);
  view.focus();
}

/** Makes replacements of the core as a single step of the history. */
export function applyEdits(view: EditorView, edits: readonly TextEdit[]): void {
  const changes = edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text }));
  view.dispatch({
    changes,
    scrollIntoView: true,
    userEvent: "input.fix",
    annotations: ownStep,
  });
}

/** Selects a range, as far as the text still reaches, and brings it into view. */
export function select(view: EditorView, from: number, to: number): void {
  const anchor = Math.min(from, view.state.doc.length);
  view.dispatch({
    selection: { anchor, head: Math.min(to, view.state.doc.length) },
    effects: EditorView.scrollIntoView(anchor, { y: "center" }),
  });
  view.focus();
}

/** Selects what a line says, without its indentation. */
export function selectLine(view: EditorView, line: number): void {
  const { from, to, text } = view.state.doc.line(Math.min(line, view.state.doc.lines));
  select(view, from + text.length - text.trimStart().length, to);
}

/** Selects the first `owner` of the access rules, or else their first word. */
export function selectRule(view: EditorView): void {
  const words = accessRules(view, 0, view.state.doc.length).flatMap((rule) =>
    grantedWords(view.state.sliceDoc(rule.from, rule.to)).map((granted) => ({
      ...granted,
      from: rule.from + granted.from,
    })),
  );
  const chosen = words.find(({ kind }) => kind === "owner") ?? words[0];
  if (chosen) {
    select(view, chosen.from, chosen.from + chosen.word.length);
  }
}
