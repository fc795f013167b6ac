import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { config } from "../config/config.js";

const migrationsFolder = fileURLToPath(
  new URL("../../drizzle", import.meta.url),
);

// Where Drizzle's migrator notes what it has applied.
const applied = "drizzle.__drizzle_migrations";

interface Journal {
  entries: { tag: string; when: number }[];
}

/** Applies every migration that has not been applied yet. */
export async function migrateUp(): Promise<void> {
  await alone((client) => migrate(drizzle(client), { migrationsFolder }));
}

/** Undoes the last migration that was applied; false if there is none. */
export async function migrateDown(): Promise<boolean> {
  return alone(async (client) => {
    await client.query("BEGIN");
    const undone = await undoLast(client);
    await client.query("COMMIT");
    return undone;
  });
}

/**
 * Gives `work` a connection of its own while no other process migrates. What
 * it leaves open ends with the connection.
 */
async function alone<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: config.DATABASE_URL });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [applied]);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function undoLast(client: Client): Promise<boolean> {
  const last = await lastApplied(client);
  if (last === undefined) return false;
  const journal: Journal = JSON.parse(await read("meta/_journal.json"));
  const entry = journal.entries.find(({ when }) => when === last);
  if (!entry) throw new Error(`No migration of the journal is at ${last}.`);
  await client.query(await read(`${entry.tag}.down.sql`));
  await client.query(`DELETE FROM ${applied} WHERE created_at = $1`, [last]);
  return true;
}

async function lastApplied(client: Client): Promise<number | undefined> {
  const table = await client.query("SELECT to_regclass($1) AS name", [applied]);
  if (table.rows[0].name === null) return undefined;
  const newest = await client.query(
    `SELECT max(created_at) AS at FROM ${applied}`,
  );
  const { at } = newest.rows[0];
  return at === null ? undefined : Number(at);
}

function read(file: string): Promise<string> {
  return readFile(`${migrationsFolder}/${file}`, "utf8");
}
