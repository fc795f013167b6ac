⟦= imports ⟧
⟦%- if let Some(doc) = doc %⟧

⟦= doc ⟧
⟦%- else %⟧
⟦% endif %⟧
export const ⟦= table ⟧ = ⟦= create_table ⟧(⟦= name ⟧, {
⟦%- for column in columns %⟧
  ⟦= column.origin ⟧⟦= column.property ⟧: ⟦= column.definition ⟧,
⟦%- endfor %⟧⟦= none ⟧
}
⟦%- if !extras.is_empty() %⟧, (table) => [
⟦%- for extra in extras %⟧
  ⟦= extra ⟧,
⟦%- endfor %⟧
]
⟦%- endif %⟧);
⟦%- if let Some(row) = row %⟧

export type ⟦= row ⟧ = typeof ⟦= table ⟧.$inferSelect⟦% if let Some(beside) = beside %⟧ & ⟦= beside ⟧⟦% endif %⟧;
⟦%- endif %⟧
