// What the page and its worker say to each other.
import type {
  Completions,
  Diagnostic,
  Explanation,
  Starter,
  Summary,
  Target,
  TextEdit,
  UpdateNote,
} from "./backsmith.js";
import type { Splices, Text } from "./text.js";

export type * from "./backsmith.js";

/** Everything about the core that does not depend on a spec. */
export interface Catalogue {
  version: string;
  starters: Starter[];
  targets: Target[];
}

/** A line that differs from the comparison's older text; `removed` stands before a line that is gone. */
export interface Mark {
  line: number;
  kind: "added" | "removed";
}

/** How one file differs from the project that changes are compared with. */
export interface FileChange {
  path: string;
  kind: "added" | "changed" | "removed";
  marks: Mark[];
}

/** A project, as what differs from the one that the page already holds. */
export interface ProjectUpdate {
  /** Every path, in the project's order; `null` where they are what the page holds. */
  paths: string[] | null;
  /** The files whose text the page does not hold yet, some of them told by the whole text that it has of them. */
  texts: [path: string, text: Text | Splices][];
  /** The notes that it does not hold yet. */
  notes: UpdateNote[];
  /** The line of the spec that each entity begins on. */
  begins: number[];
  changes: FileChange[];
  summary: Summary;
  milliseconds: number;
}

/** A stretch of source text of one kind; most text has none. */
export type Token = [text: string, kind: TokenKind | null];
export type TokenKind = "keyword" | "string" | "literal" | "comment" | "title" | "strong";

/**
 * What a project is compared with. Projects of the same round are compared with the same older one:
 * the last before the round or, for a new spec, the first of the round itself. The round comes with
 * each question, for a question may be skipped when a newer one comes.
 */
export interface Comparison {
  round: number;
  olderIs: "last" | "itself";
}

/** Each kind of request with its question and its answer. */
export interface Exchanges {
  describe: { question: null; answer: Catalogue };
  generate: {
    question: {
      spec: string;
      /** The last request whose project the page took, if it still holds one. */
      held: number | null;
      comparison: Comparison;
    };
    answer: { diagnostics: Diagnostic[]; update: ProjectUpdate | null };
  };
  /** What may stand at a place of a spec. */
  complete: { question: { spec: string; at: number }; answer: Completions | null };
  /** What the word at a place of a spec means. */
  explain: { question: { spec: string; at: number }; answer: Explanation | null };
  /** How a word of the spec's upper level is made to say something else. */
  choose: { question: { spec: string; word: string; choice: string }; answer: TextEdit | null };
  highlight: { question: { path: string; text: string }; answer: Token[][] };
  zip: {
    question: { spec: string };
    answer: { name: string; bytes: Uint8Array<ArrayBuffer> } | null;
  };
}

export type Kind = keyof Exchanges;
export type Question<K extends Kind> = Exchanges[K]["question"];
export type Answer<K extends Kind> = Exchanges[K]["answer"];

/** Page to worker. */
export type Request = { [K in Kind]: { id: number; kind: K; question: Question<K> } }[Kind];

/** Worker to page. */
export type Reply =
  | { kind: "ready" }
  | { kind: "unloadable"; message: string }
  | { kind: "answer"; id: number; answer: Answer<Kind> }
  | { kind: "bug"; id: number; message: string };
