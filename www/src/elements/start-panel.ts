import { css, html, nothing, type TemplateResult } from "lit";
import { firstSteps, shellOf } from "../first-steps.js";
import type { Project, Workbench } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** What to do with a zip that was saved. Says `file-wanted` when somebody wants to read on. */
export class StartPanel extends SignalElement {
  static override properties = {
    bench: { attribute: false },
    project: { attribute: false },
    name: { attribute: false },
    copied: { state: true },
  };

  declare bench: Workbench;
  /** The project that was saved. */
  declare project: Project;
  /** What its zip is called. */
  declare name: string;
  /** The command that was copied last, for as long as it is worth saying. */
  declare copied: string | null;

  constructor() {
    super();
    this.copied = null;
  }

  protected override render(): TemplateResult {
    const { target: framework, database, first } = this.project.summary;
    const target = this.bench.catalogue.value?.targets.find(({ id }) => id === framework);
    const server = target?.databases.find(({ id, server }) => id === database && server);
    const start = target?.start;
    const steps = start ? firstSteps(this.name, start, shellOf(navigator.platform)) : [];
    const address = `${start?.origin}${first}`;
    return html`
      <p>
        <strong>${this.name}</strong> is saved. In a terminal, with ${start?.needs}:
        ${server ? html`<br />${server.name} must run where <code>DATABASE_URL</code> in <code>.env</code> says.` : nothing}
      </p>
      <ol>
        ${steps.map((step) => this.#step(step))}
      </ol>
      <p>
        Then open
        <a href=${address} target="_blank" rel="noreferrer">${address}</a>. In a second terminal,
        <code>${start?.seed}</code> stores rows to look at. The rest is in the README:
        <button
          class="link"
          type="button"
          @click=${() => this.dispatchEvent(new CustomEvent("file-wanted", { detail: "README.md" }))}
        >
          read it here</button>.
      </p>
    `;
  }

  #step(step: string): TemplateResult {
    const isCopied = this.copied === step;
    return html`
      <li>
        <code>${step}</code>
        <button
          class="control bare"
          type="button"
          title="Copy"
          aria-label=${`Copy: ${step}`}
          @click=${() => void this.#copy(step)}
        >
          ${icon(isCopied ? "check" : "copy")}
        </button>
      </li>
    `;
  }

  async #copy(step: string): Promise<void> {
    await navigator.clipboard.writeText(step);
    this.copied = step;
    setTimeout(() => {
      this.copied = null;
    }, 2000);
  }

  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--space-8);
        min-width: 0;
      }
      p {
        margin: 0;
        overflow-wrap: anywhere;
      }
      strong {
        font-weight: var(--weight-strong);
      }
      ol {
        max-width: 60ch;
        margin: 0;
        padding: 0;
        border: 1px solid var(--divider);
        border-radius: var(--radius-8);
        background: var(--surface);
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        padding: var(--space-4) var(--space-4) var(--space-4) var(--space-12);
      }
      li + li {
        border-top: 1px solid var(--divider);
      }
      li code {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      code {
        font: var(--weight-text) var(--size-13) / var(--line-code) var(--font-code);
      }
      a {
        color: var(--blue);
      }
    `,
  ];
}

customElements.define("bs-start-panel", StartPanel);
