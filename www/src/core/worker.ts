// Runs the core away from the page's own thread.
import init, {
  choose,
  complete,
  explain,
  generate,
  starters,
  targets,
  version,
  zip,
} from "./backsmith.js";
import { compareProjects } from "./compare.js";
import { highlight } from "./highlight.js";
import type { Answer, Comparison, Question, Reply, Request } from "./protocol.js";

type Files = Map<string, string>;

let latest: { id: number; files: Files } | null = null;
let comparedWith: { round: number; files: Files } | null = null;

function reply(message: Reply): void {
  postMessage(message);
}

function answerGenerate(id: number, question: Question<"generate">): Answer<"generate"> {
  const start = performance.now();
  const { files: list, notes, diagnostics, summary } = generate(question.spec);
  const milliseconds = performance.now() - start;
  if (!summary) {
    return { diagnostics, update: null };
  }
  const files: Files = new Map(list);
  const held = latest && latest.id === question.held ? latest.files : null;
  const older = olderSide(question.comparison, files);
  latest = { id, files };
  const update = {
    paths: [...files.keys()],
    texts: list.filter(([path, text]) => held?.get(path) !== text),
    notes,
    changes: compareProjects(older, files),
    summary,
    milliseconds,
  };
  return { diagnostics, update };
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
