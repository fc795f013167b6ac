import { eq } from "drizzle-orm";
import type { Reader, Transaction } from "../db/client.js";
import { rejectTaken } from "../db/constraints.js";
import { users as table, type User } from "../models/user.model.js";

export async function find(
  reader: Reader,
  id: string,
): Promise<User | undefined> {
  return reader.select().from(table).where(eq(table.id, id)).get();
}

export async function findByEmail(
  reader: Reader,
  email: string,
): Promise<User | undefined> {
  return reader.select().from(table).where(eq(table.email, email)).get();
}

export async function insert(tx: Transaction, row: User): Promise<User> {
  const inserted = tx.insert(table).values(row).returning().get();
  return rejectTaken(inserted, { email: "email" });
}
