import { createHash, randomUUID } from "node:crypto";
import { type JWTHeaderParameters, jwtVerify, SignJWT } from "jose";
import { validate } from "uuid";
import { config } from "../config/config.js";

const project = "⟦= name ⟧";
const type = "at+jwt";

/** No token of ours is nearly as long. */
const maxTokenBytes = 8192;

export const accessTokenSeconds = ⟦= seconds ⟧;

interface Key {
  kid: string;
  secret: Uint8Array;
}

function key(secret: string): Key {
  const kid = createHash("sha256").update(secret).digest("base64url");
  return { kid: kid.slice(0, 8), secret: new TextEncoder().encode(secret) };
}

const current = key(config.JWT_SECRET);
const accepted = config.JWT_SECRET_PREVIOUS
  ? [current, key(config.JWT_SECRET_PREVIOUS)]
  : [current];

export interface Account {
  id: string;
  epoch: number;
}

export function signAccessToken(account: Account): Promise<string> {
  return new SignJWT({ epoch: account.epoch })
    .setProtectedHeader({ alg: "HS256", typ: type, kid: current.kid })
    .setIssuer(project)
    .setAudience(project)
    .setSubject(account.id)
    .setIssuedAt()
    .setExpirationTime(`${accessTokenSeconds}s`)
    .setJti(randomUUID())
    .sign(current.secret);
}

/** The account that a token was given to, if the token is valid. */
export async function verifyAccessToken(
  token: string,
): Promise<Account | undefined> {
  if (token.length > maxTokenBytes) return undefined;
  try {
    const { payload } = await jwtVerify(token, secretOf, {
      algorithms: ["HS256"],
      typ: type,
      issuer: project,
      audience: project,
      requiredClaims: ["sub", "iat", "exp", "jti", "epoch"],
    });
    const { sub, epoch } = payload;
    return sub !== undefined && validate(sub) && typeof epoch === "number"
      ? { id: sub, epoch }
      : undefined;
  } catch {
    return undefined;
  }
}

function secretOf({ kid }: JWTHeaderParameters): Uint8Array {
  const found = accepted.find((candidate) => candidate.kid === kid);
  if (!found) throw new Error("The token was signed with an unknown key.");
  return found.secret;
}
