import { tbcdfghjklmnp } from "./tbcdfghjklmnp.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnp = sqliteTable(
  "tbcdfghjklmnp",
  {
    id: text().primaryKey(),
    fbcdfghjklmnp: text("fbcdfghjklmnp", { length: 120 })
      .notNull()
      .default("wording wording wording wording"),
    obcdfghjklmnp: integer({ mode: "boolean" }).notNull(),
    tbcdfghjklmnpId: text("tbcdfghjklmnp_id")
      .notNull()
      .references(() => tbcdfghjklmnp.id, { onDelete: "restrict" }),
    status: text({ enum: ["fbcdfghjklmnp", "obcdfghjklmnp", "retired"] })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex("tbcdfghjklmnp_fbcdfghjklmnp_unique").on(table.fbcdfghjklmnp),
    index("tbcdfghjklmnp_obcdfghjklmnp_index").on(
      table.obcdfghjklmnp,
      table.id,
    ),
    check(
      "tbcdfghjklmnp_fbcdfghjklmnp_check",
      sql`length(${table.fbcdfghjklmnp}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpRow = typeof ebcdfghjklmnp.$inferSelect;
export type AbcdfghjklmnpInsert = Omit<
  typeof ebcdfghjklmnp.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnp"
>;
