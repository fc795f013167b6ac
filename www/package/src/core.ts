import type * as module from "./core/backsmith.js";

/** Every function of the core. */
export type Core = Omit<typeof module, "default" | "initSync">;

/** The functions of a module that has been started. */
export function functionsOf({ default: _, initSync: __, ...functions }: typeof module): Core {
  return functions;
}
