import { tbcdfghjklmnpqrst } from "./tbcdfghjklmnpqrst.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrst = sqliteTable(
  "tbcdfghjklmnpqrst",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrst: text("fbcdfghjklmnpqrst", { length: 120 })
      .notNull()
      .default("wording wording wording wording wording"),
    obcdfghjklmnpqrst: integer({ mode: "boolean" }).notNull(),
    tbcdfghjklmnpqrstId: text("tbcdfghjklmnpqrst_id")
      .notNull()
      .references(() => tbcdfghjklmnpqrst.id, { onDelete: "restrict" }),
    status: text({
      enum: ["fbcdfghjklmnpqrst", "obcdfghjklmnpqrst", "retired"],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex("tbcdfghjklmnpqrst_fbcdfghjklmnpqrst_unique").on(
      table.fbcdfghjklmnpqrst,
    ),
    index("tbcdfghjklmnpqrst_obcdfghjklmnpqrst_index").on(
      table.obcdfghjklmnpqrst,
      table.id,
    ),
    check(
      "tbcdfghjklmnpqrst_fbcdfghjklmnpqrst_check",
      sql`length(${table.fbcdfghjklmnpqrst}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstRow = typeof ebcdfghjklmnpqrst.$inferSelect;
export type AbcdfghjklmnpqrstInsert = Omit<
  typeof ebcdfghjklmnpqrst.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrst"
>;
