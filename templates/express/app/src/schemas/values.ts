import { z } from "zod";
⟦%- if codes %⟧
import type { DetailCode } from "../utils/errors.js";
⟦%- endif %⟧
⟦%- if json %⟧
import type { Json } from "../utils/json.js";
⟦%- endif %⟧

// One schema for each kind of value that the wire knows.

⟦%- if codes %⟧

const code = (error: DetailCode) => ({ error });
⟦%- endif %⟧
⟦%- if length %⟧

/** Checks a string before any pattern does, so that no pattern meets a long one. */
const length = (min: number, max: number) =>
  z.string().refine(
    (value) => {
      const codePoints = [...value].length;
      return min <= codePoints && codePoints <= max;
    },
    { ...code("length"), abort: true },
  );
⟦%- endif %⟧
⟦%- if string %⟧

export const string = (min: number, max: number) =>
  length(min, max).refine((value) => !value.includes("\0"), code("pattern"));
⟦%- endif %⟧
⟦%- if integer %⟧

/** A whole number; `1.0` is one too. */
export const integer = (min: number, max: number) =>
  z.number().refine(Number.isInteger, { ...code("type"), abort: true }).min(min).max(max);
⟦%- endif %⟧
⟦%- if bigint %⟧

/** A whole number as text. */
export const bigint = (bounds: RegExp) =>
  z.string().regex(/^-?(0|[1-9][0-9]*)$/).regex(bounds, code("range")).transform((value) => (value === "-0" ? "0" : value));
⟦%- endif %⟧
⟦%- if decimal %⟧

/** An exact decimal as text, filled up to `scale` digits after the point. */
export const decimal = (scale: number, bounds: RegExp) =>
  z.string().regex(decimalForm(scale)).regex(bounds, code("range")).transform((value) => canonicalDecimal(value, scale));

function decimalForm(scale: number): RegExp {
  const fraction = scale === 0 ? "" : `(\\.[0-9]{1,${scale}})?`;
  return new RegExp(`^-?(0|[1-9][0-9]*)${fraction}$`);
}

function canonicalDecimal(value: string, scale: number): string {
  const [whole = "", fraction = ""] = value.split(".");
  const filled = scale === 0 ? whole : `${whole}.${fraction.padEnd(scale, "0")}`;
  return /[1-9]/.test(filled) ? filled : filled.replace("-", "");
}
⟦%- endif %⟧
⟦%- for (name, doc, pattern, end) in patterns %⟧

/** ⟦= doc ⟧ */
export const ⟦= name ⟧ = () => ⟦= pattern ⟧⟦= end ⟧;
⟦%- endfor %⟧
⟦%- if keys %⟧

/** The ids of several rows, each once. */
export const keys = (min: number, max: number) =>
  z.array(uuid()).min(min).max(max).transform((ids) => ids.toSorted()).refine((ids) => new Set(ids).size === ids.length, code("repeated"));
⟦%- endif %⟧
⟦%- if between %⟧

/** Days and times of day within bounds; they order as text does. */
export const between = (schema: z.ZodString, first: string, last: string) =>
  schema.refine((value) => first <= value && value <= last, code("range"));
⟦%- endif %⟧
⟦%- if lowercase %⟧

/** Folds the letters of ASCII and no others. */
export const lowercase = (value: string) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
⟦%- endif %⟧
⟦%- if json %⟧

/** Any JSON but null, which stands for no value. */
export const json = () =>
  z
    .custom<Json>(
      (value) => value !== null && value !== undefined,
      {
        error: ({ input }) => code(input === undefined ? "required" : "type").error,
      },
    )
    .refine(isStorable, code("pattern"));

/** Without NUL, and without numbers of which a double would keep another one. */
function isStorable(value: Json): boolean {
  if (typeof value === "string") return !value.includes("\0");
  if (typeof value === "number") {
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  }
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => !key.includes("\0") && isStorable(inner));
}
⟦%- endif %⟧
