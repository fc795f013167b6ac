import { tbcdfghjk } from "./tbcdfghjk.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjk = sqliteTable(
  "tbcdfghjk",
  {
    id: text().primaryKey(),
    fbcdfghjk: text("fbcdfghjk", { length: 120 })
      .notNull()
      .default("wording wording wording"),
    obcdfghjk: integer({ mode: "boolean" }).notNull(),
    tbcdfghjkId: text("tbcdfghjk_id")
      .notNull()
      .references(() => tbcdfghjk.id, { onDelete: "restrict" }),
    status: text({ enum: ["fbcdfghjk", "obcdfghjk", "retired"] })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex("tbcdfghjk_fbcdfghjk_unique").on(table.fbcdfghjk),
    index("tbcdfghjk_obcdfghjk_index").on(table.obcdfghjk, table.id),
    check("tbcdfghjk_fbcdfghjk_check", sql`length(${table.fbcdfghjk}) <= 120`),
  ],
);

export type AbcdfghjkRow = typeof ebcdfghjk.$inferSelect;
export type AbcdfghjkInsert = Omit<
  typeof ebcdfghjk.$inferInsert,
  "id" | "createdAt" | "fbcdfghjk"
>;
