import { write } from "../../src/db/client.js";
import type { User } from "../../src/models/user.model.js";
import { createUser } from "../../src/services/auth.service.js";
import { signAccessToken } from "../../src/utils/access-token.js";
import { hashPassword } from "../../src/utils/password.js";
⟦%- if unique %⟧
import { randomUUID } from "node:crypto";
⟦%- endif %⟧

export const password = "a password for tests";
⟦%- if !fields.is_empty() %⟧

/** What a new user tells beside address and password. */
export const profile = () => ({
⟦%- for (name, value) in fields %⟧
  ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
});
⟦%- endif %⟧

let made = 0;

/** A number that has not been used before. */
function next(): number {
  made += 1;
  return made;
}

/** A new user, signed in. */
export async function signUp(role: User["role"] = null) {
  const email = `user-${next()}@example.com`;
  const passwordHash = await hashPassword(password);
  const user = await write((tx) => createUser(tx, { ⟦% if !fields.is_empty() %⟧...profile(), ⟦% endif %⟧email, passwordHash, role }));
  const token = await signAccessToken(user);
  return { id: user.id, user, headers: { Authorization: `Bearer ${token}` } };
}
