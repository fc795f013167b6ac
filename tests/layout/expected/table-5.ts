import { tbcdf } from "./tbcdf.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdf = sqliteTable(
  "tbcdf",
  {
    id: text().primaryKey(),
    fbcdf: text("fbcdf", { length: 120 }).notNull().default("wording wording"),
    obcdf: integer({ mode: "boolean" }).notNull(),
    tbcdfId: text("tbcdf_id")
      .notNull()
      .references(() => tbcdf.id, { onDelete: "restrict" }),
    status: text({ enum: ["fbcdf", "obcdf", "retired"] })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex("tbcdf_fbcdf_unique").on(table.fbcdf),
    index("tbcdf_obcdf_index").on(table.obcdf, table.id),
    check("tbcdf_fbcdf_check", sql`length(${table.fbcdf}) <= 120`),
  ],
);

export type AbcdfRow = typeof ebcdf.$inferSelect;
export type AbcdfInsert = Omit<
  typeof ebcdf.$inferInsert,
  "id" | "createdAt" | "fbcdf"
>;
