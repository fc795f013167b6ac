import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createClient, type Transaction } from "@libsql/client";
import { migrate } from "drizzle-orm/libsql/migrator";
import { config } from "../config/config.js";
import { db } from "./client.js";

const migrationsFolder = fileURLToPath(
  new URL("../../drizzle", import.meta.url),
);

const migrationsTable = "__drizzle_migrations";

interface Journal {
  entries: { tag: string; when: number }[];
}

/** Applies every migration that has not been applied yet. */
export async function migrateUp(): Promise<void> {
  await migrate(db, { migrationsFolder, migrationsTable });
}

/** Undoes the last migration that was applied; false if there is none. */
export async function migrateDown(): Promise<boolean> {
  // A single connection, because the pragma holds for one connection only and
  // cannot be set inside a transaction.
  const client = createClient({ url: config.DATABASE_URL, concurrency: 1 });
  try {
    await client.execute("PRAGMA foreign_keys = OFF");
    const tx = await client.transaction("write");
    try {
      const undone = await undoLast(tx);
      await tx.commit();
      return undone;
    } finally {
      tx.close();
    }
  } finally {
    client.close();
  }
}

async function undoLast(tx: Transaction): Promise<boolean> {
  const last = await lastApplied(tx);
  if (last === undefined) return false;
  const journal: Journal = JSON.parse(await read("meta/_journal.json"));
  const entry = journal.entries.find(({ when }) => when === last);
  if (!entry) throw new Error(`No migration of the journal is at ${last}.`);
  await tx.executeMultiple(await read(`${entry.tag}.down.sql`));
  await tx.execute({
    sql: `DELETE FROM ${migrationsTable} WHERE created_at = ?`,
    args: [last],
  });
  const broken = await tx.execute("PRAGMA foreign_key_check");
  if (broken.rows.length > 0) {
    throw new Error(`${entry.tag}.down.sql leaves references to nothing.`);
  }
  return true;
}

async function lastApplied(tx: Transaction): Promise<number | undefined> {
  const table = await tx.execute({
    sql: "SELECT 1 FROM sqlite_master WHERE name = ?",
    args: [migrationsTable],
  });
  if (table.rows.length === 0) return undefined;
  const applied = await tx.execute(
    `SELECT max(created_at) FROM ${migrationsTable}`,
  );
  const last = applied.rows[0]?.[0] ?? undefined;
  return last === undefined ? undefined : Number(last);
}

function read(file: string): Promise<string> {
  return readFile(`${migrationsFolder}/${file}`, "utf8");
}
