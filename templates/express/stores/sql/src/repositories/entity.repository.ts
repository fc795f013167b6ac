⟦= imports ⟧
⟦%- include "express/stores/sql/src/repositories/aliases.ts" %⟧
⟦%- for condition in conditions %⟧

/** ⟦= condition.doc ⟧ */
function ⟦= condition.name ⟧(⟦= condition.parameters ⟧) {
  ⟦= condition.origin ⟧return ⟦= condition.expression ⟧;⟦= none ⟧
}
⟦%- endfor %⟧
⟦%- include "express/stores/sql/src/repositories/sets.ts" %⟧
⟦%- if has_list %⟧

export async function list(⟦= list_parameters ⟧) {
  const condition = and(⟦= list_condition ⟧⟦% if let Some(columns) = searched %⟧holding([⟦= columns ⟧], query.search), ⟦% endif %⟧...matching(table, query.filters));
  const rows = await db
    .select()
    .from(table)
    .where(condition)
    .orderBy(...ordering(table, query.sort))
    .limit(query.limit)
    .offset(offset(query));
  return { rows⟦% if !sets.is_empty() %⟧: await withSets(db, rows)⟦% endif %⟧, total: Number(await db.$count(table, condition)) };
}
⟦%- endif %⟧
⟦%- if has_find %⟧

export async function find(⟦= find_parameters ⟧): Promise<⟦= names.row ⟧ | undefined> {
⟦%- if sets.is_empty() %⟧
  const [row] = await reader.select().from(table).where(⟦= find_condition ⟧);
⟦%- else %⟧
  const found = await reader.select().from(table).where(⟦= find_condition ⟧);
  const [row] = await withSets(reader, found);
⟦%- endif %⟧
  return row;
}
⟦%- endif %⟧
⟦%- if has_many %⟧

/** Those of these rows that the caller may read. */
export async function findMany(⟦= many_parameters ⟧): Promise<⟦= names.row ⟧[]> {
⟦%- if sets.is_empty() %⟧
  return db.select().from(table).where(⟦= count_condition ⟧);
⟦%- else %⟧
  return withSets(db, await db.select().from(table).where(⟦= count_condition ⟧));
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if let Some(readable) = readable_fields %⟧

/** Which fields the caller may read of each row, where other rows decide it. */
export async function readableFields(⟦= readable.parameters ⟧): Promise<Map<string, ⟦= readable.result ⟧>> {
  const rows = await db
    .select({
      id: table.id,
⟦%- for field in readable.fields %⟧
      ⟦= field ⟧,
⟦%- endfor %⟧
    })
    .from(table)
    .where(inArray(table.id, ids));
  return new Map(rows.map(({ id, ...fields }) => [id, fields]));
}
⟦%- endif %⟧
⟦%- for link in links %⟧

/** ⟦= link.doc ⟧ */
export async function ⟦= link.name ⟧(⟦= link.parameters ⟧): Promise<Link[]> {
⟦%- if let Some(pairs) = link.pairs %⟧
  const pairs = db
    .selectDistinct({ owner: ⟦= pairs.owner ⟧, id: ⟦= pairs.id ⟧ })
    .from(⟦= pairs.table ⟧)
    .where(⟦= pairs.condition ⟧)
    .as("pairs");
⟦%- endif %⟧
  const ranked = db
    .select({ owner: ⟦= link.owner ⟧, id: table.id, place: placeAmong(⟦= link.owner ⟧, table) })
    .from(⟦= link.from ⟧)⟦% if !link.condition.is_empty() %⟧
    .where(⟦= link.condition ⟧)⟦% endif %⟧
    .as("ranked");
  return db
    .select({ owner: ranked.owner, id: ranked.id })
    .from(ranked)
    .where(lte(ranked.place, maxIncluded))
    .orderBy(asc(ranked.place));
}
⟦%- endfor %⟧
⟦%- if has_count %⟧

/** How many of these rows there are that the caller may read. */
export async function count(reader: Reader⟦= count_caller ⟧, ids: string[]): Promise<number> {
  return Number(await reader.$count(table, ⟦= count_condition ⟧));
}
⟦%- endif %⟧
⟦%- include "express/stores/sql/src/repositories/checks.ts" %⟧
⟦%- if let Some(condition) = conflicting %⟧

/** The row that stands in the way of a new one, because some value is taken. */
export async function findConflicting(reader: Reader, row: ⟦= names.row ⟧): Promise<⟦= stored ⟧ | undefined> {
  const [conflicting] = await reader.select().from(table).where(⟦= condition ⟧).limit(1);
  return conflicting;
}
⟦%- endif %⟧
⟦%- include "express/stores/sql/src/repositories/copied.ts" %⟧
⟦%- if has_insert %⟧

export async function insert(tx: Transaction, ⟦= inserted ⟧: ⟦= names.row ⟧): Promise<⟦= names.row ⟧> {
⟦%- if let Some(refusable) = refusable_insert %⟧
  const inserted = ⟦= insertion ⟧;
  ⟦= keep ⟧ only(await ⟦= refusable ⟧);
⟦%- else %⟧
  ⟦= keep ⟧ only(await ⟦= insertion ⟧);
⟦%- endif %⟧
⟦%- if !sets.is_empty() %⟧
⟦%- for set in sets %⟧
  await add⟦= set.pascal ⟧(tx, stored.id, ⟦= set.property.variable ⟧);
⟦%- endfor %⟧
  return { ...stored⟦% for set in sets %⟧, ⟦= set.property.member() ⟧⟦% endfor %⟧ };
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if has_update %⟧

export async function update(
  tx: Transaction,
  id: string,
  ⟦= changed ⟧: ⟦= names.pascal ⟧Update & { ⟦= keys.name("updated_at") ⟧: string },
): Promise<⟦= names.row ⟧> {
⟦%- if let Some(refusable) = refusable_update %⟧
  const updated = tx.update(table).set(changes).where(eq(table.id, id)).returning();
  ⟦= keep ⟧ only(await ⟦= refusable ⟧);
⟦%- else %⟧
  ⟦= keep ⟧ only(await tx.update(table).set(changes).where(eq(table.id, id)).returning());
⟦%- endif %⟧
⟦%- if !sets.is_empty() %⟧
⟦%- for set in changed_sets %⟧
  if (⟦= set.property.variable ⟧) await replace⟦= set.pascal ⟧(tx, id, ⟦= set.property.variable ⟧);
⟦%- endfor %⟧
  return only(await withSets(tx, [stored]));
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- if waits %⟧

/** Lets a row refer to others that may have been stored after it. */
export async function refer(tx: Transaction, id: string, references: Partial<⟦= stored ⟧>): Promise<void> {
  await tx.update(table).set(references).where(eq(table.id, id));
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
