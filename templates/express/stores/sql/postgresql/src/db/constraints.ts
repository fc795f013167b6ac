import { DrizzleQueryError } from "drizzle-orm";
import { DatabaseError } from "pg";
import { ApiError } from "../utils/errors.js";
⟦%- if unique %⟧

/** Answers 409 where a statement meets a value that must be unique. */
export async function rejectTaken<T>(
  statement: Promise<T>,
  fields: Record<string, string | string[]>,
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const taken = fields[violated(error, ["23505"]) ?? ""];
    if (!taken) throw error;
    throw new ApiError(
      "CONFLICT",
      [taken].flat().map((field) => [field, "unique"]),
    );
  }
}
⟦%- endif %⟧
⟦%- if checked %⟧

/** Answers 409 where a statement meets values that do not go together. */
export async function rejectUnfit<T>(
  statement: Promise<T>,
  checks: Record<string, string[]>,
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const fields = checks[violated(error, ["23514"]) ?? ""];
    if (!fields) throw error;
    throw new ApiError(
      "CONFLICT",
      fields.map((field) => [field, "check"]),
    );
  }
}
⟦%- endif %⟧
⟦%- if owned %⟧

/** Answers 401 where the account that a new row would belong to is gone by now. */
export async function rejectOrphan<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (!violated(error, ["23503"])) throw error;
    throw new ApiError("UNAUTHENTICATED");
  }
}
⟦%- endif %⟧
⟦%- if restricted %⟧

/** Answers 409 where other rows refer to the one that a statement deletes. */
export async function rejectReferenced<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (!violated(error, ["23001", "23503"])) throw error;
    throw new ApiError("CONFLICT", [["id", "referenced"]]);
  }
}
⟦%- endif %⟧

/** The constraint that an error with one of these codes is about. */
function violated(error: unknown, codes: string[]): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof DatabaseError && codes.includes(cause.code ?? "")
    ? cause.constraint
    : undefined;
}
