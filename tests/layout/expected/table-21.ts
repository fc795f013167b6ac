import { tbcdfghjklmnpqrstvwxz } from "./tbcdfghjklmnpqrstvwxz.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrstvwxz = sqliteTable(
  "tbcdfghjklmnpqrstvwxz",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrstvwxz: text("fbcdfghjklmnpqrstvwxz", { length: 120 })
      .notNull()
      .default("wording wording wording wording wording wording"),
    obcdfghjklmnpqrstvwxz: integer({ mode: "boolean" }).notNull(),
    tbcdfghjklmnpqrstvwxzId: text("tbcdfghjklmnpqrstvwxz_id")
      .notNull()
      .references(() => tbcdfghjklmnpqrstvwxz.id, { onDelete: "restrict" }),
    status: text({
      enum: ["fbcdfghjklmnpqrstvwxz", "obcdfghjklmnpqrstvwxz", "retired"],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex("tbcdfghjklmnpqrstvwxz_fbcdfghjklmnpqrstvwxz_unique").on(
      table.fbcdfghjklmnpqrstvwxz,
    ),
    index("tbcdfghjklmnpqrstvwxz_obcdfghjklmnpqrstvwxz_index").on(
      table.obcdfghjklmnpqrstvwxz,
      table.id,
    ),
    check(
      "tbcdfghjklmnpqrstvwxz_fbcdfghjklmnpqrstvwxz_check",
      sql`length(${table.fbcdfghjklmnpqrstvwxz}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstvwxzRow =
  typeof ebcdfghjklmnpqrstvwxz.$inferSelect;
export type AbcdfghjklmnpqrstvwxzInsert = Omit<
  typeof ebcdfghjklmnpqrstvwxz.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrstvwxz"
>;
