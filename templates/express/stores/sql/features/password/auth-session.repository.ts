import { and, eq, gt, isNull, lte } from "drizzle-orm";
import type { Transaction } from "../db/client.js";
import {
  type AuthSession,
  authSessions as table,
} from "../models/auth-session.model.js";

export async function insert(tx: Transaction, row: AuthSession): Promise<void> {
  await tx.insert(table).values(row);
}

/** The session, unless it has been revoked or has expired. */
export async function findValid(
  tx: Transaction,
  id: string,
  now: string,
): Promise<AuthSession | undefined> {
  const valid = and(isNull(table.⟦= keys.name("revoked_at") ⟧), gt(table.⟦= keys.name("expires_at") ⟧, now));
  const [session] = await tx
    .select()
    .from(table)
    .where(and(eq(table.id, id), valid));
  return session;
}

/** Replaces the token with hash `from`; false if it is no longer the last one. */
export async function rotate(
  tx: Transaction,
  id: string,
  token: { from: string; to: string; now: string },
): Promise<boolean> {
  const rotated = await tx
    .update(table)
    .set({ ⟦= keys.name("token_hash") ⟧: token.to, ⟦= keys.name("updated_at") ⟧: token.now })
    .where(and(eq(table.id, id), eq(table.⟦= keys.name("token_hash") ⟧, token.from)))
    .returning({ id: table.id });
  return rotated.length === 1;
}

export async function revoke(
  tx: Transaction,
  id: string,
  now: string,
): Promise<void> {
  await tx
    .update(table)
    .set({ ⟦= keys.name("revoked_at") ⟧: now, ⟦= keys.name("updated_at") ⟧: now })
    .where(and(eq(table.id, id), isNull(table.⟦= keys.name("revoked_at") ⟧)));
}

export async function revokeAll(
  tx: Transaction,
  userId: string,
  now: string,
): Promise<void> {
  await tx
    .update(table)
    .set({ ⟦= keys.name("revoked_at") ⟧: now, ⟦= keys.name("updated_at") ⟧: now })
    .where(and(eq(table.⟦= keys.name("user_id") ⟧, userId), isNull(table.⟦= keys.name("revoked_at") ⟧)));
}

export async function removeExpired(
  tx: Transaction,
  userId: string,
  now: string,
): Promise<void> {
  await tx
    .delete(table)
    .where(and(eq(table.⟦= keys.name("user_id") ⟧, userId), lte(table.⟦= keys.name("expires_at") ⟧, now)));
}
