import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { FileChange } from "../core/protocol.js";
import { count } from "../format.js";
import type { Harvest, OpenFile, Spot, Workbench } from "../workbench.js";
import { renderLines } from "./code-lines.js";
import { codeStyles } from "./code-styles.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** What the lines on the screen were made from. */
interface Shown {
  file: OpenFile;
  change: FileChange | undefined;
}

/** The open file, to be read. */
export class CodeView extends SignalElement {
  static override properties = {
    bench: { attribute: false },
    copied: { state: true },
  };

  declare bench: Workbench;
  /** The path of the file that was copied last, for as long as it is worth saying. */
  declare copied: string | null;

  #shown: Shown | undefined;

  constructor() {
    super();
    this.copied = null;
  }

  protected override render(): TemplateResult {
    const file = this.bench.openFile.value;
    // Read here, so that a change of it is noticed; `updated` marks its lines.
    void this.bench.harvest.value;
    if (!file) {
      return html`<p class="empty">${this.bench.project.value ? "Pick a file to read it." : nothing}</p>`;
    }
    return html`
      <header>
        <h2><bdi>${file.path}</bdi></h2>
        ${this.#changeNote(this.#change(file.path))} ${this.#originNote(this.bench.spot.value)}
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
        <pre @click=${this.#point}></pre>
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

  #originNote(spot: Spot | null): TemplateResult | typeof nothing {
    const origin = spot?.origin;
    if (!origin) {
      return nothing;
    }
    const choose = () => {
      this.dispatchEvent(new CustomEvent("origin-chosen", { detail: origin.line }));
    };
    return html`
      <button class="control bare origin" type="button" title="Show it in the spec" @click=${choose}>
        from line ${origin.line}: <code>${origin.text}</code>
      </button>
    `;
  }

  /** Looks at the line that was clicked, unless somebody is selecting text. */
  readonly #point = (event: MouseEvent): void => {
    const line = (event.target as Element).closest(".line");
    if (line && document.getSelection()?.isCollapsed !== false) {
      this.bench.point([...(line.parentElement?.children ?? [])].indexOf(line) + 1);
    }
  };

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
    if (before?.file !== file || before.change !== change) {
      this.#shown = { file, change };
      pre.replaceChildren(renderLines(file, change));
      this.#scroll(before, this.#shown);
    }
    this.#markHarvest(pre, file.path, this.bench.harvest.value);
    this.#markSpot(pre, this.bench.spot.value);
  }

  /** Marks the lines that come from the line of the spec at the cursor. */
  #markHarvest(pre: HTMLElement, path: string, harvest: Harvest | null): void {
    const made = harvest?.yields.find((candidate) => candidate.path === path)?.lines ?? [];
    for (const line of pre.querySelectorAll(".made")) {
      line.classList.remove("made");
    }
    for (const line of made) {
      pre.children[line - 1]?.classList.add("made");
    }
  }

  #scroll(before: Shown | undefined, now: Shown): void {
    const isOther = before?.file.path !== now.file.path;
    if (isOther) {
      this.renderRoot.querySelector(".scroller")?.scrollTo(0, 0);
    }
    if (now.change && (isOther || before?.change !== now.change)) {
      this.#bringIntoView([...this.renderRoot.querySelectorAll(".added, .removed")]);
    }
  }

  /** Scrolls to what matters in the file, for somebody who has just come here from elsewhere. */
  async reveal(): Promise<void> {
    await this.updateComplete;
    const spot = [...this.renderRoot.querySelectorAll(".spot")];
    const marks = [...this.renderRoot.querySelectorAll(".added, .removed")];
    this.#bringIntoView(spot.length > 0 ? spot : marks);
  }

  #markSpot(pre: HTMLElement, spot: Spot | null): void {
    const line = spot ? pre.children[spot.line - 1] : undefined;
    for (const other of pre.querySelectorAll(".spot")) {
      other.classList.toggle("spot", other === line);
    }
    if (line && !line.classList.contains("spot")) {
      line.classList.add("spot");
      this.#bringIntoView([line]);
    }
  }

  /** Scrolls to the first of some lines, unless one of them is to be seen already. */
  #bringIntoView(lines: Element[]): void {
    const scroller = this.renderRoot.querySelector(".scroller");
    if (!scroller) {
      return;
    }
    const box = scroller.getBoundingClientRect();
    const isVisible = (line: Element): boolean => {
      const { top, bottom } = line.getBoundingClientRect();
      return top >= box.top && bottom <= box.bottom;
    };
    if (!lines.some(isVisible)) {
      lines[0]?.scrollIntoView({ block: "center" });
    }
  }

  static override styles = [controls, codeStyles];
}

customElements.define("bs-code-view", CodeView);
