// How the editor looks, in the page's own tokens.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const chrome = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--text)",
    backgroundColor: "var(--surface)",
    fontSize: "var(--size-13)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "var(--line-code)" },
  ".cm-content": { padding: "var(--space-8) 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 var(--space-12) 0 var(--space-8)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "var(--selection)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--hover)" },
  // The active line is painted over the selection's layer, so it must let it through.
  "&.cm-focused .cm-activeLine:has(+ .cm-activeLine), &.cm-focused .cm-activeLine + .cm-activeLine":
    { backgroundColor: "transparent" },
  ".cm-gutters": {
    backgroundColor: "var(--surface)",
    color: "var(--muted)",
    border: "none",
    paddingLeft: "var(--space-8)",
  },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--red)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--amber)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-lintPoint::after": { borderBottomColor: "var(--red)" },
  ".cm-lintPoint-warning::after": { borderBottomColor: "var(--amber)" },
  ".cm-tooltip": {
    maxWidth: "44ch",
    color: "var(--text)",
    backgroundColor: "var(--surface)",
    border: "1px solid var(--border)",
    borderRadius: "var(--radius-8)",
    boxShadow: "var(--shadow)",
    overflow: "hidden",
  },
  ".cm-diagnostic": {
    padding: "var(--space-8) var(--space-12)",
    border: "none",
    fontFamily: "var(--font-text)",
    fontSize: "var(--size-13)",
  },
  ".cm-diagnostic code": { fontFamily: "var(--font-code)", fontSize: "var(--size-12)" },
  ".problem-help": { color: "var(--muted)", whiteSpace: "pre-line" },
  ".cm-tooltip.cm-tooltip-autocomplete": {
    "& > ul": {
      maxHeight: "14em",
      fontFamily: "var(--font-code)",
      fontSize: "var(--size-13)",
    },
    "& > ul > li": {
      display: "flex",
      alignItems: "center",
      minHeight: "var(--row)",
      padding: "0 var(--space-12)",
    },
    "& > ul > li[aria-selected]": {
      color: "var(--text)",
      backgroundColor: "var(--selected)",
    },
  },
  ".cm-tooltip.cm-tooltip-hover": { overflow: "hidden" },
  ".cm-tooltip.cm-completionInfo": { padding: "var(--space-8) var(--space-12)" },
  ".cm-completionMatchedText": {
    textDecoration: "none",
    fontWeight: "var(--weight-strong)",
  },
  ".cm-explanation, .cm-completionInfo": {
    fontFamily: "var(--font-text)",
    fontSize: "var(--size-13)",
  },
  ".cm-explanation": { padding: "var(--space-8) var(--space-12)" },
  ".cm-explanation code, .cm-completionInfo code": {
    fontFamily: "var(--font-code)",
    fontSize: "var(--size-12)",
  },
  ".cm-explanation .word code": { fontWeight: "var(--weight-strong)" },
  ".cm-explanation .more": { color: "var(--muted)" },
  ".option-role": { color: "var(--ember)" },
  ".option-entity": { color: "var(--blue)" },
  ".option-field": { color: "var(--violet)" },
  ".cm-diagnosticAction": {
    display: "block",
    margin: "var(--space-8) 0 0",
    padding: "var(--space-4) var(--space-8)",
    color: "var(--text)",
    backgroundColor: "transparent",
    border: "1px solid var(--border)",
    borderRadius: "var(--radius-4)",
    font: "inherit",
    cursor: "pointer",
  },
  ".access": { fontWeight: "var(--weight-strong)" },
  "@media (pointer: coarse)": {
    ".access": {
      padding: "0 var(--space-4)",
      borderRadius: "var(--radius-4)",
      backgroundColor: "var(--hover)",
      cursor: "pointer",
    },
    ".cm-scroller": { lineHeight: "1.75rem" },
  },
  "@media (forced-colors: active)": {
    ".cm-selectionBackground": { outline: "1px solid Highlight" },
    ".cm-tooltip-autocomplete > ul > li[aria-selected]": { outline: "2px solid Highlight" },
  },
  ".access-anyone": { color: "var(--blue)" },
  ".access-signed_in": { color: "var(--violet)" },
  ".access-owner": { color: "var(--amber)" },
  ".access-role": { color: "var(--ember)" },
  ".access-nobody": { color: "var(--red)" },
});

const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--text)" },
  { tag: [tags.content, tags.string], color: "var(--muted)" },
  {
    tag: [tags.separator, tags.punctuation, tags.brace, tags.squareBracket],
    color: "var(--muted)",
  },
  { tag: tags.lineComment, color: "var(--muted)", fontStyle: "italic" },
]);

/** The extension. */
export const theme: Extension = [chrome, syntaxHighlighting(colours)];
