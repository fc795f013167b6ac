import { html, nothing, type TemplateResult } from "lit";
import { clock, count, duration } from "../format.js";
import { saveFile } from "../save.js";
import type { Project, Trouble, Workbench } from "../workbench.js";
import { layout } from "./app-styles.js";
import type { CodeView } from "./code-view.js";
import "./code-view.js";
import "./file-tree.js";
import "./get-pane.js";
import { icon } from "./icons.js";
import { picker } from "./picker.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";
import type { SpecPane } from "./spec-pane.js";
import "./spec-pane.js";
import "./start-panel.js";
import type { StartsDialog } from "./starts-dialog.js";
import "./starts-dialog.js";
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

/** A project that was saved, and under which name. */
interface Saved {
  project: Project;
  name: string;
}

/** The whole page. Until its first project is there, the page's own pre-rendered one shows through. */
export class App extends SignalElement {
  static override properties = {
    bench: { attribute: false },
    live: { state: true },
    shown: { state: true },
    introduced: { state: true },
    downloaded: { state: true },
  };

  declare bench: Workbench | undefined;
  /** Whether every part of the page has been rendered, so that the pre-rendered one can go. */
  declare live: boolean;
  declare shown: Shown;
  /** Whether the sentence on top has been closed. */
  declare introduced: boolean;
  /** What was saved last, until somebody has had enough of it. */
  declare downloaded: Saved | null;

  constructor() {
    super();
    this.bench = undefined;
    this.live = false;
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
    const alert = trouble ? this.#trouble(trouble) : nothing;
    const project = bench.project.value;
    if (!project) {
      return html`${alert}<slot></slot>`;
    }
    return html`
      ${this.live ? nothing : html`<slot class="above"></slot>`}
      ${this.#bar(bench, project)} ${alert} ${this.#note(bench, project)}
      <main class=${`show-${this.shown}`}>
        <section class="spec" aria-label="Spec">
          <bs-spec-pane .bench=${bench} @file-chosen=${() => void this.#show("code")}></bs-spec-pane>
        </section>
        <section class="files" aria-label="Files">
          <bs-file-tree .bench=${bench} @file-chosen=${() => void this.#show("code")}></bs-file-tree>
        </section>
        <section class=${`code${bench.stale.value ? " stale" : ""}`} aria-label="Code">
          ${bench.stale.value ? this.#staleNote(bench) : nothing}
          <button class="back" type="button" @click=${() => void this.#show("files")}>
            ${icon("back")} All files
          </button>
          <bs-code-view .bench=${bench} @origin-chosen=${this.#showOrigin}></bs-code-view>
        </section>
        <section class="get" aria-label="Get">
          <bs-get-pane
            .bench=${bench}
            @download-wanted=${() => void this.#download(bench, project)}
          ></bs-get-pane>
        </section>
      </main>
      <footer>
        <bs-status-bar .bench=${bench} @file-chosen=${() => void this.#show("code")}></bs-status-bar>
      </footer>
      ${this.#tabs()}
      <bs-starts-dialog .bench=${bench} @begun=${() => void this.#show("spec")}></bs-starts-dialog>
    `;
  }

  protected override updated(): void {
    if (this.bench?.project.value && !this.live) {
      void this.#takeOver();
    }
  }

