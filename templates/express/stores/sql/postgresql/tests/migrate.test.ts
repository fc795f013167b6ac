import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "../src/db/client.js";
import { migrateDown, migrateUp } from "../src/db/migrate.js";

async function schema() {
  const columns = await db.execute(
    sql`SELECT attrelid::regclass::text AS relation, attname, format_type(atttypid, atttypmod) AS type, attnotnull
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        ORDER BY relation, attnum`,
  );
  const constraints = await db.execute(
    sql`SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY conname`,
  );
  return [...columns.rows, ...constraints.rows];
}

test("down undoes what up does, and up does it again", async () => {
  const before = await schema();
  expect(before).not.toEqual([]);
  expect(await migrateDown()).toBe(true);
  expect(await schema()).toEqual([]);
  expect(await migrateDown()).toBe(false);
  await Promise.all([migrateUp(), migrateUp()]);
  expect(await schema()).toEqual(before);
});
