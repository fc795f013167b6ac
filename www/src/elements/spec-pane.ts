import type { EditorView } from "@codemirror/view";
import { effect } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import type { Diagnostic, TextEdit } from "../core/protocol.js";
import {
  applyEdits,
  applyFix,
  hasFix,
  openEditor,
  replaceText,
  select,
  selectLine,
  selectRule,
  showProblems,
} from "../editor/editor.js";
import type { Tapped } from "../editor/tappable.js";
import { count, positionOf } from "../format.js";
import { stretches } from "../words.js";
import type { Checked, Workbench } from "../workbench.js";
import "./harvest-strip.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";
import type { WordSheet } from "./word-sheet.js";
import "./word-sheet.js";

/** The list waits this long after the last change, so that it does not jump while a word is typed. */
const SETTLE = 400;

/** The spec in its editor, with its problems below. */
export class SpecPane extends SignalElement {
  static override properties = {
    bench: { attribute: false },
    listed: { state: true },
  };

  declare bench: Workbench;
  /** What the list shows, which follows the spec with a little delay. */
  declare listed: Checked | null;

  #view: EditorView | undefined;
  #effects: (() => void)[] = [];
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.listed = null;
  }

  protected override updated(): void {
    const parent = this.renderRoot.querySelector<HTMLElement>(".editor");
    if (this.#view || !parent || !this.shadowRoot) {
      return;
    }
    const view = openEditor(
      parent,
      this.shadowRoot,
      this.bench.spec.peek(),
      this.bench,
      this.#askForWord,
    );
    this.#view = view;
    this.#effects.push(
      effect(() => replaceText(view, this.bench.spec.value)),
      effect(() => {
        const checked = this.bench.checked.value;
        showProblems(view, checked);
        this.#list(checked);
      }),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#effects.splice(0)) {
      stop();
    }
    clearTimeout(this.#settling);
    this.#view?.destroy();
    this.#view = undefined;
  }

  /** Puts the cursor on a rule, ready to be typed over. */
  changeRule(): void {
    if (this.#view) {
      selectRule(this.#view);
    }
  }

  /** Writes a replacement of the core into the text; it can be taken back like any other change. */
  apply(edit: TextEdit): void {
    if (this.#view) {
      applyEdits(this.#view, [edit]);
    }
  }

  readonly #askForWord: Tapped = async (view, from, to) => {
    const spec = view.state.doc.toString();
    // At its beginning nothing of the word is typed yet, so that every word may take its place.
    const found = await this.bench.complete(spec, from);
    const sheet = this.renderRoot.querySelector<WordSheet>("bs-word-sheet");
    if (!found || view.state.doc.toString() !== spec) {
      return;
    }
    const choose = (text: string) => applyEdits(view, [{ start: from, end: to, text }]);
    const line = view.state.doc.lineAt(from).text.trim();
    await sheet?.ask({ word: spec.slice(from, to), line, options: found.options, choose });
  };

  /** Selects what a line says. */
  showLine(line: number): void {
    if (this.#view) {
      selectLine(this.#view, line);
    }
  }

  #list(checked: Checked): void {
    clearTimeout(this.#settling);
    if (checked.diagnostics.length === 0) {
      this.listed = null;
    } else {
      this.#settling = setTimeout(() => {
        this.listed = checked;
      }, SETTLE);
    }
  }

  protected override render(): TemplateResult {
    return html`
      <div class="editor"></div>
      ${this.listed ? this.#problems(this.listed) : nothing}
      <bs-harvest-strip
        .bench=${this.bench}
        @file-chosen=${() => this.dispatchEvent(new Event("file-chosen"))}
      ></bs-harvest-strip>
      <bs-word-sheet></bs-word-sheet>
    `;
  }

  #problems(checked: Checked): TemplateResult {
    return html`
      <section class="problems" aria-label="Problems">
        <h2>${count(checked.diagnostics.length, "problem")}</h2>
        <ul>
          ${checked.diagnostics.map((diagnostic) => this.#problem(checked, diagnostic))}
        </ul>
      </section>
    `;
  }

  #problem(checked: Checked, diagnostic: Diagnostic): TemplateResult {
    const place = diagnostic.labels[0];
    const jump = () => {
      if (place && this.#view) {
        select(this.#view, place.start, place.end);
      }
    };
    const fix = () => {
      if (this.#view) {
        applyFix(this.#view, checked, diagnostic);
      }
    };
    const { line, column } = positionOf(checked.spec, place?.start ?? 0);
    const kind = diagnostic.severity === "error" ? "alert" : "warning";
    return html`
      <li class=${diagnostic.severity}>
        <button class="problem" type="button" @click=${jump}>
          ${icon(kind)}
          <span class="words">
            <span class="message">${sentence(diagnostic.message)}</span>
            ${diagnostic.help ? html`<span class="help">${sentence(diagnostic.help)}</span>` : nothing}
          </span>
          <span class="place">${line}:${column}</span>
        </button>
        ${
          hasFix(diagnostic)
            ? html`<button class="control" type="button" @click=${fix}>Fix</button>`
            : nothing
        }
      </li>
    `;
  }

  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        background: var(--surface);
      }
      .editor {
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }
      .problems {
        flex: none;
        max-height: 45%;
        overflow-y: auto;
        border-top: 1px solid var(--divider);
        background: var(--bg);
      }
      h2 {
        position: sticky;
        top: 0;
        margin: 0;
        padding: var(--space-8) var(--space-12) var(--space-4);
        background: var(--bg);
        color: var(--muted);
        font: var(--weight-strong) var(--size-12) / 1.5 var(--font-text);
      }
      ul {
        margin: 0;
        padding: 0 0 var(--space-8);
        list-style: none;
      }
      li {
        display: flex;
        align-items: start;
        gap: var(--space-8);
        padding-right: var(--space-12);
      }
      li:hover {
        background: var(--hover);
      }
      .problem {
        flex: 1;
        min-width: 0;
        display: flex;
        align-items: start;
        gap: var(--space-8);
        min-height: var(--row);
        padding: var(--space-4) 0 var(--space-4) var(--space-12);
        border: none;
        background: none;
        color: inherit;
        font: inherit;
        font-size: var(--size-13);
        text-align: left;
        cursor: pointer;
      }
      .words {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .help {
        display: block;
        color: var(--muted);
        white-space: pre-line;
      }
      code {
        font-family: var(--font-code);
        font-size: var(--size-12);
      }
      .place {
        color: var(--muted);
        font-family: var(--font-code);
        font-size: var(--size-12);
        line-height: var(--line-code);
      }
      .error .icon {
        color: var(--red);
      }
      .warning .icon {
        color: var(--amber);
      }
      .icon {
        margin-top: calc(var(--space-4) / 2);
      }
      li .control {
        margin-top: calc(var(--space-4) / 2);
      }
    `,
  ];
}

function sentence(text: string): (TemplateResult | string)[] {
  return stretches(text).map((part) => (part.isCode ? html`<code>${part.text}</code>` : part.text));
}

customElements.define("bs-spec-pane", SpecPane);
