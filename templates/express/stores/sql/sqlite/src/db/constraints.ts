import { LibsqlError } from "@libsql/client";
import { DrizzleQueryError } from "drizzle-orm";
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
    const taken = fields[takenColumns(error)];
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
    const fields = checks[unfitCheck(error) ?? ""];
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
    if (!constraint(error)?.message.includes("FOREIGN KEY")) throw error;
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
    if (!constraint(error)?.message.includes("FOREIGN KEY")) throw error;
    throw new ApiError("CONFLICT", [["id", "referenced"]]);
  }
}
⟦%- endif %⟧
⟦%- if unique %⟧

/** The columns that a message names as `table.column`, joined by commas. */
function takenColumns(error: unknown): string {
  const message = constraint(error)?.message ?? "";
  const [, named = ""] = /UNIQUE constraint failed: (.+)$/.exec(message) ?? [];
  const columns = named.split(", ").map((name) => name.split(".")[1]);
  return columns.join(",");
}
⟦%- endif %⟧
⟦%- if checked %⟧

/** The check that a message names. */
function unfitCheck(error: unknown): string | undefined {
  const message = constraint(error)?.message ?? "";
  return /CHECK constraint failed: (.+)$/.exec(message)?.[1];
}
⟦%- endif %⟧

function constraint(error: unknown): LibsqlError | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof LibsqlError && cause.code === "SQLITE_CONSTRAINT"
    ? cause
    : undefined;
}
