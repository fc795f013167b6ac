import type { Core } from "./core.js";

/** A question: a function of the core with its arguments. */
export interface Question<K extends keyof Core = keyof Core> {
  name: K;
  args: Parameters<Core[K]>;
}

/** What the worker says. It is asked one question at a time. */
export type Reply =
  | { kind: "ready" }
  | { kind: "unloadable"; message: string }
  | { kind: "answer"; answer: ReturnType<Core[keyof Core]> }
  | { kind: "bug"; message: string };
