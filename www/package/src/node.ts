import { readFile } from "node:fs/promises";
import * as module from "./core/backsmith.js";
import { type Core, functionsOf } from "./core.js";
import { once } from "./once.js";

export type * from "./core/backsmith.js";
export type { Core } from "./core.js";

/** Loads the core, the first time, and gives its functions. */
export const load: () => Promise<Core> = once(async () => {
  const bytes = await readFile(new URL("./core/backsmith_bg.wasm", import.meta.url));
  await module.default({ module_or_path: bytes });
  return functionsOf(module);
});
