⟦= imports ⟧
⟦%- include "express/stores/sql/src/repositories/aliases.ts" %⟧
⟦%- include "express/stores/sql/src/repositories/sets.ts" %⟧

export async function find(
  reader: Reader,
  id: string,
): Promise<User | undefined> {
⟦%- if kept.sets.is_empty() %⟧
  const [user] = await reader.select().from(table).where(eq(table.id, id));
⟦%- else %⟧
  const found = await reader.select().from(table).where(eq(table.id, id));
  const [user] = await withSets(reader, found);
⟦%- endif %⟧
  return user;
}

export async function findByEmail(
  reader: Reader,
  email: string,
): Promise<User | undefined> {
⟦%- if kept.sets.is_empty() %⟧
  const [user] = await reader
    .select()
    .from(table)
    .where(eq(table.email, email));
⟦%- else %⟧
  const found = await reader.select().from(table).where(eq(table.email, email));
  const [user] = await withSets(reader, found);
⟦%- endif %⟧
  return user;
}
⟦%- include "express/stores/sql/src/repositories/copied.ts" %⟧

export async function insert(tx: Transaction, ⟦= inserted_row ⟧: User): Promise<User> {
  const inserted = tx.insert(table).values(row).returning();
⟦%- if kept.sets.is_empty() %⟧
  return only(await ⟦= inserted ⟧);
⟦%- else %⟧
  const stored = only(await ⟦= inserted ⟧);
⟦%- for KeptSet { set, .. } in kept.sets %⟧
  await add⟦= set.pascal ⟧(tx, stored.id, ⟦= set.property.variable ⟧);
⟦%- endfor %⟧
  return { ...stored⟦% for KeptSet { set, .. } in kept.sets %⟧, ⟦= set.property.member() ⟧⟦% endfor %⟧ };
⟦%- endif %⟧
}
⟦%- if has_profile %⟧

export async function update(
  tx: Transaction,
  id: string,
  ⟦= changed ⟧: ProfileChange & { ⟦= keys.name("updated_at") ⟧: string },
): Promise<User> {
  const updated = tx.update(table).set(changes).where(eq(table.id, id)).returning();
⟦%- if kept.sets.is_empty() %⟧
  return only(await ⟦= updated ⟧);
⟦%- else %⟧
  const stored = only(await ⟦= updated ⟧);
⟦%- for set in changed_sets %⟧
  if (⟦= set.property.variable ⟧) await replace⟦= set.pascal ⟧(tx, id, ⟦= set.property.variable ⟧);
⟦%- endfor %⟧
  return only(await withSets(tx, [stored]));
⟦%- endif %⟧
}
⟦%- endif %⟧
⟦%- include "express/stores/sql/src/repositories/checks.ts" %⟧
⟦%- if waits %⟧

/** Lets a user refer to rows that may have been stored after it. */
export async function refer(tx: Transaction, id: string, references: Partial<⟦% if kept.sets.is_empty() %⟧User⟦% else %⟧Stored⟦% endif %⟧>): Promise<void> {
  await tx.update(table).set(references).where(eq(table.id, id));
}
⟦%- endif %⟧

/** The user with the new password, unless another one has been set meanwhile. */
export async function changePassword(
  tx: Transaction,
  user: User,
  passwordHash: string,
): Promise<User | undefined> {
  const same = and(eq(table.id, user.id), eq(table.⟦= keys.name("password_hash") ⟧, user.⟦= keys.name("password_hash") ⟧));
⟦%- if kept.sets.is_empty() %⟧
  const [changed] = await tx.update(table).set({ ⟦= keys.member("password_hash") ⟧, epoch: user.epoch + 1 }).where(same).returning();
⟦%- else %⟧
  const found = await tx.update(table).set({ ⟦= keys.member("password_hash") ⟧, epoch: user.epoch + 1 }).where(same).returning();
  const [changed] = await withSets(tx, found);
⟦%- endif %⟧
  return changed;
}
