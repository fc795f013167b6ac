// Runs the migrations of every project in this folder on an empty database: up, down and up again.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const MIGRATION = "0000_init";
let failed = 0;

for (const project of readdirSync(".", { withFileTypes: true })) {
  if (!project.isDirectory()) {
    continue;
  }
  const database = new DatabaseSync(":memory:");
  const tables = () =>
    database.prepare("select sql from sqlite_schema order by name").all();
  try {
    const read = (ending) =>
      readFileSync(
        join(project.name, "drizzle", `${MIGRATION}${ending}.sql`),
        "utf8",
      );
    database.exec(read(""));
    const after = JSON.stringify(tables());
    database.exec(read(".down"));
    if (tables().length > 0) {
      throw new Error("something is left after the migration was undone");
    }
    database.exec(read(""));
    if (JSON.stringify(tables()) !== after) {
      throw new Error("the second way up leads to other tables");
    }
  } catch (error) {
    failed += 1;
    console.log(`${project.name}: ${error.message}`);
  } finally {
    database.close();
  }
}
process.exitCode = failed === 0 ? 0 : 1;
