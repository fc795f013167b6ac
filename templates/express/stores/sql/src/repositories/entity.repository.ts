⟦= imports ⟧
⟦%- for condition in conditions %⟧

/** ⟦= condition.doc ⟧ */
function ⟦= condition.name ⟧(⟦= condition.parameters ⟧) {
  ⟦= condition.origin ⟧return ⟦= condition.expression ⟧;⟦= none ⟧
}
⟦%- endfor %⟧
⟦%- if has_list %⟧

export async function list(⟦= list_parameters ⟧) {
  const condition = and(⟦= list_condition ⟧...matching(table, query.filters));
  const rows = await db
    .select()
    .from(table)
    .where(condition)
    .orderBy(...ordering(table, query.sort))
    .limit(query.limit)
    .offset(offset(query));
  return { rows, total: Number(await db.$count(table, condition)) };
}
⟦%- endif %⟧
⟦%- if has_find %⟧

export async function find(⟦= find_parameters ⟧): Promise<⟦= names.row ⟧ | undefined> {
  const [row] = await reader.select().from(table).where(⟦= find_condition ⟧);
  return row;
}
⟦%- endif %⟧
⟦%- if let Some(condition) = conflicting %⟧

/** The row that stands in the way of a new one, because some value is taken. */
export async function findConflicting(reader: Reader, row: ⟦= names.row ⟧): Promise<⟦= names.row ⟧ | undefined> {
  const [conflicting] = await reader.select().from(table).where(⟦= condition ⟧).limit(1);
  return conflicting;
}
⟦%- endif %⟧
⟦%- if has_insert %⟧

export async function insert(tx: Transaction, row: ⟦= names.row ⟧): Promise<⟦= names.row ⟧> {
⟦%- if let Some(fields) = unique %⟧
  const inserted = tx.insert(table).values(row).returning();
  return only(await rejectTaken(inserted, ⟦= fields ⟧));
⟦%- else %⟧
  return only(await tx.insert(table).values(row).returning());
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if has_update %⟧

export async function update(
  tx: Transaction,
  id: string,
  changes: ⟦= names.pascal ⟧Update & { updatedAt: string },
): Promise<⟦= names.row ⟧> {
⟦%- if let Some(fields) = unique %⟧
  const updated = tx.update(table).set(changes).where(eq(table.id, id)).returning();
  return only(await rejectTaken(updated, ⟦= fields ⟧));
⟦%- else %⟧
  return only(await tx.update(table).set(changes).where(eq(table.id, id)).returning());
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if has_delete %⟧

export async function remove(tx: Transaction, id: string): Promise<void> {
⟦%- if restricted %⟧
  await rejectReferenced(tx.delete(table).where(eq(table.id, id)));
⟦%- else %⟧
  await tx.delete(table).where(eq(table.id, id));
⟦%- endif %⟧
}
⟦%- endif %⟧
