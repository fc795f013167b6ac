⟦= imports ⟧
⟦%- if let Some(doc) = doc %⟧

⟦= doc ⟧
⟦%- else %⟧
⟦% endif %⟧
export const ⟦= table ⟧ = sqliteTable(⟦= name ⟧, {
⟦%- for column in columns %⟧
  ⟦= column.origin ⟧⟦= column.property ⟧: ⟦= column.definition ⟧,
⟦%- endfor %⟧⟦= none ⟧
}
⟦%- if !indexes.is_empty() %⟧, (table) => [
⟦%- for index in indexes %⟧
  index("⟦= index.name ⟧").on(table.⟦= index.property ⟧),
⟦%- endfor %⟧
]
⟦%- endif %⟧);

export type ⟦= row ⟧ = typeof ⟦= table ⟧.$inferSelect;
