import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { FileChange, Token } from "../core/protocol.js";
import { count } from "../format.js";
import type { OpenFile, Workbench } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** The open file, to be read. */
export class CodeView extends SignalElement {
  static override properties = {
    bench: { attribute: false },
    copied: { state: true },
  };

  declare bench: Workbench;
  /** The path of the file that was copied last, for as long as it is worth saying. */
  declare copied: string | null;

  #shown: { file: OpenFile; change: FileChange | undefined } | undefined;

  constructor() {
    super();
    this.copied = null;
  }

  protected override render(): TemplateResult {
    const file = this.bench.openFile.value;
    if (!file) {
      return html`<p class="empty">${this.bench.project.value ? "Pick a file to read it." : nothing}</p>`;
    }
    return html`
      <header>
        <h2>${file.path}</h2>
        ${this.#changeNote(this.#change(file.path))}
        <button
          class="control bare"
          type="button"
          title="Copy this file"
          aria-label="Copy this file"
          @click=${() => void this.#copy(file)}
        >
          ${icon("copy")}
        </button>
        <span class="copied" role="status">${this.copied === file.path ? "Copied" : nothing}</span>
      </header>
      <div class="scroller" tabindex="0" role="region" aria-label=${file.path}>
        <pre></pre>
      </div>
    `;
  }

  #change(path: string): FileChange | undefined {
    return this.bench.project.value?.changes.get(path);
  }

  #changeNote(change: FileChange | undefined): TemplateResult | typeof nothing {
    if (!change) {
      return nothing;
    }
    const words =
      change.kind === "added" ? "new file" : `${count(change.marks.length, "line")} changed`;
    return html`<span class="change">${words}</span>`;
  }

  async #copy(file: OpenFile): Promise<void> {
    await navigator.clipboard.writeText(file.text);
    this.copied = file.path;
    setTimeout(() => {
      this.copied = null;
    }, 2000);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const file = this.bench.openFile.value;
    const pre = this.renderRoot.querySelector("pre");
    if (!file || !pre) {
      this.#shown = undefined;
      return;
    }
    const change = this.#change(file.path);
    const before = this.#shown;
    if (before?.file === file && before.change === change) {
      return;
    }
    this.#shown = { file, change };
    pre.replaceChildren(renderLines(file, change));
    if (before?.file.path !== file.path) {
      this.renderRoot.querySelector(".scroller")?.scrollTo(0, 0);
    }
    if (change && (before?.file.path !== file.path || before.change !== change)) {
      this.#showFirstChange();
    }
  }

  /** Brings a change into view, unless one is to be seen already. */
  #showFirstChange(): void {
    const scroller = this.renderRoot.querySelector(".scroller");
    const marks = [...this.renderRoot.querySelectorAll(".added, .removed")];
    if (!scroller || marks.length === 0) {
      return;
    }
    const box = scroller.getBoundingClientRect();
    const isVisible = (mark: Element): boolean => {
      const { top, bottom } = mark.getBoundingClientRect();
      return top >= box.top && bottom <= box.bottom;
    };
    if (!marks.some(isVisible)) {
      marks[0]?.scrollIntoView({ block: "center" });
    }
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
      header {
        flex: none;
        display: flex;
        align-items: center;
        gap: var(--space-8);
        min-height: calc(var(--row) + var(--space-8));
        padding: 0 var(--space-8) 0 var(--space-16);
        border-bottom: 1px solid var(--divider);
      }
      h2 {
        flex: 0 1 auto;
        min-width: 0;
        margin: 0;
        overflow: hidden;
        direction: rtl;
        font: var(--weight-text) var(--size-13) / 1.43 var(--font-code);
        text-align: left;
        text-overflow: ellipsis;
        unicode-bidi: plaintext;
        white-space: nowrap;
      }
      .change {
        flex: none;
        color: var(--ember);
        font-size: var(--size-12);
      }
      header .control {
        margin-left: auto;
      }
      .copied {
        order: -1;
        flex: none;
        margin-left: auto;
        color: var(--muted);
        font-size: var(--size-12);
      }
      .copied:empty {
        display: none;
      }
      .scroller {
        flex: 1;
        min-height: 0;
        overflow: auto;
      }
      pre {
        width: max-content;
        min-width: 100%;
        margin: 0;
        padding: var(--space-8) 0;
        counter-reset: line;
        font: var(--weight-text) var(--size-13) / var(--line-code) var(--font-code);
        tab-size: 2;
      }
      .line {
        position: relative;
        display: block;
        min-height: var(--line-code);
        padding-right: var(--space-24);
      }
      .line::before {
        counter-increment: line;
        content: counter(line);
        display: inline-block;
        width: 3.5rem;
        padding-right: var(--space-16);
        color: var(--muted);
        text-align: right;
        user-select: none;
      }
      .added {
        background: var(--touched);
      }
      .added::after {
        content: "";
        position: absolute;
        inset: 0 auto 0 0;
        width: 3px;
        background: var(--ember);
      }
      .removed::after {
        content: "";
        position: absolute;
        top: -2px;
        left: 0;
        width: var(--space-12);
        height: 3px;
        background: var(--ember);
      }
      .keyword {
        color: var(--violet);
      }
      .string {
        color: var(--blue);
      }
      .literal {
        color: var(--amber);
      }
      .comment {
        color: var(--muted);
        font-style: italic;
      }
      .strong {
        font-weight: var(--weight-strong);
      }
      .empty {
        margin: auto;
        color: var(--muted);
      }
    `,
  ];
}

/** A file's lines as elements; made by hand, for there may be thousands. */
function renderLines(file: OpenFile, change: FileChange | undefined): DocumentFragment {
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

customElements.define("bs-code-view", CodeView);
