// The state of one editing session, and everything that can be done to it.
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { type Core, CoreError } from "./core/client.js";
import type {
  Catalogue,
  Comparison,
  Completions,
  Diagnostic,
  Explanation,
  FileChange,
  ProjectUpdate,
  Starter,
  Summary,
  TextEdit,
  Token,
  UpdateNote,
} from "./core/protocol.js";
import { heard, inOnePiece, type Text } from "./core/text.js";
import { firstPath, ownersLine } from "./first-file.js";
import { originsOf, yieldsOf } from "./origins.js";

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
  /** Every path, in order: the same list as long as none comes or goes. */
  paths: readonly string[];
  files: ReadonlyMap<string, Text>;
  notes: ReadonlyMap<string, UpdateNote>;
  /** The line of the spec that each entity begins on. */
  begins: readonly number[];
  summary: Summary;
  changes: ReadonlyMap<string, FileChange>;
  milliseconds: number;
  /** When it was made. */
  made: Date;
}

/** The lines of one file that come from one line of the spec. */
export interface Yield {
  path: string;
  lines: readonly number[];
}

/** What a line of the spec has produced. */
export interface Harvest {
  line: number;
  text: string;
  yields: readonly Yield[];
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
  /** What the line of the spec that somebody is at has produced; `null` where that is not known. */
  readonly harvest: ReadonlySignal<Harvest | null>;
  edit(spec: string): void;
  /** Begins anew with a starter. */
  begin(starter: Starter): void;
  /** Follows the cursor to a line of the spec. */
  visit(line: number): void;
  complete(spec: string, at: number): Promise<Completions | null>;
  explain(spec: string, at: number): Promise<Explanation | null>;
  /** The edit that makes a word such as `database` say something else. */
  choose(word: string, choice: string): Promise<TextEdit | null>;
  /** Opens a file, at a line if one is given. */
  open(path: string, line?: number): void;
  /** Looks at a line of the open file. */
  point(line: number): void;
  /** The zip of the project that is shown. */
  download(): Promise<Download | null>;
}

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
  const visited = signal(0);
  let lastOpen: OpenFile | null = null;
  let editedAt = Number.NEGATIVE_INFINITY;
  /** Whether no project of this starter has been shown yet. */
  let isNew = true;
  let comparison: Comparison = { round: 0, olderIs: "itself" };

  const stale = computed(() =>
    checked.value.diagnostics.some(({ severity }) => severity === "error"),
  );

  const openFile = computed<OpenFile | null>(() => {
    const path = openPath.value;
    const held = path === null ? undefined : project.value?.files.get(path);
    if (path === null || held === undefined) {
      return null;
    }
    const [text, colours] = [inOnePiece(held), coloured.value];
    const lines = colours?.path === path && colours.text === text ? colours.lines : null;
    // Who shows it need not do so again while it stays what it is.
    const isSame = lastOpen?.path === path && lastOpen.text === text && lastOpen.lines === lines;
    lastOpen = isSame ? lastOpen : { path, text, lines };
    return lastOpen;
  });

  const spot = computed<Spot | null>(() => {
    const [line, shown, path] = [pointed.value, project.value, openPath.value];
    if (line === null || !shown || path === null) {
      return null;
    }
    return { line, origin: originOf(shown, path, line) };
  });

  const harvest = computed<Harvest | null>(() => {
    const shown = project.value;
    // Of a spec that has moved on, the lines are not those that the project came from.
    return shown && shown.spec === spec.value ? harvestOf(shown, visited.value) : null;
  });

  function open(path: string, line?: number): void {
    batch(() => {
      openPath.value = path;
      pointed.value = line ?? null;
    });
  }

  async function describe(): Promise<void> {
    const answered = await guarded(core.ask("describe", null), () => void describe());
    const starter = answered?.answer.starters[0];
    if (answered && starter) {
      catalogue.value = answered.answer;
      spec.value = starter.spec;
      await generate();
    }
  }

  function begin(starter: Starter): void {
    spec.value = starter.spec;
    editedAt = Number.NEGATIVE_INFINITY;
    comparison = { round: comparison.round + 1, olderIs: "itself" };
    isNew = true;
    void generate();
  }

  async function generate(): Promise<void> {
    const text = spec.value;
    const held = project.value?.id ?? null;
    const asking = core.ask("generate", { spec: text, held, comparison });
    working.value = true;
    const answered = await guarded(asking, () => void generate());
    if (!answered) {
      return;
    }
    const { id, answer } = answered;
    batch(() => {
      working.value = false;
      checked.value = { spec: text, diagnostics: answer.diagnostics };
      if (answer.update) {
        const next = applyUpdate(project.value, answer.update, id, text);
        const path = choosePath(openPath.value, next.paths);
        project.value = next;
        openPath.value = path;
        pointed.value = isNew && path !== null ? ownersLine(text, originsOf(next, path)) : null;
        isNew = false;
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
    if (now - editedAt > PAUSE) {
      comparison = { round: comparison.round + 1, olderIs: "last" };
    }
    editedAt = now;
    void generate();
  }

  /** A question whose answer is help and no more: without it, nothing is lost. */
  async function helped<T>(asking: Promise<{ answer: T } | null>): Promise<T | null> {
    try {
      return (await asking)?.answer ?? null;
    } catch {
      return null;
    }
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
    harvest,
    edit,
    begin,
    visit: (line) => {
      visited.value = line;
    },
    complete: (text, at) => helped(core.ask("complete", { spec: text, at })),
    explain: (text, at) => helped(core.ask("explain", { spec: text, at })),
    choose: async (word, choice) => {
      const asking = core.ask("choose", { spec: spec.value, word, choice });
      return (await guarded(asking, () => undefined))?.answer ?? null;
    },
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
  const paths = update.paths ?? before?.paths ?? [];
  const texts = new Map(update.texts);
  const files = new Map(
    paths.map((path) => {
      const held = before?.files.get(path);
      const news = texts.get(path);
      return [path, news === undefined ? (held ?? "") : heard(news, held)];
    }),
  );
  const changes = new Map(update.changes.map((change) => [change.path, change]));
  const newNotes = new Map(update.notes.map((note) => [note.path, note]));
  const notes = new Map(
    paths.flatMap((path) => {
      const note = newNotes.get(path) ?? before?.notes.get(path);
      return note ? [[path, note]] : [];
    }),
  );
  const { begins, summary, milliseconds } = update;
  const made = new Date();
  return { id, spec, paths, files, notes, begins, summary, changes, milliseconds, made };
}

/** What a line of the spec has produced, by file; `null` for a line without text. */
function harvestOf(project: Project, line: number): Harvest | null {
  const text = project.spec.split("\n")[line - 1]?.trim() ?? "";
  return text === "" ? null : { line, text, yields: yieldsOf(project, line) };
}

function originOf(project: Project, path: string, line: number): Spot["origin"] {
  const origin = originsOf(project, path).find(([at]) => at === line)?.[1];
  const text = origin === undefined ? undefined : project.spec.split("\n")[origin - 1];
  return origin === undefined || text === undefined ? null : { line: origin, text: text.trim() };
}

/** Keeps the open file open while it exists. */
function choosePath(open: string | null, paths: readonly string[]): string | null {
  return open !== null && paths.includes(open) ? open : firstPath(paths);
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
