import { ⟦= n.table ⟧ } from "./⟦= n.table ⟧.js";
import { integer, sqliteTable, text, uniqueIndex, index, check } from "drizzle-orm/sqlite-core";

⟦= n.doc ⟧
export const ⟦= n.entity ⟧ = sqliteTable("⟦= n.table ⟧", {
  id: text().primaryKey(),
  ⟦= n.field ⟧: text("⟦= n.field ⟧", { length: 120 }).notNull().default(⟦= n.value ⟧),
  ⟦= n.other ⟧: integer({ mode: "boolean" }).notNull(),
  ⟦= n.table ⟧Id: text("⟦= n.table ⟧_id").notNull().references(() => ⟦= n.table ⟧.id, { onDelete: "restrict" }),
  status: text({ enum: ["⟦= n.field ⟧", "⟦= n.other ⟧", "retired"] }).notNull().default("retired"),
}, (table) => [uniqueIndex("⟦= n.table ⟧_⟦= n.field ⟧_unique").on(table.⟦= n.field ⟧), index("⟦= n.table ⟧_⟦= n.other ⟧_index").on(table.⟦= n.other ⟧, table.id), check("⟦= n.table ⟧_⟦= n.field ⟧_check", sql`length(${table.⟦= n.field ⟧}) <= 120`)]);

export type ⟦= n.class ⟧Row = typeof ⟦= n.entity ⟧.$inferSelect;
export type ⟦= n.class ⟧Insert = Omit<typeof ⟦= n.entity ⟧.$inferInsert, "id" | "createdAt" | "⟦= n.field ⟧">;
