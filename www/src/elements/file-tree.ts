import { computed, signal } from "@preact/signals-core";
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ancestors, buildTree, type Node, type Row, visibleRows } from "../tree.js";
import type { Workbench } from "../workbench.js";
import { icon } from "./icons.js";
import { controls } from "./shared-styles.js";
import { SignalElement } from "./signal-element.js";

/** The project's files. Says `file-chosen` when somebody picks one. */
export class FileTree extends SignalElement {
  static override properties = { bench: { attribute: false } };

  declare bench: Workbench;

  readonly #openFolders = signal<ReadonlySet<string>>(new Set());
  readonly #focused = signal<string | null>(null);
  #moveFocus = false;

  readonly #paths = computed(() => this.bench.project.value?.paths ?? []);
  readonly #tree = computed(() => buildTree(this.#paths.value));
  readonly #openPath = computed(() => this.bench.openFile.value?.path ?? null);
  readonly #rows = computed(() => visibleRows(this.#tree.value, this.#openFolders.value));

  /** The paths of the files that differ, as one text, which stays the same as long as they do. */
  readonly #changed = computed(() =>
    [...(this.bench.project.value?.changes.keys() ?? [])].join("\n"),
  );

  /** The files that differ and the folders that hold them. */
  readonly #touched = computed(() => {
    const paths = this.#changed.value.split("\n");
    return new Set(paths.flatMap((path) => [path, ...ancestors(path)]));
  });

  #revealed: string | null = null;

  /** A file that is opened is to be seen in the tree; its folders stay open afterwards. */
  protected override willUpdate(): void {
    const path = this.#openPath.value;
    if (path !== null && path !== this.#revealed) {
      this.#openFolders.value = new Set([...this.#openFolders.value, ...ancestors(path)]);
    }
    this.#revealed = path;
  }

  protected override render(): TemplateResult {
    const rows = this.#rows.value;
    const current = this.#focused.value ?? this.#openPath.value;
    const tabStop = rows.find(({ node }) => node.path === current) ?? rows[0];
    return html`
      <div role="tree" aria-label="Files" @keydown=${this.#key}>
        ${repeat(
          rows,
          ({ node }) => node.path,
          (row) => this.#row(row, row === tabStop),
        )}
      </div>
    `;
  }

  #row(row: Row, isTabStop: boolean): TemplateResult {
    const { node, level } = row;
    const isFolder = node.kind === "folder";
    const isOpen = this.#openFolders.value.has(node.path);
    const touched = this.#touched.value.has(node.path) && !(isFolder && isOpen);
    return html`
      <div
        role="treeitem"
        class=${`row level-${Math.min(level, 8)}${touched ? " touched" : ""}`}
        aria-level=${level}
        aria-posinset=${row.position}
        aria-setsize=${row.siblings}
        aria-expanded=${isFolder ? String(isOpen) : nothing}
        aria-selected=${isFolder ? nothing : String(node.path === this.#openPath.value)}
        aria-label=${touched ? `${node.name}, changed` : node.name}
        tabindex=${isTabStop ? 0 : -1}
        title=${node.path}
        data-path=${node.path}
        @click=${() => this.#activate(node)}
      >
        <span class=${`twist${isOpen ? " open" : ""}`}>
          ${isFolder ? icon("chevron") : nothing}
        </span>
        ${isFolder ? folderIcon(isOpen) : this.#fileIcon(node.path)}
        <span class="name">${node.name}</span>
      </div>
    `;
  }

  #fileIcon(path: string): TemplateResult {
    // What a file is for goes with its path, so that nothing is to be watched.
    const part = this.bench.project.peek()?.notes.get(path)?.part ?? "configuration";
    return html`<span class=${part}>${icon(part)}</span>`;
  }

  #activate(node: Node): void {
    this.#focused.value = node.path;
    if (node.kind === "folder") {
      this.#toggle(node.path, !this.#openFolders.value.has(node.path));
    } else {
      this.bench.open(node.path);
      this.dispatchEvent(new Event("file-chosen"));
    }
  }

  #toggle(path: string, isOpen: boolean): void {
    const open = new Set(this.#openFolders.value);
    if (isOpen) {
      open.add(path);
    } else {
      open.delete(path);
    }
    this.#openFolders.value = open;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const rows = this.#rows.value;
    const target = (event.target as HTMLElement).dataset.path;
    const index = rows.findIndex(({ node }) => node.path === target);
    const row = rows[index];
    if (!row || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const next = this.#keyTarget(event.key, rows, index, row);
    if (next === undefined) {
      return;
    }
    event.preventDefault();
    if (next) {
      this.#focused.value = next.node.path;
      this.#moveFocus = true;
      this.requestUpdate();
    }
  };

  /** The row to go to; `null` when the key did something else, `undefined` when it is none of ours. */
  #keyTarget(key: string, rows: Row[], index: number, row: Row): Row | null | undefined {
    const isFolder = row.node.kind === "folder";
    const isOpen = this.#openFolders.value.has(row.node.path);
    switch (key) {
      case "ArrowDown":
        return rows[index + 1] ?? null;
      case "ArrowUp":
        return rows[index - 1] ?? null;
      case "Home":
        return rows[0] ?? null;
      case "End":
        return rows.at(-1) ?? null;
      case "ArrowRight":
        if (isFolder && !isOpen) {
          this.#toggle(row.node.path, true);
          return null;
        }
        return isFolder ? (rows[index + 1] ?? null) : null;
      case "ArrowLeft":
        if (isFolder && isOpen) {
          this.#toggle(row.node.path, false);
          return null;
        }
        return rows.slice(0, index).findLast(({ level }) => level < row.level) ?? null;
      case "Enter":
      case " ":
        this.#activate(row.node);
        return null;
      default:
        return undefined;
    }
  }

  protected override updated(): void {
    if (this.#moveFocus) {
      this.#moveFocus = false;
      this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    }
  }

  static override styles = [
    controls,
    css`
      :host {
        display: block;
        overflow: auto;
        padding: var(--space-8) 0;
      }
      .row {
        --indent: 0;
        position: relative;
        display: flex;
        align-items: center;
        gap: var(--space-4);
        height: var(--row);
        padding: 0 var(--space-12) 0 calc(var(--space-8) + var(--indent) * var(--space-12));
        font-size: var(--size-13);
        white-space: nowrap;
        cursor: pointer;
        user-select: none;
      }
      .level-2 {
        --indent: 1;
      }
      .level-3 {
        --indent: 2;
      }
      .level-4 {
        --indent: 3;
      }
      .level-5 {
        --indent: 4;
      }
      .level-6 {
        --indent: 5;
      }
      .level-7 {
        --indent: 6;
      }
      .level-8 {
        --indent: 7;
      }
      .row:hover {
        background: var(--hover);
      }
      .row[aria-selected="true"] {
        background: var(--selected);
      }
      .row.touched::before {
        content: "";
        position: absolute;
        inset: 0 auto 0 0;
        width: 3px;
        background: var(--ember);
      }
      @media (forced-colors: active) {
        .row[aria-selected="true"] {
          outline: 1px solid Highlight;
          outline-offset: -1px;
        }
        .row.touched::before {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
      .row > span {
        flex: none;
        display: flex;
      }
      .twist {
        width: 1rem;
        color: var(--muted);
        transition: transform var(--quick);
      }
      .twist.open {
        transform: rotate(90deg);
      }
      .row > .name {
        display: block;
        flex: 0 1 auto;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .folder,
      .documentation,
      .configuration {
        color: var(--muted);
      }
      .source {
        color: var(--blue);
      }
      .test {
        color: var(--violet);
      }
      .migration {
        color: var(--amber);
      }
    `,
  ];
}

function folderIcon(isOpen: boolean): TemplateResult {
  return html`<span class="folder">${icon(isOpen ? "folderOpen" : "folder")}</span>`;
}

customElements.define("bs-file-tree", FileTree);
