import { html, nothing, type TemplateResult } from "lit";
import { count, duration } from "../format.js";
import { saveFile } from "../save.js";
import type { Project, Trouble, Workbench } from "../workbench.js";
import { layout } from "./app-styles.js";
import "./code-view.js";
import "./file-tree.js";
import "./get-pane.js";
import { icon, mark } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";
import type { SpecPane } from "./spec-pane.js";
import "./spec-pane.js";
import "./status-bar.js";

/** The panes of a small screen, which shows one at a time. */
const TABS = [
  { id: "spec", label: "Spec" },
  { id: "files", label: "Files" },
  { id: "get", label: "Get" },
] as const;
type Tab = (typeof TABS)[number]["id"];

/** What a small screen shows: a tab, or the open file on top of the list of files. */
type Shown = Tab | "code";

/** The whole page. */
export class App extends SignalElement {
  static override properties = {
    bench: { attribute: false },
    shown: { state: true },
    introduced: { state: true },
    downloaded: { state: true },
  };

  declare bench: Workbench | undefined;
  declare shown: Shown;
  /** Whether the sentence on top has been closed. */
  declare introduced: boolean;
  /** The name of the zip that was saved last. */
  declare downloaded: string | null;

  constructor() {
    super();
    this.bench = undefined;
    this.shown = "spec";
    this.introduced = false;
    this.downloaded = null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { bench } = this;
    if (!bench) {
      return nothing;
    }
    const trouble = bench.trouble.value;
    return html`
      ${this.#bar(bench)} ${trouble ? this.#trouble(trouble) : nothing}
      ${this.#note(bench)}
      <main class=${`show-${this.shown}`}>
        <section class="spec" aria-label="Spec">
          <bs-spec-pane .bench=${bench}></bs-spec-pane>
        </section>
        <section class="files" aria-label="Files">
          <bs-file-tree .bench=${bench} @file-chosen=${() => this.#show("code")}></bs-file-tree>
        </section>
        <section class=${`code${bench.stale.value ? " stale" : ""}`} aria-label="Code">
          ${bench.stale.value ? this.#staleNote(bench) : nothing}
          <button class="back" type="button" @click=${() => this.#show("files")}>
            ${icon("back")} All files
          </button>
          <bs-code-view .bench=${bench} @origin-chosen=${this.#showOrigin}></bs-code-view>
        </section>
        <section class="get" aria-label="Get">
          <bs-get-pane .bench=${bench} @download-wanted=${() => void this.#download(bench)}></bs-get-pane>
        </section>
      </main>
      <footer>
        <bs-status-bar .bench=${bench} @file-chosen=${() => this.#show("code")}></bs-status-bar>
      </footer>
      ${this.#tabs()}
    `;
  }

  #bar(bench: Workbench): TemplateResult {
    const project = bench.project.value;
    return html`
      <header class="bar">
        <h1>Backsmith</h1>
        ${project ? this.#choices(bench, project) : nothing}
        <button
          class="control main"
          type="button"
          ?disabled=${project === null}
          @click=${() => void this.#download(bench)}
        >
          ${icon("download")} Download
        </button>
      </header>
    `;
  }

  /** What the shown project is: its name, its framework, its database. */
  #choices(bench: Workbench, project: Project): TemplateResult {
    const { name, target, database } = project.summary;
    const chosen = bench.catalogue.value?.targets.find(({ id }) => id === target);
    const store = chosen?.databases.find(({ id }) => id === database);
    return html`
      <span class="project">${name}</span>
      <span class="choice">${mark(target) ?? nothing}<span>${chosen?.name ?? target}</span></span>
      <span class="choice">${mark(database) ?? nothing}<span>${store?.name ?? database}</span></span>
    `;
  }

  /** The one sentence between bar and panes: what came last is what matters. */
  #note(bench: Workbench): TemplateResult | typeof nothing {
    if (this.downloaded !== null) {
      return this.#afterDownload(bench, this.downloaded);
    }
    return this.introduced ? nothing : this.#introduction(bench);
  }

  #introduction(bench: Workbench): TemplateResult {
    const project = bench.project.value;
    return html`
      <div class=${`introduction during-${this.shown}`}>
        <p>
          <strong>Describe a backend once. Get the whole project.</strong>
          ${project ? html`<span>${madeHere(project)}</span>` : nothing}
          <span>Nothing is sent anywhere.</span>
        </p>
        <button class="control" type="button" @click=${this.#changeRule}>Change a rule</button>
        <button
          class="control bare"
          type="button"
          aria-label="Close"
          title="Close"
          @click=${() => {
            this.introduced = true;
          }}
        >
          ${icon("close")}
        </button>
      </div>
    `;
  }

  #trouble(trouble: Trouble): TemplateResult {
    return html`
      <div class="trouble" role="alert">
        ${icon("alert")}
        <p>${trouble.message}</p>
        <button class="control" type="button" @click=${trouble.action.run}>
          ${trouble.action.label}
        </button>
      </div>
    `;
  }

  #afterDownload(bench: Workbench, name: string): TemplateResult {
    const read = () => {
      bench.open("README.md");
      this.#show("code");
    };
    return html`
      <div class="downloaded" role="status">
        <p><strong>${name}</strong> is saved. Its README says how to start it.</p>
        <button class="control" type="button" @click=${read}>Read it here</button>
        <button
          class="control bare"
          type="button"
          aria-label="Close"
          title="Close"
          @click=${() => {
            this.downloaded = null;
          }}
        >
          ${icon("close")}
        </button>
      </div>
    `;
  }

  #staleNote(bench: Workbench): TemplateResult {
    const { diagnostics } = bench.checked.value;
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    const words = bench.project.value
      ? "This is the last project that came out without errors."
      : "The project appears when the spec has none.";
    return html`
      <p class="stale-note">
        ${icon("alert")}
        <span><strong>${count(errors, "error")} in the spec.</strong> ${words}</span>
      </p>
    `;
  }

  #tabs(): TemplateResult {
    const current = this.shown === "code" ? "files" : this.shown;
    return html`
      <nav class="tabs" aria-label="Panes">
        ${TABS.map(
          ({ id, label }) => html`
            <button
              type="button"
              aria-pressed=${String(id === current)}
              @click=${() => this.#show(id)}
            >
              ${label}
            </button>
          `,
        )}
      </nav>
    `;
  }

  async #download(bench: Workbench): Promise<void> {
    const download = await bench.download();
    if (download) {
      saveFile(download);
      this.downloaded = download.name;
      this.introduced = true;
    }
  }

  #show(shown: Shown): void {
    this.shown = shown;
  }

  readonly #changeRule = async (): Promise<void> => {
    this.#show("spec");
    await this.updateComplete;
    this.renderRoot.querySelector<SpecPane>("bs-spec-pane")?.changeRule();
  };

  readonly #showOrigin = async (event: CustomEvent<number>): Promise<void> => {
    this.#show("spec");
    await this.updateComplete;
    this.renderRoot.querySelector<SpecPane>("bs-spec-pane")?.showLine(event.detail);
  };

  static override styles = [controls, layout];
}

/** How big the project is and how long it took, in the core's own numbers. */
function madeHere({ summary, milliseconds }: Project): string {
  const { files, tests, endpoints } = summary;
  const things = [count(files, "file"), count(tests, "test"), count(endpoints, "endpoint")];
  return `${things.join(", ")}, made in this tab in ${duration(milliseconds)}.`;
}

customElements.define("bs-app", App);
