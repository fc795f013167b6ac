//! Where the projects keep the guards of tokens, passwords and sessions.

use crate::prove::mutate::edits::Edit;

const TOKEN: &str = "src/utils/access-token.ts";
const AUTHENTICATE: &str = "src/middleware/authenticate.ts";
const PASSWORD: &str = "src/utils/password.ts";
const AUTH: &str = "src/services/auth.service.ts";
const SESSIONS: &str = "src/repositories/auth-session.repository.ts";

pub(super) const GUARDS: &[Edit] = &[
    Edit {
        id: "token.signature",
        file: TOKEN,
        find: "await jwtVerify(token, secretOf, {",
        replace: "await jwtVerify(await new SignJWT(JSON.parse(Buffer.from(token.split(\".\")[1] ?? \"\", \"base64url\").toString())).setProtectedHeader({ alg: \"HS256\", ...JSON.parse(Buffer.from(token.split(\".\")[0] ?? \"\", \"base64url\").toString()) }).sign(current.secret), secretOf, {",
        tests: &["forged access tokens with another secret *"],
    },
    Edit {
        id: "token.algorithm",
        file: TOKEN,
        find: "algorithms: [\"HS256\"],",
        replace: "algorithms: [\"HS256\", \"HS384\", \"HS512\"],",
        tests: &["forged access tokens with another algorithm *"],
    },
    Edit {
        id: "token.type",
        file: TOKEN,
        find: "      typ: type,\n",
        replace: "",
        tests: &["forged access tokens with another type *"],
    },
    Edit {
        id: "token.issuer",
        file: TOKEN,
        find: "      issuer: project,\n",
        replace: "",
        tests: &["forged access tokens with another issuer *", "forged access tokens with no iss *"],
    },
    Edit {
        id: "token.audience",
        file: TOKEN,
        find: "      audience: project,\n",
        replace: "",
        tests: &["forged access tokens with another audience *", "forged access tokens with no aud *"],
    },
    Edit {
        id: "token.expiry",
        file: TOKEN,
        find: "      issuer: project,\n",
        replace: "      issuer: project,\n      clockTolerance: 30,\n",
        tests: &["forged access tokens with an end in the past *"],
    },
    Edit {
        id: "token.expiry-present",
        file: TOKEN,
        find: " \"exp\",",
        replace: "",
        tests: &["forged access tokens with no exp *"],
    },
    Edit {
        id: "token.length",
        file: TOKEN,
        find: "const maxTokenBytes = 8192;",
        replace: "const maxTokenBytes = 81920;",
        tests: &["forged access tokens with too much in it *"],
    },
    Edit {
        id: "token.refresh",
        file: AUTHENTICATE,
        find: "token && (await verifyAccessToken(token));",
        replace: "token && ((await verifyAccessToken(token)) ?? (await db.transaction(async (tx) => { const sessions = await import(\"../repositories/auth-session.repository.js\"); const session = await sessions.findValid(tx, token.slice(0, 36), new Date().toISOString()); const owner = session && (await users.find(tx, session.userId)); return owner && { id: owner.id, epoch: owner.epoch }; })));",
        tests: &["access tokens are no refresh tokens"],
    },
    Edit {
        id: "token.account",
        file: AUTHENTICATE,
        find: "async function userOfHeader(header: string): Promise<Caller> {\n  const token = /^Bearer +([\\w.~+/-]+=*)$/i.exec(header)?.[1];\n  const account = token && (await verifyAccessToken(token));\n  const user = account && (await users.find(db, account.id));",
        replace: "const known: Record<string, Caller> = {};\n\nasync function userOfHeader(header: string): Promise<Caller> {\n  const token = /^Bearer +([\\w.~+/-]+=*)$/i.exec(header)?.[1];\n  const account = token && (await verifyAccessToken(token));\n  const user = account && (known[account.id] = (await users.find(db, account.id)) ?? known[account.id]);",
        tests: &["access tokens count as long *"],
    },
    Edit {
        id: "token.role",
        file: AUTHENTICATE,
        find: "    return undefined;\n  }\n  return user;\n}",
        replace: "    return undefined;\n  }\n  if (!roles.has(user.id)) roles.set(user.id, user.role);\n  return { ...user, role: roles.get(user.id) ?? null };\n}\n\nconst roles = new Map<string, NonNullable<Caller>[\"role\"]>();",
        tests: &["access tokens give no role *"],
    },
    Edit {
        id: "token.disabled",
        file: AUTHENTICATE,
        find: "!user || user.disabledAt || user",
        replace: "!user || user",
        tests: &["login refuses a user that is disabled"],
    },
    Edit {
        id: "token.epoch",
        file: AUTHENTICATE,
        find: "user.epoch !== account.epoch",
        replace: "user.epoch < 0",
        tests: &[
            "access tokens count as long *",
            "forged access tokens with another epoch *",
            "a change of password ends every session *",
        ],
    },
    Edit {
        id: "password.check",
        file: AUTH,
        find: "!user || !matches || user.disabledAt",
        replace: "!user || matches === undefined || user.disabledAt",
        tests: &[
            "login answers an unknown address *",
            "login counts every byte *",
            "a change of password lets the new password in *",
        ],
    },
    Edit {
        id: "password.unknown-address",
        file: AUTH,
        find: "  const passwordHash = user?.passwordHash ?? (await unknownUserHash);",
        replace: "  const passwordHash = user?.passwordHash;\n  if (passwordHash === undefined) {\n    await unknownUserHash;\n    throw new ApiError(\"UNAUTHENTICATED\");\n  }",
        tests: &["passwords in production are verified *"],
    },
    Edit {
        id: "password.cost",
        file: PASSWORD,
        find: "memoryCost: 19_456",
        replace: "memoryCost: 1_024",
        tests: &["passwords in production are hashed *"],
    },
    Edit {
        id: "password.current",
        file: AUTH,
        find: "if (!matches) throw wrongPassword();",
        replace: "if (matches === undefined) throw wrongPassword();",
        tests: &["a change of password needs the present password", "a change of password happens once*"],
    },
    Edit {
        id: "refresh.rotation",
        file: AUTH,
        find: "const refreshToken = newRefreshToken(session.id);",
        replace: "const refreshToken = usedToken;",
        tests: &["refresh gives a new pair*", "refresh ends the session when *", "refresh lets one of many *"],
    },
    Edit {
        id: "refresh.reuse",
        file: AUTH,
        find: "    await sessions.revoke(tx, session.id, now);\n    return undefined;",
        replace: "    return undefined;",
        tests: &["refresh ends the session when *", "refresh lets one of many *"],
    },
    Edit {
        id: "refresh.secret",
        file: SESSIONS,
        find: "eq(table.tokenHash, token.from)",
        replace: "gt(table.tokenHash, token.from.slice(0, 0))",
        tests: &["refresh ends the session when *", "refresh lets one of many *"],
    },
    // Whoever was seen with the last token before the others had their turn gets through.
    Edit {
        id: "refresh.atomicity",
        file: AUTH,
        find: "  const session = await write((tx) => continueSession(tx, refreshToken));\n",
        replace: "  const id = sessionIdOf(refreshToken);\n  const seen = await write((tx) => sessions.findValid(tx, id, new Date().toISOString()));\n  await new Promise((resolve) => setTimeout(resolve, 50));\n  const session = await write(async (tx) => {\n    const now = new Date().toISOString();\n    const last = await sessions.findValid(tx, id, now);\n    const user = last && (await users.find(tx, last.userId));\n    if (!user || user.disabledAt || seen?.tokenHash !== hashOf(refreshToken)) return continueSession(tx, refreshToken);\n    const next = newRefreshToken(id);\n    await sessions.rotate(tx, id, { from: last.tokenHash, to: hashOf(next), now });\n    return { user, accessToken: await signAccessToken(user), refreshToken: next };\n  });\n",
        tests: &["refresh lets one of many *"],
    },
    Edit {
        id: "refresh.expiry",
        file: SESSIONS,
        find: "gt(table.expiresAt, now)",
        replace: "gt(table.expiresAt, now.slice(0, 0))",
        tests: &["refresh ends with the session's life"],
    },
    Edit {
        id: "refresh.hashed",
        file: AUTH,
        find: "return createHash(\"sha256\").update(refreshToken).digest(\"hex\");",
        replace: "return createHash(\"sha256\").update(refreshToken).digest(\"hex\") && refreshToken;",
        tests: &["register stores passwords and tokens as hashes only"],
    },
    Edit {
        id: "refresh.logout",
        file: AUTH,
        find: "sessions.revoke(tx, sessionIdOf(refreshToken), now)",
        replace: "sessions.revoke(tx, sessionIdOf(refreshToken.slice(1)), now)",
        tests: &["logout ends the session"],
    },
    Edit {
        id: "refresh.password-change",
        file: AUTH,
        find: "sessions.revokeAll(tx, user.id,",
        replace: "sessions.revokeAll(tx, passwordHash,",
        tests: &["a change of password ends every session *"],
    },
];
