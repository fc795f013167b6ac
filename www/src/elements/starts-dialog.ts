import { css, html, type TemplateResult } from "lit";
import type { Starter } from "../core/protocol.js";
import type { Workbench } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** The specs to begin with. Says `begun` when somebody takes one. */
export class StartsDialog extends SignalElement {
  static override properties = { bench: { attribute: false } };

  declare bench: Workbench;

  /** Opens the dialog; Escape and its button close it. */
  show(): void {
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  protected override render(): TemplateResult {
    const starters = this.bench.catalogue.value?.starters ?? [];
    return html`
      <dialog aria-labelledby="title">
        <div class="top">
          <h2 id="title">Begin with</h2>
          <button
            class="control bare"
            type="button"
            aria-label="Close"
            title="Close"
            @click=${() => this.#close()}
          >
            ${icon("close")}
          </button>
        </div>
        <ul>
          ${starters.map((starter) => this.#starter(starter))}
        </ul>
        <p>It takes the place of the spec. Undo brings yours back.</p>
      </dialog>
    `;
  }

  #starter(starter: Starter): TemplateResult {
    const take = () => {
      this.bench.begin(starter);
      this.#close();
      this.dispatchEvent(new Event("begun"));
    };
    return html`
      <li>
        <button class="starter" type="button" @click=${take}>
          <strong>${starter.name}</strong>
          <span>${starter.description}</span>
        </button>
      </li>
    `;
  }

  #close(): void {
    this.renderRoot.querySelector("dialog")?.close();
  }

  static override styles = [
    controls,
    css`
      :host {
        display: contents;
      }
      dialog {
        width: min(36rem, calc(100vw - 2 * var(--space-16)));
        max-height: calc(100dvh - 2 * var(--space-40));
        padding: 0;
        border: 1px solid var(--border);
        border-radius: var(--radius-8);
        background: var(--surface);
        color: var(--text);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: var(--veil);
      }
      .top {
        position: sticky;
        top: 0;
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: var(--space-8) var(--space-8) var(--space-8) var(--space-16);
        background: var(--surface);
      }
      h2 {
        margin: 0;
        font: var(--weight-strong) var(--size-16) / 1.5 var(--font-text);
      }
      ul {
        margin: 0;
        padding: 0 var(--space-8);
        list-style: none;
      }
      .starter {
        display: block;
        width: 100%;
        padding: var(--space-8);
        border: none;
        border-radius: var(--radius-4);
        background: none;
        color: inherit;
        font: var(--weight-text) var(--size-14) / 1.43 var(--font-text);
        text-align: left;
        cursor: pointer;
      }
      .starter:hover {
        background: var(--hover);
      }
      .starter strong {
        display: block;
        font-weight: var(--weight-strong);
      }
      .starter span,
      p {
        color: var(--muted);
      }
      p {
        margin: 0;
        padding: var(--space-8) var(--space-16) var(--space-16);
        font-size: var(--size-13);
      }
    `,
  ];
}

customElements.define("bs-starts-dialog", StartsDialog);
