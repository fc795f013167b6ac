// Paints the words of access rules in the colours that stand for them all over the page.
import { syntaxTree } from "@codemirror/language";
import { type Extension, Prec, RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";
import { FIXED_GRANTS, grantedWords } from "./grants.js";

const DECORATIONS = new Map(
  [...FIXED_GRANTS, "role"].map((word) => [
    word,
    Decoration.mark({ class: `access access-${word}` }),
  ]),
);

/** Every value below an `access:` key inside the given range. */
export function accessRules(view: EditorView, from: number, to: number): SyntaxNode[] {
  const rules: SyntaxNode[] = [];
  syntaxTree(view.state).iterate({
    from,
    to,
    enter: (node) => {
      if (node.name === "Literal" && !isKey(node) && isBelowAccess(view, node)) {
        rules.push(node.node);
      }
    },
  });
  return rules;
}

function isKey(node: SyntaxNodeRef): boolean {
  return node.node.parent?.name === "Key";
}

function isBelowAccess(view: EditorView, node: SyntaxNodeRef): boolean {
  let pair = enclosingPair(node.node);
  while (pair) {
    if (keyOf(view, pair) === "access") {
      return true;
    }
    pair = enclosingPair(pair);
  }
  return false;
}

function enclosingPair(node: SyntaxNode): SyntaxNode | null {
  let parent = node.parent;
  while (parent && parent.name !== "Pair") {
    parent = parent.parent;
  }
  return parent;
}

/** The text of a pair’s key. */
function keyOf(view: EditorView, pair: SyntaxNode): string {
  const key = pair.getChild("Key");
  return key ? view.state.sliceDoc(key.from, key.to) : "";
}

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (const rule of accessRules(view, from, to)) {
      for (const granted of grantedWords(view.state.sliceDoc(rule.from, rule.to))) {
        const decoration = DECORATIONS.get(granted.kind);
        if (decoration) {
          const start = rule.from + granted.from;
          builder.add(start, start + granted.word.length, decoration);
        }
      }
    }
  }
  return builder.finish();
}

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate): void {
      const parsedFurther = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || parsedFurther) {
        this.decorations = decorate(update.view);
      }
    }
  },
  { decorations: (self) => self.decorations },
);

/** The extension; foremost, so that its colours lie inside those of plain YAML. */
export const accessWords: Extension = Prec.highest(plugin);