  /** Puts the live page in the place of the pre-rendered one, as soon as there is no gap to be seen. */
  async #takeOver(): Promise<void> {
    const parts = [...this.renderRoot.querySelectorAll("*")];
    await Promise.all(parts.map((part) => part instanceof SignalElement && part.updateComplete));
    this.live = true;
    this.replaceChildren();
  }

  #bar(bench: Workbench, project: Project): TemplateResult {
    return html`
      <header class="bar">
        <h1>Backsmith</h1>
        ${this.#choices(bench, project)}
        <button
          class="control main"
          type="button"
          @click=${() => void this.#download(bench, project)}
        >
          ${icon("download")} Download
        </button>
      </header>
    `;
  }

  /** What the shown project is: its name, its framework, its database. */
  #choices(bench: Workbench, project: Project): TemplateResult {
    const { name, target, database } = project.summary;
    const targets = bench.catalogue.value?.targets ?? [];
    const framework = targets.find(({ id }) => id === target) ?? { id: target, name: target };
    const databases = targets.find(({ id }) => id === target)?.databases ?? [];
    const store = databases.find(({ id }) => id === database) ?? { id: database, name: database };
    const choose = (word: string) => (choice: string) => void this.#choose(bench, word, choice);
    return html`
      <button
        class="control bare project"
        type="button"
        title="Begin with another spec"
        @click=${this.#showStarts}
      >
        <span>${name}</span>${icon("expand")}
      </button>
      ${picker("Framework", framework, targets, choose("framework"))}
      ${picker("Database", store, databases, choose("database"))}
    `;
  }

  /** Writes a choice into the spec, where it can be read, changed and taken back. */
  async #choose(bench: Workbench, word: string, choice: string): Promise<void> {
    const edit = await bench.choose(word, choice);
    if (edit) {
      this.renderRoot.querySelector<SpecPane>("bs-spec-pane")?.apply(edit);
    }
  }

  /** The one sentence between bar and panes: what came last is what matters. */
  #note(bench: Workbench, project: Project): TemplateResult | typeof nothing {
    if (this.downloaded !== null) {
      return this.#afterDownload(bench, this.downloaded);
    }
    return this.introduced ? nothing : this.#introduction(project);
  }

  #introduction(project: Project): TemplateResult {
    return html`
      <section class=${`introduction during-${this.shown}`} aria-label="Introduction">
        <p>
          <strong>Describe a backend once. Get the whole project.</strong>
          <span>${madeHere(project)}</span>
          <span>Nothing is sent anywhere.</span>
        </p>
        <button class="control" type="button" @click=${this.#changeRule}>Change a rule</button>
        <button class="control" type="button" @click=${this.#showStarts}>Other starts</button>
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
      </section>
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

  #afterDownload(bench: Workbench, saved: Saved): TemplateResult {
    return html`
      <section class=${`downloaded during-${this.shown}`} aria-label="Start it">
        ${this.#panel(bench, saved)}
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
      </section>
    `;
  }

  #panel(bench: Workbench, { project, name }: Saved): TemplateResult {
    const read = ({ detail }: CustomEvent<string>) => {
      bench.open(detail);
      void this.#show("code");
    };
    return html`
      <bs-start-panel
        .bench=${bench}
        .project=${project}
        .name=${name}
        @file-wanted=${read}
      ></bs-start-panel>
    `;
  }

  #staleNote(bench: Workbench): TemplateResult {
    const { diagnostics } = bench.checked.value;
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    const made = bench.project.value?.made;
    const words = made ? `This is the project of ${clock(made)}, the last one without errors.` : "";
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
              @click=${() => void this.#show(id)}
            >
              ${label}
            </button>
          `,
        )}
      </nav>
    `;
  }

  async #download(bench: Workbench, project: Project): Promise<void> {
    const download = await bench.download();
    if (download) {
      saveFile(download);
      this.downloaded = { project, name: download.name };
      this.introduced = true;
    }
  }

  readonly #showStarts = (): void => {
    this.renderRoot.querySelector<StartsDialog>("bs-starts-dialog")?.show();
  };

  async #show(shown: Shown): Promise<void> {
    this.shown = shown;
    if (shown === "code") {
      await this.updateComplete;
      await this.renderRoot.querySelector<CodeView>("bs-code-view")?.reveal();
    }
  }

  readonly #changeRule = async (): Promise<void> => {
    await this.#show("spec");
    await this.updateComplete;
    this.renderRoot.querySelector<SpecPane>("bs-spec-pane")?.changeRule();
  };

  readonly #showOrigin = async (event: CustomEvent<number>): Promise<void> => {
    await this.#show("spec");
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
