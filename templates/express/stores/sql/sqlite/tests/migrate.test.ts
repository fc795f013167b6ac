import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "../src/db/client.js";
import { migrateDown, migrateUp } from "../src/db/migrate.js";

async function schema() {
  return db.all(
    sql`SELECT name, sql FROM sqlite_master WHERE tbl_name NOT GLOB '__drizzle*' ORDER BY name`,
  );
}

test("down undoes what up does, and up does it again", async () => {
  const before = await schema();
  expect(before).not.toEqual([]);
  expect(await migrateDown()).toBe(true);
  expect(await schema()).toEqual([]);
  expect(await migrateDown()).toBe(false);
  await migrateUp();
  await migrateUp();
  expect(await schema()).toEqual(before);
});
