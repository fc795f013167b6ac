import { tbcdfghjklmnpqrstvwxzbcdfghjk } from "./tbcdfghjklmnpqrstvwxzbcdfghjk.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrstvwxzbcdfghjk = sqliteTable(
  "tbcdfghjklmnpqrstvwxzbcdfghjk",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrstvwxzbcdfghjk: text("fbcdfghjklmnpqrstvwxzbcdfghjk", {
      length: 120,
    })
      .notNull()
      .default(
        "wording wording wording wording wording wording wording wording",
      ),
    obcdfghjklmnpqrstvwxzbcdfghjk: integer({ mode: "boolean" }).notNull(),
    tbcdfghjklmnpqrstvwxzbcdfghjkId: text("tbcdfghjklmnpqrstvwxzbcdfghjk_id")
      .notNull()
      .references(() => tbcdfghjklmnpqrstvwxzbcdfghjk.id, {
        onDelete: "restrict",
      }),
    status: text({
      enum: [
        "fbcdfghjklmnpqrstvwxzbcdfghjk",
        "obcdfghjklmnpqrstvwxzbcdfghjk",
        "retired",
      ],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex(
      "tbcdfghjklmnpqrstvwxzbcdfghjk_fbcdfghjklmnpqrstvwxzbcdfghjk_unique",
    ).on(table.fbcdfghjklmnpqrstvwxzbcdfghjk),
    index(
      "tbcdfghjklmnpqrstvwxzbcdfghjk_obcdfghjklmnpqrstvwxzbcdfghjk_index",
    ).on(table.obcdfghjklmnpqrstvwxzbcdfghjk, table.id),
    check(
      "tbcdfghjklmnpqrstvwxzbcdfghjk_fbcdfghjklmnpqrstvwxzbcdfghjk_check",
      sql`length(${table.fbcdfghjklmnpqrstvwxzbcdfghjk}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstvwxzbcdfghjkRow =
  typeof ebcdfghjklmnpqrstvwxzbcdfghjk.$inferSelect;
export type AbcdfghjklmnpqrstvwxzbcdfghjkInsert = Omit<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjk.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrstvwxzbcdfghjk"
>;
