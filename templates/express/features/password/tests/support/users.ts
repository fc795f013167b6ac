⟦% if keyed -%⟧
import { v7 as uuidv7 } from "uuid";
⟦% endif -%⟧
import { write } from "../../src/db/client.js";
import type { User } from "../../src/models/user.model.js";
⟦%- if !fields.is_empty() %⟧
import type { Registration } from "../../src/schemas/auth.schema.js";
⟦%- endif %⟧
import { createUser⟦% if stores %⟧, type NewUser⟦% endif %⟧ } from "../../src/services/auth.service.js";
import { signAccessToken } from "../../src/utils/access-token.js";
import { hashPassword } from "../../src/utils/password.js";
⟦%- if unique %⟧
import { randomUUID } from "node:crypto";
⟦%- endif %⟧

export const password = "⟦= password ⟧";
⟦%- if !fields.is_empty() %⟧

/** What a new user tells beside address and password. */
export function profile(): Omit<Registration, "email" | "password"> {
  return {
⟦%- for (name, value) in fields %⟧
    ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
  };
}
⟦%- endif %⟧

let made = 0;

/** A number that has not been used before. */
⟦% if counts %⟧export ⟦% endif %⟧function next(): number {
  made += 1;
  return made;
}

⟦% if stores -%⟧
/** A new user; what a test does not care about is made up. */
export async function storeUser(given: Partial<User> = {}): Promise<User> {
  const email = `user-${next()}@example.com`;
⟦%- if keyed %⟧
  const { id = uuidv7() } = given;
  const passwordHash = await hashPassword(password, id);
⟦%- else %⟧
  const passwordHash = await hashPassword(password);
⟦%- endif %⟧
  const user: NewUser = {
⟦%- if keyed %⟧
    id,
⟦%- endif %⟧
⟦%- if !fields.is_empty() %⟧
    ...profile(),
⟦%- endif %⟧
⟦%- for (name, value) in known %⟧
    ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
    email,
    ⟦= keys.member("password_hash") ⟧,
    role: null,
    ...given,
  };
  return write((tx) => createUser(tx, user));
}

/** A new user, signed in. */
export async function signUp(role: User["role"] = null, given: Partial<User> = {}) {
  const user = await storeUser({ ...given, role });
  const token = await signAccessToken(user);
  return { id: user.id, user, headers: { Authorization: `Bearer ${token}` } };
}
⟦%- else -%⟧
/** A new user, signed in. */
export async function signUp(role: User["role"] = null) {
  const email = `user-${next()}@example.com`;
⟦%- if keyed %⟧
  const id = uuidv7();
  const passwordHash = await hashPassword(password, id);
⟦%- else %⟧
  const passwordHash = await hashPassword(password);
⟦%- endif %⟧
  const user = await write((tx) => createUser(tx, { ⟦% if keyed %⟧id, ⟦% endif %⟧email, ⟦= keys.member("password_hash") ⟧, role }));
  const token = await signAccessToken(user);
  return { id: user.id, user, headers: { Authorization: `Bearer ${token}` } };
}
⟦%- endif %⟧
