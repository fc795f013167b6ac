import { css, html, nothing, type TemplateResult } from "lit";
import { count } from "../format.js";
import type { Project, Workbench } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** Where a small screen gets the project. Says `download-wanted` when somebody does. */
export class GetPane extends SignalElement {
  static override properties = { bench: { attribute: false } };

  declare bench: Workbench;

  protected override render(): TemplateResult | typeof nothing {
    const project = this.bench.project.value;
    return project ? this.#offer(project) : nothing;
  }

  #offer({ summary }: Project): TemplateResult {
    const rows = [
      count(summary.files, "file"),
      count(summary.lines, "line"),
      count(summary.endpoints, "endpoint"),
      count(summary.tests, "test"),
    ];
    return html`
      <h2>${summary.name}</h2>
      <ul>
        ${rows.map((row) => html`<li>${row}</li>`)}
      </ul>
      <button
        class="control main"
        type="button"
        @click=${() => this.dispatchEvent(new Event("download-wanted"))}
      >
        ${icon("download")} Download
      </button>
    `;
  }

  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--space-16);
        overflow-y: auto;
        padding: var(--space-24) var(--space-16);
      }
      h2 {
        margin: 0;
        overflow-wrap: anywhere;
        font: var(--weight-strong) var(--size-20) / 1.4 var(--font-text);
      }
      ul {
        margin: 0;
        padding: 0;
        color: var(--muted);
        list-style: none;
      }
    `,
  ];
}

customElements.define("bs-get-pane", GetPane);
