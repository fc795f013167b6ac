import { css, html, nothing, type TemplateResult } from "lit";
import { count } from "../format.js";
import type { Harvest, Workbench, Yield } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** What the line of the spec at the cursor has produced. Says `file-chosen` when somebody goes there. */
export class HarvestStrip extends SignalElement {
  static override properties = { bench: { attribute: false } };

  declare bench: Workbench;

  protected override render(): TemplateResult {
    const harvest = this.bench.harvest.value;
    if (this.bench.stale.value) {
      return html`<p>What a line makes is known again when the spec has no errors.</p>`;
    }
    if (!harvest) {
      return html`<p>Put the cursor on a line to see what it makes.</p>`;
    }
    if (harvest.yields.length === 0) {
      return html`<p>Line ${harvest.line} makes no line by itself.</p>`;
    }
    return html`
      <details>
        <summary>${icon("chevron")}<span>${said(harvest)}</span></summary>
        <ul>
          ${harvest.yields.map((made) => this.#file(made))}
        </ul>
      </details>
    `;
  }

  #file({ path, lines }: Yield): TemplateResult {
    const go = () => {
      this.bench.open(path, lines[0]);
      this.dispatchEvent(new Event("file-chosen"));
    };
    const isOpen = this.bench.openFile.value?.path === path;
    return html`
      <li>
        <button type="button" aria-current=${isOpen ? "true" : nothing} @click=${go}>
          <span class="path">${path}</span>
          <span class="lines">${count(lines.length, "line")}</span>
        </button>
      </li>
    `;
  }

  static override styles = [
    controls,
    css`
      :host {
        flex: none;
        display: block;
        max-height: 40%;
        overflow-y: auto;
        border-top: 1px solid var(--divider);
        background: var(--bg);
        color: var(--muted);
        font-size: var(--size-12);
      }
      p,
      summary {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        min-height: var(--row);
        margin: 0;
        padding: 0 var(--space-12);
      }
      summary {
        position: sticky;
        top: 0;
        background: var(--bg);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:hover {
        color: var(--text);
      }
      summary .icon {
        transition: transform var(--quick);
      }
      details[open] summary .icon {
        transform: rotate(90deg);
      }
      ul {
        margin: 0;
        padding: 0 0 var(--space-8);
        list-style: none;
      }
      button {
        display: flex;
        align-items: center;
        gap: var(--space-12);
        width: 100%;
        min-height: var(--row);
        padding: 0 var(--space-12) 0 var(--space-24);
        border: none;
        background: none;
        color: var(--text);
        font: inherit;
        text-align: left;
        cursor: pointer;
      }
      button:hover {
        background: var(--hover);
      }
      [aria-current] {
        background: var(--selected);
      }
      .path {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
        font-family: var(--font-code);
      }
      .lines {
        color: var(--muted);
        white-space: nowrap;
      }
    `,
  ];
}

/** "Line 21 makes 14 lines in 5 files". */
function said({ line, yields }: Harvest): string {
  const lines = yields.reduce((sum, made) => sum + made.lines.length, 0);
  return `Line ${line} makes ${count(lines, "line")} in ${count(yields.length, "file")}`;
}

customElements.define("bs-harvest-strip", HarvestStrip);
