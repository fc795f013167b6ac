import { maxJsonLevels } from "../config/limits.js";
import { ApiError } from "./errors.js";
⟦%- if json %⟧

/** Any value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
⟦%- endif %⟧

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The JSON object that a body holds. */
export function parseObject(body: unknown): object {
  const value = parse(body);
  if (!isObject(value) || Array.isArray(value) || !isSound(value)) {
    throw new ApiError("MALFORMED_REQUEST");
  }
  return value;
}

function parse(body: unknown): unknown {
  if (!(body instanceof Uint8Array)) throw new ApiError("MALFORMED_REQUEST");
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    throw new ApiError("MALFORMED_REQUEST");
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Not too deep, and without half characters and numbers beyond all bounds. */
function isSound(value: unknown, levels = maxJsonLevels): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value === "number") return Number.isFinite(value);
  if (!isObject(value)) return true;
  return (
    levels > 0 &&
    Object.entries(value).every(
      ([key, inner]) => key.isWellFormed() && isSound(inner, levels - 1),
    )
  );
}
