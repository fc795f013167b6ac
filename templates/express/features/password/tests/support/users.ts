⟦= imports ⟧

export const password = "⟦= password ⟧";
⟦%- if !fields.is_empty() %⟧

/** What a new user tells beside address and password. */
⟦% if stores_rows %⟧export async function profile(): Promise<Omit<Registration, "email" | "password">> {⟦% else %⟧export function profile(): Omit<Registration, "email" | "password"> {⟦% endif %⟧
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
    ...⟦= profile ⟧,
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
⟦%- if let Some(behind) = behind %⟧

/** A user whose references lead to rows as the rules look for them, signed in. */
export async function signUpCaller(role: User["role"] = null, given: Partial<User> = {}) {
⟦%- for (name, stored) in behind.rows %⟧
  const ⟦= name ⟧ = await ⟦= stored ⟧;
⟦%- endfor %⟧
  const caller = await signUp(role, { ⟦% for (name, value) in behind.references %⟧⟦= name ⟧: ⟦= value ⟧, ⟦% endfor %⟧...given });
  return { ...caller, user: { ...caller.user⟦% for (name, value) in behind.members %⟧, ⟦= name ⟧: ⟦= value ⟧⟦% endfor %⟧ } };
}

/** A user who calls, with the rows behind. */
export type Me = Awaited<ReturnType<typeof signUpCaller>>["user"];
⟦%- endif %⟧
⟦%- if let Some(refers) = refers %⟧

/** Lets a user refer to a row, and gives back the row's id. */
export async function refer<Field extends keyof User, To extends User[Field]>(id: string, field: Field, to: To): Promise<To> {
  const references: Partial<User> = {};
  references[field] = to;
  await write((tx) => ⟦= refers ⟧);
  return to;
}
⟦%- endif %⟧
⟦%- if !joined.is_empty() %⟧

const adding = {
⟦%- for set in joined %⟧
  ⟦= set.property.property ⟧: users.add⟦= set.pascal ⟧,
⟦%- endfor %⟧
};

/** Lets a user have a row among those of a set. */
export async function addTo(id: string, set: keyof typeof adding, to: string): Promise<void> {
  await write((tx) => adding[set](tx, id, [to]));
}
⟦%- endif %⟧
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
