import { t } from "./t.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const e = sqliteTable(
  "t",
  {
    id: text().primaryKey(),
    f: text("f", { length: 120 }).notNull().default("wording"),
    o: integer({ mode: "boolean" }).notNull(),
    tId: text("t_id")
      .notNull()
      .references(() => t.id, { onDelete: "restrict" }),
    status: text({ enum: ["f", "o", "retired"] })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex("t_f_unique").on(table.f),
    index("t_o_index").on(table.o, table.id),
    check("t_f_check", sql`length(${table.f}) <= 120`),
  ],
);

export type ARow = typeof e.$inferSelect;
export type AInsert = Omit<typeof e.$inferInsert, "id" | "createdAt" | "f">;
