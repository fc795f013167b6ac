import { createHash, randomBytes, randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { db, type Transaction, write } from "../db/client.js";
import type { User } from "../models/user.model.js";
import * as sessions from "../repositories/auth-session.repository.js";
import * as users from "../repositories/auth-user.repository.js";
import type { Credentials, Registration } from "../schemas/auth.schema.js";
import { signAccessToken } from "../utils/access-token.js";
import { ApiError } from "../utils/errors.js";
import { hashPassword, verifyPassword } from "../utils/password.js";

const sessionMilliseconds = ⟦= session_milliseconds ⟧;

export interface Session {
  user: User;
  accessToken: string;
  refreshToken: string;
}

// Checked for addresses that nobody has, so that they take as long as others.
const unknownUserHash = hashPassword(randomUUID());

/** What is known of a user before there is one. */
export type NewUser = Omit<User, "id" | "createdAt" | "updatedAt" | "epoch" | "disabledAt"⟦= omitted ⟧>⟦= optional ⟧;

export async function createUser(tx: Transaction, account: NewUser): Promise<User> {
  const now = new Date().toISOString();
  return users.insert(tx, {
    id: uuidv7(),
⟦%- for (name, value) in values %⟧
    ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
    ...account,
    createdAt: now,
    updatedAt: now,
    epoch: 0,
    disabledAt: null,
  });
}

export async function register(registration: Registration): Promise<Session> {
  const { password, ...account } = registration;
  const passwordHash = await hashPassword(password);
  return write(async (tx) => {
    const user = await createUser(tx, { ...account, passwordHash, role: ⟦= default_role ⟧ });
    return openSession(tx, user);
  });
}

/** The answer and its duration do not tell whether the address is known. */
export async function logIn(credentials: Credentials): Promise<Session> {
  const user = await users.findByEmail(db, credentials.email);
  const passwordHash = user?.passwordHash ?? (await unknownUserHash);
  const matches = await verifyPassword(passwordHash, credentials.password);
  if (!user || !matches || user.disabledAt) {
    throw new ApiError("UNAUTHENTICATED");
  }
  return write((tx) => openSession(tx, user));
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

async function openSession(tx: Transaction, user: User): Promise<Session> {
  const id = uuidv7();
  const refreshToken = newRefreshToken(id);
  const now = new Date();
  await sessions.removeExpired(tx, user.id, now.toISOString());
  await sessions.insert(tx, {
    id,
    userId: user.id,
    tokenHash: hashOf(refreshToken),
    expiresAt: new Date(now.getTime() + sessionMilliseconds).toISOString(),
    revokedAt: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
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
  const user = session && (await users.find(tx, session.userId));
  if (!user || user.disabledAt) return undefined;
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

// A refresh token is the session's id, a point, and a secret.

function newRefreshToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(32).toString("base64url")}`;
}

function sessionIdOf(refreshToken: string): string {
  return refreshToken.split(".", 1)[0] ?? "";
}

function hashOf(refreshToken: string): string {
  return createHash("sha256").update(refreshToken).digest("hex");
}
