⟦%- if let Some(copied) = copied %⟧

/** What a new row copies from the rows that it refers to. */
export async function copied(reader: Reader, row: ⟦= copied.from ⟧): Promise<⟦= copied.result ⟧> {
⟦%- for from in copied.rows %⟧
  const [⟦= from.name ⟧] = ⟦% if let Some(nothing) = from.nothing %⟧row.⟦= from.property ⟧ === null ? [⟦= nothing ⟧] : ⟦% endif %⟧await reader.select({ ⟦= from.columns ⟧ }).from(⟦= from.table ⟧).where(eq(⟦= from.table ⟧.id, row.⟦= from.property ⟧));
  if (!⟦= from.name ⟧) throw new ApiError("CONFLICT", [["⟦= from.property ⟧", "reference"]]);
⟦%- endfor %⟧
⟦%- if let [from] = copied.rows.as_slice() %⟧
  return ⟦= from.name ⟧;
⟦%- else %⟧
  return { ⟦% for from in copied.rows %⟧...⟦= from.name ⟧, ⟦% endfor %⟧ };
⟦%- endif %⟧
}
⟦%- endif %⟧
