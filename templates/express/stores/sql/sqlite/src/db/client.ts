import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { config } from "../config/config.js";

// The folder of a relative or absolute `file:` address.
mkdirSync(dirname(config.DATABASE_URL.slice("file:".length)), {
  recursive: true,
});

const client = createClient({
  url: config.DATABASE_URL,
  intMode: "bigint",
  timeout: 5000,
});

// Lets readers go on beside a writer.
await client.execute("PRAGMA journal_mode = WAL");

export const db = drizzle(client);

export type Database = typeof db;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** What reads go through: the database, or the transaction one is in. */
export type Reader = Database | Transaction;

let lastWrite: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` in a transaction. SQLite has one writer at a time, and a second
 * one would block the event loop that the first needs to finish, so writers
 * queue here.
 */
export function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = lastWrite.then(() => db.transaction(work));
  lastWrite = result.catch(() => undefined);
  return result;
}

/** Fails when the database does not answer. */
export async function ping(): Promise<void> {
  await client.execute("SELECT 1");
}

export async function closeDatabase(): Promise<void> {
  client.close();
}
