// The page's side of the worker: one question at a time, a time limit, a restart when it is needed.
import type { Core } from "./core.js";
import type { Question, Reply } from "./protocol.js";

export type * from "./core/backsmith.js";
export type { Core } from "./core.js";

/** Why the worker gave no answer. */
export class WorkerError extends Error {
  readonly reason: "unloadable" | "slow" | "bug" | "closed";

  constructor(reason: WorkerError["reason"], message: string) {
    super(message);
    this.name = "WorkerError";
    this.reason = reason;
  }
}

/** The core in a worker. */
export interface CoreWorker {
  /** Calls a function of the core; fails with a `WorkerError`. */
  ask<K extends keyof Core>(name: K, ...args: Parameters<Core[K]>): Promise<ReturnType<Core[K]>>;
  /** Ends the worker; what has not been answered fails. */
  close(): void;
}

export interface WorkerOptions {
  /** The longest time in milliseconds that a question may take; 5000 unless given. */
  limit?: number;
}

interface Call {
  question: Question;
  resolve(answer: ReturnType<Core[keyof Core]>): void;
  reject(error: WorkerError): void;
}

/** Opens the core in a worker, which starts with the first question. */
export function openWorker({ limit = 5000 }: WorkerOptions = {}): CoreWorker {
  let worker: Worker | null = null;
  let isReady = false;
  let isClosed = false;
  let asked: Call | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: Call[] = [];

  function ask<K extends keyof Core>(
    name: K,
    ...args: Parameters<Core[K]>
  ): Promise<ReturnType<Core[K]>> {
    return new Promise((resolve, reject) => {
      const settle = resolve as Call["resolve"];
      waiting.push({ question: { name, args }, resolve: settle, reject });
      send();
    });
  }

  function send(): void {
    if (isClosed) {
      fail(new WorkerError("closed", "The worker has been closed."));
      return;
    }
    if (asked || waiting.length === 0) {
      return;
    }
    worker ??= start();
    if (!isReady) {
      return;
    }
    asked = waiting.shift() ?? null;
    worker.postMessage(asked?.question);
    timer = setTimeout(() => {
      fail(new WorkerError("slow", `The question took longer than ${limit} ms and was stopped.`));
    }, limit);
  }

  function start(): Worker {
    const started = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    // What a worker sent before it was ended may still arrive, and concerns nobody.
    started.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      if (worker === started) {
        receive(data);
      }
    });
    started.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker === started) {
        const message = event.message || "The worker stopped.";
        fail(new WorkerError(isReady ? "bug" : "unloadable", message));
      }
    });
    return started;
  }

  function receive(reply: Reply): void {
    switch (reply.kind) {
      case "ready":
        isReady = true;
        send();
        break;
      case "answer":
        clearTimeout(timer);
        asked?.resolve(reply.answer);
        asked = null;
        send();
        break;
      case "unloadable":
      case "bug":
        fail(new WorkerError(reply.kind, reply.message));
        break;
    }
  }

  /** After a failure the worker's memory is not to be trusted: the next question gets a new one. */
  function fail(error: WorkerError): void {
    clearTimeout(timer);
    worker?.terminate();
    worker = null;
    isReady = false;
    const othersFail = error.reason === "unloadable" || error.reason === "closed";
    const failed = [...(asked ? [asked] : []), ...(othersFail ? waiting.splice(0) : [])];
    asked = null;
    for (const call of failed) {
      call.reject(error);
    }
    if (waiting.length > 0) {
      send();
    }
  }

  function close(): void {
    isClosed = true;
    fail(new WorkerError("closed", "The worker has been closed."));
    waiting = [];
  }

  return { ask, close };
}
