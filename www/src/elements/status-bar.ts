import { css, html, nothing, type TemplateResult } from "lit";
import { count, duration } from "../format.js";
import type { Project, Workbench } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** One line about the spec and the project. */
export class StatusBar extends SignalElement {
  static override properties = { bench: { attribute: false } };

  declare bench: Workbench;

  protected override render(): TemplateResult {
    const project = this.bench.project.value;
    return html`
      ${this.#problems()} ${project ? this.#numbers(project) : nothing}
      ${project && project.changes.size > 0 ? this.#changes(project) : nothing}
    `;
  }

  #problems(): TemplateResult {
    const { diagnostics } = this.bench.checked.value;
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    const warnings = diagnostics.length - errors;
    return html`
      <span class="problems" role="status">
        ${errors > 0 ? html`<span class="error">${icon("alert")}${count(errors, "error")}</span>` : nothing}
        ${
          warnings > 0
            ? html`<span class="warning">${icon("warning")}${count(warnings, "warning")}</span>`
            : nothing
        }
        ${diagnostics.length === 0 ? "No problems" : nothing}
      </span>
    `;
  }

  #numbers(project: Project): TemplateResult {
    const { files, lines } = project.summary;
    return html`
      <span class="number">${count(files, "file")}</span>
      <span class="number">${count(lines, "line")}</span>
      <span class="number">${duration(project.milliseconds)}</span>
    `;
  }

  #changes(project: Project): TemplateResult {
    const changes = [...project.changes.values()];
    const lines = changes.reduce((sum, { marks }) => sum + marks.length, 0);
    const tests = changes.filter(({ path }) => project.notes.get(path)?.part === "test").length;
    const ofThem = tests > 0 ? ` (${tests} of tests)` : "";
    const words = `${count(changes.length, "file")}${ofThem}, ${count(lines, "line")} changed`;
    return html`
      <button class="control bare" type="button" title="Open the next changed file" @click=${this.#next}>
        ${words}
      </button>
    `;
  }

  /** Opens the changed files one after the other. */
  readonly #next = (): void => {
    const changes = [...(this.bench.project.value?.changes.values() ?? [])];
    const paths = changes.filter(({ kind }) => kind !== "removed").map(({ path }) => path);
    const current = paths.indexOf(this.bench.openFile.value?.path ?? "");
    const next = paths[(current + 1) % paths.length];
    if (next !== undefined) {
      this.bench.open(next);
      this.dispatchEvent(new Event("file-chosen"));
    }
  };

  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-16);
        min-height: 1.75rem;
        padding: 0 var(--space-16);
        color: var(--muted);
        font-size: var(--size-12);
        white-space: nowrap;
        overflow: hidden;
      }
      .problems,
      .problems > span {
        display: flex;
        align-items: center;
        gap: var(--space-4);
      }
      .problems {
        gap: var(--space-12);
      }
      /* On a small screen the changes need the room; how large the project is stands in its own pane. */
      @media (max-width: 760px) {
        .number {
          display: none;
        }
      }
      .icon {
        width: 0.875rem;
        height: 0.875rem;
      }
      .error {
        color: var(--red);
      }
      .warning {
        color: var(--amber);
      }
      .control.bare {
        margin-left: auto;
        padding: 0 var(--space-8);
        min-height: 1.5rem;
        color: var(--ember);
        font-size: var(--size-12);
      }
      .control.bare:hover {
        color: var(--ember);
      }
    `,
  ];
}

customElements.define("bs-status-bar", StatusBar);
