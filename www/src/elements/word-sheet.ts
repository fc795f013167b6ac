import { css, html, type TemplateResult } from "lit";
import type { Completions } from "../core/protocol.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** A word of a rule that somebody wants to change, and what may stand in its place. */
export interface WordChoice {
  word: string;
  /** The line that the word is in. */
  line: string;
  options: Completions["options"];
  choose(word: string): void;
}

const FIXED_COLOURS = new Set(["anyone", "signed_in", "owner", "nobody"]);

/** Changes a word without a keyboard. */
export class WordSheet extends SignalElement {
  static override properties = { choice: { state: true } };

  declare choice: WordChoice | null;

  constructor() {
    super();
    this.choice = null;
  }

  /** Asks for another word. */
  async ask(choice: WordChoice): Promise<void> {
    this.choice = choice;
    await this.updateComplete;
    this.renderRoot.querySelector("dialog")?.showModal();
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="title" @click=${this.#leave}>
        <div class="content">
          <h2 id="title"><code>${this.choice?.line}</code></h2>
          <ul>
            ${this.choice?.options.map((option) => this.#option(option))}
          </ul>
          <button class="control" type="button" @click=${() => this.#close()}>Leave it</button>
        </div>
      </dialog>
    `;
  }

  #option({ label, kind, help }: Completions["options"][number]): TemplateResult {
    const isChosen = label === this.choice?.word;
    const colour = FIXED_COLOURS.has(label) ? label : kind;
    const take = () => {
      const { choice } = this;
      this.#close();
      choice?.choose(label);
    };
    return html`
      <li>
        <button
          type="button"
          class=${isChosen ? "option chosen" : "option"}
          aria-pressed=${String(isChosen)}
          ?autofocus=${isChosen}
          @click=${take}
        >
          <code class=${colour}>${label}</code>
          <span>${help}</span>
        </button>
      </li>
    `;
  }

  /** A tap beside the sheet closes it. */
  readonly #leave = (event: Event): void => {
    if (event.target === event.currentTarget) {
      this.#close();
    }
  };

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
        width: 100%;
        max-width: 36rem;
        max-height: 80dvh;
        margin: auto auto 0;
        padding: 0;
        border: 1px solid var(--border);
        border-bottom: none;
        border-radius: var(--radius-8);
        background: var(--surface);
        color: var(--text);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: var(--veil);
      }
      .content {
        display: flex;
        flex-direction: column;
        gap: var(--space-8);
        padding: var(--space-16) var(--space-8) calc(var(--space-16) + env(safe-area-inset-bottom));
      }
      h2 {
        margin: 0;
        padding: 0 var(--space-8);
        overflow-wrap: anywhere;
        font-size: var(--size-16);
        font-weight: var(--weight-text);
      }
      code {
        font-family: var(--font-code);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .option {
        display: block;
        width: 100%;
        min-height: 2.75rem;
        padding: var(--space-4) var(--space-8);
        border: none;
        border-radius: var(--radius-4);
        background: none;
        color: inherit;
        font: var(--weight-text) var(--size-13) / 1.43 var(--font-text);
        text-align: left;
        cursor: pointer;
      }
      .option:hover {
        background: var(--hover);
      }
      .option.chosen {
        background: var(--selected);
      }
      .option code {
        display: block;
        font-size: var(--size-14);
        font-weight: var(--weight-strong);
      }
      .option span {
        color: var(--muted);
      }
      .anyone {
        color: var(--blue);
      }
      .signed_in {
        color: var(--violet);
      }
      .owner {
        color: var(--amber);
      }
      .role {
        color: var(--ember);
      }
      .nobody {
        color: var(--red);
      }
    `,
  ];
}

customElements.define("bs-word-sheet", WordSheet);
