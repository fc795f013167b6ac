import { tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst } from "./tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst = sqliteTable(
  "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: text(
      "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
      { length: 120 },
    )
      .notNull()
      .default(
        "wording wording wording wording wording wording wording wording wording wording",
      ),
    obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: integer({
      mode: "boolean",
    }).notNull(),
    tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstId: text(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_id",
    )
      .notNull()
      .references(() => tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.id, {
        onDelete: "restrict",
      }),
    status: text({
      enum: [
        "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
        "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
        "retired",
      ],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_unique",
    ).on(table.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst),
    index(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_index",
    ).on(table.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst, table.id),
    check(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst_check",
      sql`length(${table.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstRow =
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.$inferSelect;
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstInsert = Omit<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst"
>;
