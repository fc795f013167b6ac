⟦= imports ⟧

const sessionMilliseconds = ⟦= session_milliseconds ⟧;

export interface Session {
  user: User;
  accessToken: string;
  refreshToken: string;
}

// Checked for addresses that nobody has, so that they take as long as others.
const unknownUserHash = hashPassword(randomUUID()⟦% if keyed %⟧, NIL⟦% endif %⟧);

/** What is known of a user before there is one. */
export type NewUser = Omit<User, ⟦% if !keyed %⟧"id" | ⟦% endif %⟧"⟦= keys.name("created_at") ⟧" | "⟦= keys.name("updated_at") ⟧" | "epoch" | "⟦= keys.name("disabled_at") ⟧"⟦= omitted ⟧>⟦= optional ⟧;

⟦% if hooks.is_some() -%⟧
export async function createUser(tx: Transaction, account: NewUser): Promise<User> {
  return users.insert(tx, ⟦% if copied.is_some() %⟧await newUser(tx, account)⟦% else %⟧newUser(account)⟦% endif %⟧);
}

⟦% if let Some(copied) = copied -%⟧
async function newUser(tx: Transaction, account: NewUser): Promise<User> {
  const copied = await users.copied(tx, ⟦= copied ⟧);
⟦% else -%⟧
function newUser(account: NewUser): User {
⟦% endif %⟧  const now = new Date().toISOString();
  return {
⟦%- else -%⟧
export async function createUser(tx: Transaction, account: NewUser): Promise<User> {
⟦%- if let Some(copied) = copied %⟧
  const copied = await users.copied(tx, ⟦= copied ⟧);
⟦%- endif %⟧
  const now = new Date().toISOString();
  return users.insert(tx, {
⟦%- endif %⟧
⟦%- if !keyed %⟧
    id: uuidv7(),
⟦%- endif %⟧
⟦%- for (name, value) in values %⟧
    ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
    ...account,
⟦%- for copy in copies %⟧
    ⟦= copy ⟧,
⟦%- endfor %⟧
    ⟦= keys.name("created_at") ⟧: now,
    ⟦= keys.name("updated_at") ⟧: now,
    epoch: 0,
    ⟦= keys.name("disabled_at") ⟧: null,
  }⟦% if hooks.is_none() %⟧)⟦% endif %⟧;
}

export async function register(registration: Registration): Promise<Session> {
  const { password, ...account } = registration;
⟦%- if keyed %⟧
  const id = uuidv7();
  const passwordHash = await hashPassword(password, id);
⟦%- else %⟧
  const passwordHash = await hashPassword(password);
⟦%- endif %⟧
  return write(async (tx) => {
⟦%- if let Some(check) = check %⟧
⟦%- if check.registers %⟧
    await checkReferences(⟦= check.of_nobody ⟧account, tx);
⟦%- endif %⟧
⟦%- endif %⟧
⟦%- if let Some(hooks) = hooks %⟧
    const given = ⟦% if copied.is_some() %⟧await newUser(tx, ⟦% else %⟧newUser(⟦% endif %⟧{ ⟦% if keyed %⟧id, ⟦% endif %⟧...account, ⟦= keys.member("password_hash") ⟧, role: ⟦= default_role ⟧ });
    await ⟦= hooks ⟧.beforeCreate?.(given, tx);
    const user = await users.insert(tx, given);
    await ⟦= hooks ⟧.afterCreate?.(user, tx);
⟦%- else %⟧
    const user = await createUser(tx, { ⟦% if keyed %⟧id, ⟦% endif %⟧...account, ⟦= keys.member("password_hash") ⟧, role: ⟦= default_role ⟧ });
⟦%- endif %⟧
    return openSession(tx, user);
  });
}

/** The answer and its duration do not tell whether the address is known. */
export async function logIn(credentials: Credentials): Promise<Session> {
  const user = await users.findByEmail(db, credentials.email);
  const passwordHash = user?.⟦= keys.name("password_hash") ⟧ ?? (await unknownUserHash);
  const matches = await verifyPassword(passwordHash, credentials.password⟦% if keyed %⟧, user?.id ?? NIL⟦% endif %⟧);
  if (!user || !matches || user.⟦= keys.name("disabled_at") ⟧) {
    throw new ApiError("UNAUTHENTICATED");
  }
  return write(async (tx) => {
    // Another password may have been set, or the account closed, since then.
    const current = await users.find(tx, user.id);
    if (current?.⟦= keys.name("password_hash") ⟧ !== passwordHash || current.⟦= keys.name("disabled_at") ⟧) {
      throw new ApiError("UNAUTHENTICATED");
    }
    return openSession(tx, current);
  });
}

export async function refresh(refreshToken: string): Promise<Session> {
  const session = await write((tx) => continueSession(tx, refreshToken));
  // Only now, so that the end of a misused session has been committed.
  if (!session) throw new ApiError("UNAUTHENTICATED");
  return session;
}

export async function logOut(refreshToken: string): Promise<void> {
  const now = new Date().toISOString();
  await write((tx) => sessions.revoke(tx, sessionIdOf(refreshToken), now));
}

/** Ends all sessions there are, and with them every access token. */
export async function changePassword(user: User, change: PasswordChange): Promise<Session> {
  const matches = await verifyPassword(user.⟦= keys.name("password_hash") ⟧, change.⟦= keys.name("current_password") ⟧⟦% if keyed %⟧, user.id⟦% endif %⟧);
  if (!matches) throw wrongPassword();
  const passwordHash = await hashPassword(change.⟦= keys.name("new_password") ⟧⟦% if keyed %⟧, user.id⟦% endif %⟧);
  return write(async (tx) => {
    const changed = await users.changePassword(tx, user, passwordHash);
    if (!changed) throw wrongPassword();
    await sessions.revokeAll(tx, user.id, new Date().toISOString());
    return openSession(tx, changed);
  });
}

function wrongPassword(): ApiError {
  return new ApiError("CONFLICT", [["⟦= keys.name("current_password") ⟧", "mismatch"]]);
}
⟦%- if has_profile %⟧
⟦%- include "express/app/src/services/moves.ts" %⟧

⟦% if writable.is_some() || verdicts.is_some() -%⟧
export async function updateMe(caller: User, changes: ProfileChange): Promise<User> {
⟦%- if let Some(writable) = writable %⟧
  rejectUnwritable(changes, ⟦= writable ⟧);
⟦%- endif %⟧
  const { id } = caller;
⟦% else -%⟧
export async function updateMe({ id }: User, changes: ProfileChange): Promise<User> {
⟦% endif -%⟧
  return write(async (tx) => {
    const user = await users.find(tx, id);
    if (!user) throw new ApiError("UNAUTHENTICATED");
    if (Object.keys(changes).length === 0) return user;
⟦%- if let Some(verdicts) = verdicts %⟧
    rejectMoves(⟦= verdicts ⟧);
⟦%- endif %⟧
⟦%- if let Some(check) = check %⟧
    await checkReferences(⟦= check.of_user ⟧changes, tx, user);
⟦%- endif %⟧
    const updatedAt = new Date().toISOString();
    return users.update(tx, id, { ...changes, ⟦= keys.member("updated_at") ⟧ });
  });
}
⟦%- endif %⟧

async function openSession(tx: Transaction, user: User): Promise<Session> {
  const id = uuidv7();
  const refreshToken = newRefreshToken(id);
  const now = new Date();
  await sessions.removeExpired(tx, user.id, now.toISOString());
  await sessions.insert(tx, {
    id,
    ⟦= keys.name("user_id") ⟧: user.id,
    ⟦= keys.name("token_hash") ⟧: hashOf(refreshToken),
    ⟦= keys.name("expires_at") ⟧: new Date(now.getTime() + sessionMilliseconds).toISOString(),
    ⟦= keys.name("revoked_at") ⟧: null,
    ⟦= keys.name("created_at") ⟧: now.toISOString(),
    ⟦= keys.name("updated_at") ⟧: now.toISOString(),
  });
  return { user, accessToken: await signAccessToken(user), refreshToken };
}

/** A token that is not the session's last one was used before: that ends it. */
async function continueSession(
  tx: Transaction,
  usedToken: string,
): Promise<Session | undefined> {
  const now = new Date().toISOString();
  const session = await sessions.findValid(tx, sessionIdOf(usedToken), now);
  const user = session && (await users.find(tx, session.⟦= keys.name("user_id") ⟧));
  if (!user || user.⟦= keys.name("disabled_at") ⟧) return undefined;
  const refreshToken = newRefreshToken(session.id);
  const rotated = await sessions.rotate(tx, session.id, {
    from: hashOf(usedToken),
    to: hashOf(refreshToken),
    now,
  });
  if (!rotated) {
    await sessions.revoke(tx, session.id, now);
    return undefined;
  }
  return { user, accessToken: await signAccessToken(user), refreshToken };
}

⟦% if let Some(check) = check -%⟧
/** To refer to a row one must be able to read it, unless it stays the same. */
⟦% if check.exported %⟧export ⟦% endif %⟧async function checkReferences(
  ⟦= check.parameters ⟧values: {
⟦%- for reference in check.references %⟧
    ⟦= reference.property ⟧?: ⟦= reference.ty ⟧;
⟦%- endfor %⟧
⟦%- for set in check.sets %⟧
    ⟦= set.property ⟧?: string[] | undefined;
⟦%- endfor %⟧
  },
  reader: Reader,
  before?: User,
): Promise<void> {
  const problems: Problem[] = [];
⟦%- for reference in check.references %⟧
  if (values.⟦= reference.property ⟧ && values.⟦= reference.property ⟧ !== before?.⟦= reference.property ⟧ && !(await ⟦= reference.service ⟧find(⟦= reference.arguments ⟧values.⟦= reference.property ⟧, reader))) {
    problems.push(["⟦= reference.property ⟧", "reference"]);
  }
⟦%- endfor %⟧
⟦%- for set in check.sets %⟧
  const ⟦= set.added ⟧ = values.⟦= set.property ⟧?.filter((id) => !before?.⟦= set.property ⟧.includes(id)) ?? [];
  if (⟦= set.added ⟧.length > 0 && (await ⟦= set.service ⟧count(⟦= set.arguments ⟧⟦= set.added ⟧, reader)) < ⟦= set.added ⟧.length) {
    problems.push(["⟦= set.property ⟧", "reference"]);
  }
⟦%- endfor %⟧
  if (problems.length > 0) throw new ApiError("CONFLICT", problems);
}

⟦% endif -%⟧
// A refresh token is the session's id, a point, and a secret.

function newRefreshToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(32).toString("base64url")}`;
}

/** The session of a token; no session has the id of what is none of ours. */
function sessionIdOf(refreshToken: string): string {
  const [id = ""] = refreshToken.split(".", 1);
  return validate(id) ? id : NIL;
}

function hashOf(refreshToken: string): string {
  return createHash("sha256").update(refreshToken).digest("hex");
}
