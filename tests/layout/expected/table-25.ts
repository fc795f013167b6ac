import { tbcdfghjklmnpqrstvwxzbcdf } from "./tbcdfghjklmnpqrstvwxzbcdf.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrstvwxzbcdf = sqliteTable(
  "tbcdfghjklmnpqrstvwxzbcdf",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrstvwxzbcdf: text("fbcdfghjklmnpqrstvwxzbcdf", {
      length: 120,
    })
      .notNull()
      .default("wording wording wording wording wording wording wording"),
    obcdfghjklmnpqrstvwxzbcdf: integer({ mode: "boolean" }).notNull(),
    tbcdfghjklmnpqrstvwxzbcdfId: text("tbcdfghjklmnpqrstvwxzbcdf_id")
      .notNull()
      .references(() => tbcdfghjklmnpqrstvwxzbcdf.id, { onDelete: "restrict" }),
    status: text({
      enum: [
        "fbcdfghjklmnpqrstvwxzbcdf",
        "obcdfghjklmnpqrstvwxzbcdf",
        "retired",
      ],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex(
      "tbcdfghjklmnpqrstvwxzbcdf_fbcdfghjklmnpqrstvwxzbcdf_unique",
    ).on(table.fbcdfghjklmnpqrstvwxzbcdf),
    index("tbcdfghjklmnpqrstvwxzbcdf_obcdfghjklmnpqrstvwxzbcdf_index").on(
      table.obcdfghjklmnpqrstvwxzbcdf,
      table.id,
    ),
    check(
      "tbcdfghjklmnpqrstvwxzbcdf_fbcdfghjklmnpqrstvwxzbcdf_check",
      sql`length(${table.fbcdfghjklmnpqrstvwxzbcdf}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstvwxzbcdfRow =
  typeof ebcdfghjklmnpqrstvwxzbcdf.$inferSelect;
export type AbcdfghjklmnpqrstvwxzbcdfInsert = Omit<
  typeof ebcdfghjklmnpqrstvwxzbcdf.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrstvwxzbcdf"
>;
