import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new database in a folder of its own. */
export async function createDatabase() {
  const folder = await mkdtemp(join(tmpdir(), "⟦= name ⟧-"));
  return {
    url: `file:${join(folder, "test.db")}`,
    remove: () => rm(folder, { recursive: true }),
  };
}
