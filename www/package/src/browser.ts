import * as module from "./core/backsmith.js";
import { type Core, functionsOf } from "./core.js";
import { once } from "./once.js";

export type * from "./core/backsmith.js";
export type { Core } from "./core.js";

/** Loads the core, the first time, and gives its functions. */
export const load: () => Promise<Core> = once(async () => {
  await module.default();
  return functionsOf(module);
});
