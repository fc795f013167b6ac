import { tbcdfghjklmnpqrstvwxzbcdfghjklmnp } from "./tbcdfghjklmnpqrstvwxzbcdfghjklmnp.js";
import {
  integer,
  sqliteTable,
  text,
  uniqueIndex,
  index,
  check,
} from "drizzle-orm/sqlite-core";

/** A table of the store. */
export const ebcdfghjklmnpqrstvwxzbcdfghjklmnp = sqliteTable(
  "tbcdfghjklmnpqrstvwxzbcdfghjklmnp",
  {
    id: text().primaryKey(),
    fbcdfghjklmnpqrstvwxzbcdfghjklmnp: text(
      "fbcdfghjklmnpqrstvwxzbcdfghjklmnp",
      { length: 120 },
    )
      .notNull()
      .default(
        "wording wording wording wording wording wording wording wording wording",
      ),
    obcdfghjklmnpqrstvwxzbcdfghjklmnp: integer({ mode: "boolean" }).notNull(),
    tbcdfghjklmnpqrstvwxzbcdfghjklmnpId: text(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnp_id",
    )
      .notNull()
      .references(() => tbcdfghjklmnpqrstvwxzbcdfghjklmnp.id, {
        onDelete: "restrict",
      }),
    status: text({
      enum: [
        "fbcdfghjklmnpqrstvwxzbcdfghjklmnp",
        "obcdfghjklmnpqrstvwxzbcdfghjklmnp",
        "retired",
      ],
    })
      .notNull()
      .default("retired"),
  },
  (table) => [
    uniqueIndex(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnp_fbcdfghjklmnpqrstvwxzbcdfghjklmnp_unique",
    ).on(table.fbcdfghjklmnpqrstvwxzbcdfghjklmnp),
    index(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnp_obcdfghjklmnpqrstvwxzbcdfghjklmnp_index",
    ).on(table.obcdfghjklmnpqrstvwxzbcdfghjklmnp, table.id),
    check(
      "tbcdfghjklmnpqrstvwxzbcdfghjklmnp_fbcdfghjklmnpqrstvwxzbcdfghjklmnp_check",
      sql`length(${table.fbcdfghjklmnpqrstvwxzbcdfghjklmnp}) <= 120`,
    ),
  ],
);

export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpRow =
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnp.$inferSelect;
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpInsert = Omit<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnp.$inferInsert,
  "id" | "createdAt" | "fbcdfghjklmnpqrstvwxzbcdfghjklmnp"
>;
