import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Client } from "pg";

/** A new database on the server of `DATABASE_URL`, whose own one stays as it is. */
export async function createDatabase() {
  const server = serverUrl();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = name;
  return {
    url: url.href,
    remove: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function serverUrl(): string {
  const file = existsSync(".env") ? readFileSync(".env", "utf8") : "";
  const url = process.env.DATABASE_URL ?? parseEnv(file).DATABASE_URL;
  if (url) return url;
  throw new Error("DATABASE_URL names no server for the tests' databases.");
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
