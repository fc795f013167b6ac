// Runs the core away from the page's own thread.
import { load } from "./browser.js";
import type { Core } from "./core.js";
import type { Question, Reply } from "./protocol.js";

function reply(message: Reply): void {
  postMessage(message);
}

function answer(core: Core, { name, args }: Question): Reply {
  try {
    const ask = core[name] as (...args: unknown[]) => ReturnType<Core[keyof Core]>;
    return { kind: "answer", answer: ask(...args) };
  } catch (error) {
    return { kind: "bug", message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const core = await load();
  addEventListener("message", ({ data }: MessageEvent<Question>) => reply(answer(core, data)));
  reply({ kind: "ready" });
} catch (error) {
  reply({ kind: "unloadable", message: messageOf(error) });
}
