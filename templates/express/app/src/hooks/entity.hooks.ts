import type { ⟦= names.row ⟧ } from "../models/⟦= names.stem ⟧.model.js";
⟦%- if has_update %⟧
import type { ⟦= names.pascal ⟧Update } from "../schemas/⟦= names.stem ⟧.schema.js";
⟦%- endif %⟧
import type { Hooks } from "./hooks.js";

/** This file is yours: it is made once, and never written again. */
export const ⟦= names.camel ⟧Hooks: Hooks<⟦= names.row ⟧, ⟦= changes ⟧> = {};
