// The state of one editing session, and everything that can be done to it.
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { type Core, CoreError } from "./core/client.js";
import type {
  Catalogue,
  Diagnostic,
  FileChange,
  FileNote,
  ProjectUpdate,
  Summary,
  Token,
} from "./core/protocol.js";

/** A spec that the core has read, with its problems. */
export interface Checked {
  spec: string;
  diagnostics: readonly Diagnostic[];
}

/** A generated project, with the spec that it came from. */
export interface Project {
  /** The request that made it. */
  id: number;
  spec: string;
  files: ReadonlyMap<string, string>;
  notes: ReadonlyMap<string, FileNote>;
  summary: Summary;
  changes: ReadonlyMap<string, FileChange>;
  milliseconds: number;
}

/** The text of the open file, coloured if the worker has got so far. */
export interface OpenFile {
  path: string;
  text: string;
  lines: Token[][] | null;
}

/** A line of the open file that somebody is looking at, with the line of the spec it comes from. */
export interface Spot {
  line: number;
  origin: { line: number; text: string } | null;
}

/** Something that went wrong in the page, not in the spec. */
export interface Trouble {
  message: string;
  action: { label: string; run: () => void };
}

/** What the page offers to be saved. */
export interface Download {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Workbench {
  readonly catalogue: ReadonlySignal<Catalogue | null>;
  readonly spec: ReadonlySignal<string>;
  /** The last spec that was read: a moment behind `spec` while somebody types. */
  readonly checked: ReadonlySignal<Checked>;
  /** The last project that came out without errors. */
  readonly project: ReadonlySignal<Project | null>;
  /** Whether the project is older than the spec, because the spec has errors. */
  readonly stale: ReadonlySignal<boolean>;
  readonly working: ReadonlySignal<boolean>;
  readonly trouble: ReadonlySignal<Trouble | null>;
  readonly openFile: ReadonlySignal<OpenFile | null>;
  readonly spot: ReadonlySignal<Spot | null>;
  edit(spec: string): void;
  open(path: string): void;
  /** Looks at a line of the open file. */
  point(line: number): void;
  /** The zip of the project that is shown. */
  download(): Promise<Download | null>;
}

/** The file whose rules are easiest to see; shown first where a project has it. */
const FIRST_FILE = "src/services/review.service.ts";

/** Edits that follow each other faster than this count as one change. */
const PAUSE = 2000;

/** Starts a session with the first starter. */
export function startWorkbench(core: Core): Workbench {
  const catalogue = signal<Catalogue | null>(null);
  const spec = signal("");
  const checked = signal<Checked>({ spec: "", diagnostics: [] });
  const project = signal<Project | null>(null);
  const working = signal(true);
  const trouble = signal<Trouble | null>(null);
  const openPath = signal<string | null>(null);
  const coloured = signal<OpenFile | null>(null);
  const pointed = signal<number | null>(null);
  let editedAt = Number.NEGATIVE_INFINITY;

  const stale = computed(() =>
    checked.value.diagnostics.some(({ severity }) => severity === "error"),
  );

  const openFile = computed<OpenFile | null>(() => {
    const path = openPath.value;
    const text = path === null ? undefined : project.value?.files.get(path);
    if (path === null || text === undefined) {
      return null;
    }
    const colours = coloured.value;
    const lines = colours?.path === path && colours.text === text ? colours.lines : null;
    return { path, text, lines };
  });

  const spot = computed<Spot | null>(() => {
    const [line, shown, path] = [pointed.value, project.value, openPath.value];
    if (line === null || !shown || path === null) {
      return null;
    }
    return { line, origin: originOf(shown, path, line) };
  });

  function open(path: string): void {
    batch(() => {
      openPath.value = path;
      pointed.value = null;
    });
  }

  async function describe(): Promise<void> {
    const answered = await guarded(core.ask("describe", null), () => void describe());
    const starter = answered?.answer.starters[0];
    if (answered && starter) {
      catalogue.value = answered.answer;
      spec.value = starter.spec;
      await generate(false);
    }
  }

  async function generate(compareAfresh: boolean): Promise<void> {
    const text = spec.value;
    const held = project.value?.id ?? null;
    const asking = core.ask("generate", { spec: text, held, compareAfresh });
    working.value = true;
    const answered = await guarded(asking, () => void generate(false));
    if (!answered) {
      return;
    }
    const { id, answer } = answered;
    batch(() => {
      working.value = false;
      checked.value = { spec: text, diagnostics: answer.diagnostics };
      if (answer.update) {
        const isFirst = project.value === null;
        const next = applyUpdate(project.value, answer.update, id, text);
        const path = choosePath(openPath.value, answer.update.paths);
        project.value = next;
        openPath.value = path;
        pointed.value = isFirst && path !== null ? ownersLine(next, path) : null;
      }
    });
  }

  /** Shows a failure of the core with a way out; a newer question simply takes over. */
  async function guarded<T>(asking: Promise<T | null>, again: () => void): Promise<T | null> {
    try {
      const answer = await asking;
      if (answer !== null) {
        trouble.value = null;
      }
      return answer;
    } catch (error) {
      batch(() => {
        working.value = false;
        trouble.value = describeTrouble(error, again);
      });
      return null;
    }
  }

  function edit(text: string): void {
    if (text === spec.value) {
      return;
    }
    spec.value = text;
    const now = performance.now();
    const compareAfresh = now - editedAt > PAUSE;
    editedAt = now;
    void generate(compareAfresh);
  }

  async function download(): Promise<Download | null> {
    const shown = project.value;
    if (!shown) {
      return null;
    }
    const asking = core.ask("zip", { spec: shown.spec });
    const answered = await guarded(asking, () => void download());
    return answered?.answer ?? null;
  }

  effect(() => {
    const file = openFile.value;
    if (file && file.lines === null) {
      const { path, text } = file;
      core.ask("highlight", { path, text }).then(
        (answered) => {
          if (answered) {
            coloured.value = { path, text, lines: answered.answer };
          }
        },
        // Without colours the text is still there to read.
        () => undefined,
      );
    }
  });

  void describe();
  return {
    catalogue,
    spec,
    checked,
    project,
    stale,
    working,
    trouble,
    openFile,
    spot,
    edit,
    open,
    point: (line) => {
      pointed.value = line;
    },
    download,
  };
}

function applyUpdate(
  before: Project | null,
  update: ProjectUpdate,
  id: number,
  spec: string,
): Project {
  const texts = new Map(update.texts);
  const files = new Map(
    update.paths.map((path) => [path, texts.get(path) ?? before?.files.get(path) ?? ""]),
  );
  const changes = new Map(update.changes.map((change) => [change.path, change]));
  const notes = new Map(update.notes.map((note) => [note.path, note]));
  const { summary, milliseconds } = update;
  return { id, spec, files, notes, summary, changes, milliseconds };
}

function originOf({ spec, notes }: Project, path: string, line: number): Spot["origin"] {
  const origin = notes.get(path)?.origins.find(([at]) => at === line)?.[1];
  const text = origin === undefined ? undefined : spec.split("\n")[origin - 1];
  return origin === undefined || text === undefined ? null : { line: origin, text: text.trim() };
}

/** The first line of a file that comes from a rule which names the owner. */
function ownersLine(project: Project, path: string): number | null {
  const origins = project.notes.get(path)?.origins ?? [];
  const fromRule = origins.find(([line]) =>
    /:.*\bowner\b/.test(originOf(project, path, line)?.text ?? ""),
  );
  return fromRule?.[0] ?? null;
}

/** Keeps the open file open while it exists. */
function choosePath(open: string | null, paths: string[]): string | null {
  const wanted = [open, FIRST_FILE].find((path) => path !== null && paths.includes(path));
  return wanted ?? paths.find((path) => path === "README.md") ?? paths[0] ?? null;
}

function describeTrouble(error: unknown, again: () => void): Trouble {
  const reason = error instanceof CoreError ? error.reason : "bug";
  switch (reason) {
    case "unloadable":
      return {
        message: "The generator could not be loaded. Check the connection.",
        action: { label: "Load again", run: again },
      };
    case "slow":
      return {
        message: "This spec took longer than 5 seconds, so the generator was stopped.",
        action: { label: "Try again", run: again },
      };
    case "bug":
      return {
        message: "The generator stopped with an error of its own. Your spec is untouched.",
        action: { label: "Try again", run: again },
      };
  }
}
