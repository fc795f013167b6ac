⟦%- if !kept.sets.is_empty() %⟧

type Stored = typeof table.$inferSelect;

/** The rows with the sets that they have. */
⟦= kept.shared ⟧async function withSets(reader: Reader, rows: Stored[]): Promise<⟦= kept.row ⟧[]> {
  const ids = rows.map(({ id }) => id);
⟦%- for KeptSet { set, .. } in kept.sets %⟧
  const ⟦= set.name ⟧ = Map.groupBy(
    await reader.select().from(⟦= set.table ⟧).where(inArray(⟦= set.table ⟧.⟦= set.owner.property ⟧, ids)).orderBy(asc(⟦= set.table ⟧.⟦= set.key.property ⟧)),
    (each) => each.⟦= set.owner.property ⟧,
  );
⟦%- endfor %⟧
  return rows.map((row) => ({
    ...row,
⟦%- for KeptSet { set, .. } in kept.sets %⟧
    ⟦= set.property.property ⟧: ⟦= set.name ⟧.get(row.id)?.map((each) => each.⟦= set.key.property ⟧) ?? [],
⟦%- endfor %⟧
  }));
}
⟦%- endif %⟧
⟦%- for KeptSet { set, adds, added, replaces, replaced } in kept.sets %⟧
⟦%- if adds %⟧

⟦= added ⟧async function add⟦= set.pascal ⟧(tx: Transaction, ⟦= set.owner.variable ⟧: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = ids.map((⟦= set.key.variable ⟧) => ({ ⟦= set.owner.member() ⟧, ⟦= set.key.member() ⟧ }));
  await tx.insert(⟦= set.table ⟧).values(rows);
}
⟦%- endif %⟧
⟦%- if replaces %⟧

⟦= replaced ⟧async function replace⟦= set.pascal ⟧(tx: Transaction, ⟦= set.owner.variable ⟧: string, ids: string[]): Promise<void> {
  await tx.delete(⟦= set.table ⟧).where(eq(⟦= set.table ⟧.⟦= set.owner.property ⟧, ⟦= set.owner.variable ⟧));
  await add⟦= set.pascal ⟧(tx, ⟦= set.owner.variable ⟧, ids);
}
⟦%- endif %⟧
⟦%- endfor %⟧
