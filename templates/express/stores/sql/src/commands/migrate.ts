import { closeDatabase } from "../db/client.js";
import { migrateDown, migrateUp } from "../db/migrate.js";

/** `migrate up` applies what is missing, `migrate down` undoes one step. */

const [direction] = process.argv.slice(2);

if (direction === "up") {
  await migrateUp();
  process.stdout.write("The database is up to date.\n");
} else if (direction === "down") {
  const undone = await migrateDown();
  process.stdout.write(
    undone ? "Undid one migration.\n" : "Nothing to undo.\n",
  );
} else {
  process.stderr.write("Usage: npm run migrate -- up|down\n");
  process.exitCode = 2;
}
await closeDatabase();
