// The page's side of the worker: one request at a time, a time limit, a restart when it is needed.
import type { Answer, Kind, Question, Reply, Request } from "./protocol.js";

/** Why the core gave no answer. */
export class CoreError extends Error {
  readonly reason: "unloadable" | "slow" | "bug";

  constructor(reason: CoreError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Core {
  /** Answers, or `null` when a newer question of the same kind has made this one pointless. */
  ask<K extends Kind>(kind: K, question: Question<K>): Promise<Answered<K> | null>;
}

/** An answer with the id of its request. */
export interface Answered<K extends Kind> {
  id: number;
  answer: Answer<K>;
}

interface Call {
  request: Request;
  superseded: boolean;
  resolve(reply: Answered<Kind> | null): void;
  reject(error: CoreError): void;
}

/** Only the newest question of these kinds matters. */
const NEWEST_ONLY: ReadonlySet<Kind> = new Set<Kind>([
  "generate",
  "highlight",
  "complete",
  "explain",
]);

/** Opens the core in a worker, which starts with the first question. */
export function openCore(spawn: () => Worker, limit = 5000): Core {
  let worker: Worker | null = null;
  let ready = false;
  let asked: Call | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Call[] = [];
  let lastId = 0;

  function ask<K extends Kind>(kind: K, question: Question<K>): Promise<Answered<K> | null> {
    if (NEWEST_ONLY.has(kind)) {
      supersede(kind);
    }
    return new Promise((resolve, reject) => {
      const request = { id: ++lastId, kind, question } as Request;
      const settle = resolve as Call["resolve"];
      waiting.push({ request, superseded: false, resolve: settle, reject });
      send();
    });
  }

  function supersede(kind: Kind): void {
    const pointless = waiting.filter((call) => call.request.kind === kind);
    waiting = waiting.filter((call) => call.request.kind !== kind);
    for (const call of pointless) {
      call.resolve(null);
    }
    if (asked?.request.kind === kind) {
      asked.superseded = true;
    }
  }

  function send(): void {
    if (asked || waiting.length === 0) {
      return;
    }
    worker ??= start();
    if (!ready) {
      return;
    }
    asked = waiting.shift() ?? null;
    worker.postMessage(asked?.request);
    timer = setTimeout(() => {
      fail(new CoreError("slow", `The core took longer than ${limit / 1000} s and was stopped.`));
    }, limit);
  }

  function start(): Worker {
    const started = spawn();
    // What a worker sent before it was ended may still arrive, and concerns nobody.
    started.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      if (worker === started) {
        receive(data);
      }
    });
    started.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker !== started) {
        return;
      }
      fail(new CoreError(ready ? "bug" : "unloadable", event.message || "The worker stopped."));
    });
    return started;
  }

  function receive(reply: Reply): void {
    switch (reply.kind) {
      case "ready":
        ready = true;
        break;
      case "unloadable":
        fail(new CoreError("unloadable", reply.message));
        break;
      case "bug":
        fail(new CoreError("bug", reply.message));
        break;
      case "answer":
        settle(reply.id, reply.answer);
        break;
    }
    send();
  }

  function settle(id: number, answer: Answer<Kind>): void {
    if (asked?.request.id !== id) {
      return;
    }
    clearTimeout(timer);
    const call = asked;
    asked = null;
    call.resolve(call.superseded ? null : { id, answer });
  }

  /** After a failure the worker's memory is not to be trusted: the next question gets a new one. */
  function fail(error: CoreError): void {
    clearTimeout(timer);
    worker?.terminate();
    worker = null;
    ready = false;
    const failed = error.reason === "unloadable" ? waiting.splice(0) : [];
    if (asked) {
      failed.unshift(asked);
      asked = null;
    }
    for (const call of failed) {
      call.reject(error);
    }
    send();
  }

  return { ask };
}
