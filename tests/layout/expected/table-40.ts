import { tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx } from "./tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx = sqliteTable(
  "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: text(
      "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
      { length: 120 },
    )
      .notNull()
      .default(
        "wording wording wording wording wording wording wording wording wording wording wording",
      ),
    obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: integer({
      mode: "boolean",
    }).notNull(),
    tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxId: text(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_id",
    )
      .notNull()
      .references(() => tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.id, {
        onDelete: "restrict",
      }),
    status: text({
      enum: [
        "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
        "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
        "retired",
      ],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_unique",
    ).on(table.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx),
    index(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_index",
    ).on(table.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx, table.id),
    check(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx_check",
      sql`length(${table.fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxRow =
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.$inferSelect;
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxInsert = Omit<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx"
>;
