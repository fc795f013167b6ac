import { LibsqlError } from "@libsql/client";
import { DrizzleQueryError } from "drizzle-orm";
import { ApiError } from "../utils/errors.js";
⟦%- if unique %⟧

/** Answers 409 where a statement meets a value that must be unique. */
export async function rejectTaken<T>(
  statement: Promise<T>,
  fields: Record<string, string>,
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const column = takenColumn(error);
    const field = column && fields[column];
    if (!field) throw error;
    throw new ApiError("CONFLICT", [[field, "unique"]]);
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

function takenColumn(error: unknown): string | undefined {
  const message = constraint(error)?.message ?? "";
  return /UNIQUE constraint failed: \w+\.(\w+)$/.exec(message)?.[1];
}
⟦%- endif %⟧

function constraint(error: unknown): LibsqlError | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof LibsqlError && cause.code === "SQLITE_CONSTRAINT"
    ? cause
    : undefined;
}
