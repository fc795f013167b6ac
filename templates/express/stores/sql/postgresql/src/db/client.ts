import { setTimeout } from "node:timers/promises";
import { DrizzleQueryError, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { DatabaseError, Pool } from "pg";
import { config } from "../config/config.js";
import { logger } from "../config/logger.js";
import { ApiError } from "../utils/errors.js";

const pool = new Pool({
  connectionString: config.DATABASE_URL,
  application_name: "⟦= name ⟧",
  max: 10,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 15_000,
  keepAlive: true,
});

// An idle connection that breaks is replaced when the next one is needed.
pool.on("error", (error) => {
  logger.warn({ err: error }, "lost a connection to the database");
});

export const db = drizzle(pool);

export type Database = typeof db;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** What reads go through: the database, or the transaction one is in. */
export type Reader = Database | Transaction;

const maxAttempts = 12;

/**
 * Runs `work` in a transaction that is as if it were alone. Of transactions
 * that get in each other's way the database ends all but one, and they run
 * again: what `work` does elsewhere may happen more than once.
 */
export async function write<T>(
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work, { isolationLevel: "serializable" });
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (attempt === maxAttempts) {
        logger.warn({ err: error }, "gave up a transaction that others disturb");
        throw new ApiError("UNAVAILABLE");
      }
      await setTimeout(Math.random() * 2 ** Math.min(attempt, 7));
    }
  }
}

// https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html
const conflicts = ["40001", "40P01"];

function isConflict(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return (
    cause instanceof DatabaseError && conflicts.includes(cause.code ?? "")
  );
}

/** Fails when the database does not answer. */
export async function ping(): Promise<void> {
  await db.execute(sql`SELECT 1`);
}

export async function closeDatabase(): Promise<void> {
  await pool.end();
}
