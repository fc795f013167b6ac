import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

// Each test file has a database of its own, and limits out of its way.

const folder = mkdtempSync(join(tmpdir(), "⟦= name ⟧-"));

Object.assign(process.env, {
  APP_ENV: "test",
  DATABASE_URL: `file:${join(folder, "test.db")}`,
⟦%- for (name, value) in environment %⟧
  ⟦= name ⟧: "⟦= value ⟧",
⟦%- endfor %⟧
});

// Only now, because the configuration is read on import.
const { logger } = await import("../src/config/logger.js");
const { closeDatabase, prepareDatabase } = await import("../src/db/client.js");
const { migrateUp } = await import("../src/db/migrate.js");

logger.level = "silent";
await prepareDatabase();
await migrateUp();

afterAll(() => {
  closeDatabase();
  rmSync(folder, { recursive: true });
});
