// Completion and explanations, asked of the core.
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip, keymap, type Tooltip } from "@codemirror/view";
import type { Completions, Explanation } from "../core/protocol.js";
import { paragraph } from "./sentences.js";

/** Who answers the editor's questions. */
export interface Helper {
  complete(spec: string, at: number): Promise<Completions | null>;
  explain(spec: string, at: number): Promise<Explanation | null>;
}

/** The extension. */
export function assist(helper: Helper): Extension {
  return [
    autocompletion({
      override: [(context) => complete(helper, context)],
      activateOnCompletion: ({ apply }) => typeof apply === "string" && /[:\s]$/.test(apply),
      icons: false,
      optionClass: ({ type }) => `option-${type}`,
    }),
    hoverTooltip((view, at) => explain(helper, view, at), { hoverTime: 400 }),
    keymap.of(completionKeymap),
  ];
}

/** Where a word may begin: a list that opens elsewhere by itself would be in the way. */
const INVITING = /[:,=|([{]\s*$|\b(?:when|and|has|is|by|through)\s+$/;

async function complete(
  helper: Helper,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const invites = /\w$/.test(before) || INVITING.test(before);
  if (!context.explicit && !invites) {
    return null;
  }
  const found = await helper.complete(context.state.doc.toString(), context.pos);
  if (!found || context.aborted) {
    return null;
  }
  const options = found.options.map(
    ({ label, insert, kind, help }, index): Completion => ({
      label,
      apply: insert,
      type: kind,
      info: () => paragraph("explanation", help),
      // The core's order is that of the language; the editor's own would be that of the alphabet.
      boost: -index,
    }),
  );
  return { from: found.from, options, filter: false };
}

async function explain(helper: Helper, view: EditorView, at: number): Promise<Tooltip | null> {
  const text = view.state.doc.toString();
  const found = await helper.explain(text, at);
  if (!found || view.state.doc.toString() !== text) {
    return null;
  }
  return {
    pos: found.start,
    end: found.end,
    above: true,
    create: () => ({ dom: explanation(found) }),
  };
}

function explanation({ word, help, default: otherwise, example }: Explanation): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-explanation";
  box.append(paragraph("word", `\`${word}\``), paragraph("explanation", help));
  if (otherwise !== null) {
    box.append(paragraph("more", `Left out: ${otherwise}.`));
  }
  if (example !== null) {
    box.append(paragraph("more", `\`${example}\``));
  }
  return box;
}

/** Opens the list of what may stand at the cursor. */
export function offer(view: EditorView): void {
  startCompletion(view);
}
