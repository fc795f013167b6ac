import { afterAll } from "vitest";
import { createDatabase } from "./support/database.js";

// Each test file has a database of its own, and limits out of its way.

const database = await createDatabase();

Object.assign(process.env, {
  APP_ENV: "test",
  DATABASE_URL: database.url,
⟦%- for (name, value) in environment %⟧
  ⟦= name ⟧: "⟦= value ⟧",
⟦%- endfor %⟧
});

// Only now, because the configuration is read on import.
const { logger } = await import("../src/config/logger.js");
const { closeDatabase } = await import("../src/db/client.js");
const { migrateUp } = await import("../src/db/migrate.js");

logger.level = "silent";
await migrateUp();

afterAll(async () => {
  await closeDatabase();
  await database.remove();
});
