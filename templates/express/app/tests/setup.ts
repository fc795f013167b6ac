import { afterAll⟦% if !emptied.is_empty() %⟧, beforeEach⟦% endif %⟧ } from "vitest";
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
const { closeDatabase⟦% if !emptied.is_empty() %⟧, db⟦% endif %⟧ } = await import("../src/db/client.js");
const { migrateUp } = await import("../src/db/migrate.js");
⟦%- for names in emptied %⟧
const { ⟦= names.table ⟧ } = await import("../src/models/⟦= names.stem ⟧.model.js");
⟦%- endfor %⟧

logger.level = "silent";
await migrateUp();
⟦%- if !emptied.is_empty() %⟧

// There are not enough different rows for all tests.
beforeEach(async () => {
⟦%- for names in emptied %⟧
  await db.delete(⟦= names.table ⟧);
⟦%- endfor %⟧
});
⟦%- endif %⟧

afterAll(async () => {
  await closeDatabase();
  await database.remove();
});
