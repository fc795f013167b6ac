// Runs the core away from the page's own thread.
import init, {
  choose,
  complete,
  explain,
  starters,
  targets,
  type Update,
  update,
  version,
  zip,
} from "./backsmith.js";
import { compareProjects } from "./compare.js";
import { highlight } from "./highlight.js";
import type { Answer, Comparison, Question, Reply, Request, UpdateNote } from "./protocol.js";
import { respliced, type Splices, type Text, told } from "./text.js";

type Files = Map<string, Text>;

/** A project with the number of the question that it answered. */
interface Made {
  id: number;
  paths: string[];
  files: Files;
  notes: Map<string, UpdateNote>;
}

/** The last project: the core tells how the next one differs from it. */
let latest: Made | null = null;
/** The project that the page shows. It falls behind the last one where a newer question overtakes an answer. */
let shown: Made | null = null;
let comparedWith: { round: number; files: Files } | null = null;

function reply(message: Reply): void {
  postMessage(message);
}

function answerGenerate(id: number, question: Question<"generate">): Answer<"generate"> {
  const start = performance.now();
  const made = update(question.spec);
  const { diagnostics, summary } = made;
  const milliseconds = performance.now() - start;
  if (!summary) {
    return { diagnostics, update: null };
  }
  if (latest?.id === question.held) {
    shown = latest;
  }
  const paths = made.paths ?? latest?.paths ?? [];
  const files = merged(paths, latest?.files, newTexts(made));
  const notes = merged(
    paths,
    latest?.notes,
    made.notes.map((note) => [note.path, note]),
  );
  const older = olderSide(question.comparison, files);
  latest = { id, paths, files, notes };
  const held = shown?.id === question.held ? shown : null;
  const answer = {
    paths: paths === held?.paths ? null : paths,
    texts: [...files]
      .filter(([path, text]) => held?.files.get(path) !== text)
      .map(([path, text]): [string, Text | Splices] => [path, told(text, held?.files.get(path))]),
    notes: [...notes.values()].filter((note) => held?.notes.get(note.path) !== note),
    begins: made.begins,
    changes: compareProjects(older, files),
    summary,
    milliseconds,
  };
  return { diagnostics, update: answer };
}

/** The texts that are not as they were. */
function newTexts({ files, spliced }: Update): [string, Text][] {
  const texts = spliced.map(({ path, splices }): [string, Text] => [
    path,
    respliced(latest?.files.get(path) ?? "", splices),
  ]);
  return [...files, ...texts];
}

/** What there is at each path: the new, or else the old. */
function merged<T>(
  paths: string[],
  old: ReadonlyMap<string, T> | undefined,
  changed: [string, T][],
): Map<string, T> {
  const news = new Map(changed);
  const all = new Map<string, T>();
  for (const path of paths) {
    const value = news.get(path) ?? old?.get(path);
    if (value !== undefined) {
      all.set(path, value);
    }
  }
  return all;
}

/** The older side of the comparison. */
function olderSide({ round, olderIs }: Comparison, files: Files): Files {
  if (comparedWith?.round !== round) {
    const older = olderIs === "last" ? latest?.files : undefined;
    comparedWith = { round, files: older ?? files };
  }
  return comparedWith.files;
}

function answerZip(question: Question<"zip">): Answer<"zip"> {
  const { bytes, name } = zip(question.spec);
  return bytes ? { name, bytes } : null;
}

function answer(request: Request): Answer<Request["kind"]> {
  switch (request.kind) {
    case "describe":
      return { version: version(), starters: starters(), targets: targets() };
    case "generate":
      return answerGenerate(request.id, request.question);
    case "complete":
      return complete(request.question.spec, request.question.at);
    case "explain":
      return explain(request.question.spec, request.question.at);
    case "choose":
      return choose(request.question.spec, request.question.word, request.question.choice);
    case "highlight":
      return highlight(request.question.path, request.question.text);
    case "zip":
      return answerZip(request.question);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  try {
    reply({ kind: "answer", id: data.id, answer: answer(data) });
  } catch (error) {
    reply({ kind: "bug", id: data.id, message: messageOf(error) });
  }
});

try {
  await init();
  reply({ kind: "ready" });
} catch (error) {
  reply({ kind: "unloadable", message: messageOf(error) });
}
