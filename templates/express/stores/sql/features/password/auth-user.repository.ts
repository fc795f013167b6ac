import { and, eq } from "drizzle-orm";
import type { Reader, Transaction } from "../db/client.js";
import { ⟦= refused ⟧ } from "../db/constraints.js";
import { only } from "../db/rows.js";
import { ⟦= table ⟧ as table, type User } from "../models/user.model.js";
⟦%- if has_profile %⟧
import type { ProfileChange } from "../schemas/auth.schema.js";
⟦%- endif %⟧

export async function find(
  reader: Reader,
  id: string,
): Promise<User | undefined> {
  const [user] = await reader.select().from(table).where(eq(table.id, id));
  return user;
}

export async function findByEmail(
  reader: Reader,
  email: string,
): Promise<User | undefined> {
  const [user] = await reader
    .select()
    .from(table)
    .where(eq(table.email, email));
  return user;
}

export async function insert(tx: Transaction, row: User): Promise<User> {
  const inserted = tx.insert(table).values(row).returning();
  return only(await ⟦= inserted ⟧);
}
⟦%- if has_profile %⟧

export async function update(
  tx: Transaction,
  id: string,
  changes: ProfileChange & { ⟦= keys.name("updated_at") ⟧: string },
): Promise<User> {
  const updated = tx.update(table).set(changes).where(eq(table.id, id)).returning();
  return only(await ⟦= updated ⟧);
}
⟦%- endif %⟧
⟦%- if waits %⟧

/** Lets a user refer to rows that may have been stored after it. */
export async function refer(tx: Transaction, id: string, references: Partial<User>): Promise<void> {
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
  const [changed] = await tx.update(table).set({ ⟦= keys.member("password_hash") ⟧, epoch: user.epoch + 1 }).where(same).returning();
  return changed;
}
