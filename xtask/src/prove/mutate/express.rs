//! Where the projects for Express keep the guards that every server has: each is taken out by replacing one text.

use super::edits::{Edit, Edits};
use super::express_sites::{passes_over, tests_of, wrong_list};

/// What is replaced in them.
pub(crate) const EDITS: Edits = Edits { guards: GUARDS, neutral: NEUTRAL, wrong_list, passes_over, tests_of };

const TOKEN: &str = "src/utils/access-token.ts";
const AUTHENTICATE: &str = "src/middleware/authenticate.ts";
const PASSWORD: &str = "src/utils/password.ts";
const AUTH: &str = "src/services/auth.service.ts";
const SESSIONS: &str = "src/repositories/auth-session.repository.ts";
const LIMITS: &str = "src/config/limits.ts";

const GUARDS: &[Edit] = &[
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
        id: "token.account",
        file: AUTHENTICATE,
        find: "async function userOfHeader(header: string): Promise<Caller> {\n  const token = /^Bearer +([\\w.~+/-]+=*)$/i.exec(header)?.[1];\n  const account = token && (await verifyAccessToken(token));\n  const user = account && (await users.find(db, account.id));",
        replace: "const known: Record<string, Caller> = {};\n\nasync function userOfHeader(header: string): Promise<Caller> {\n  const token = /^Bearer +([\\w.~+/-]+=*)$/i.exec(header)?.[1];\n  const account = token && (await verifyAccessToken(token));\n  const user = account && (known[account.id] ??= await users.find(db, account.id));",
        tests: &[
            "access tokens count as long *",
            "access tokens give no role *",
            "a change of password ends every session *",
        ],
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
    Edit {
        id: "limit.general",
        file: "src/middleware/rate-limit.ts",
        find: "limit: config.RATE_LIMIT_MAX,",
        replace: "limit: config.RATE_LIMIT_MAX * 10,",
        tests: &["addresses that a caller makes up do not help"],
    },
    Edit {
        id: "limit.login-address",
        file: "src/middleware/login-limit.ts",
        find: "limit: config.RATE_LIMIT_LOGIN_MAX,",
        replace: "limit: config.RATE_LIMIT_LOGIN_MAX * 10,",
        tests: &["an account is tried only so often"],
    },
    Edit {
        id: "limit.forwarded",
        file: "src/app.ts",
        find: "app.set(\"trust proxy\", config.TRUSTED_PROXY_HOPS);",
        replace: "app.set(\"trust proxy\", config.TRUSTED_PROXY_HOPS + 1);",
        tests: &["addresses that a caller makes up do not help"],
    },
    Edit {
        id: "limit.body",
        file: LIMITS,
        find: "export const maxBodyBytes = 1_048_576;",
        replace: "export const maxBodyBytes = 4_048_576;",
        tests: &["bodies that turn out too long *", "bodies that announce themselves as too long *"],
    },
    Edit {
        id: "limit.page",
        file: LIMITS,
        find: "export const maxPageSize = 100;",
        replace: "export const maxPageSize = 1_000;",
        tests: &["*lists refuse limit = *"],
    },
    Edit {
        id: "input.media-type",
        file: "src/middleware/json-body.ts",
        find: "return essence === \"application/json\" && charset.toLowerCase() === \"utf-8\";",
        replace: "return essence !== \"\" && charset !== \"\";",
        tests: &["bodies of type *"],
    },
    Edit {
        id: "input.unknown-parameter",
        file: "src/schemas/list-query.ts",
        find: "    .strictObject({\n",
        replace: "    .object({\n",
        tests: &["*lists refuse nothing = *", "*lists refuse __proto__ = *", "*lists refuse id[gte] = *"],
    },
    Edit {
        id: "output.cors",
        file: "src/middleware/cors.ts",
        find: "origin !== undefined && allowedOrigins.has(origin)",
        replace: "origin !== undefined && (allowedOrigins.has(origin) || origin !== \"\")",
        tests: &["a page of * reads nothing"],
    },
    Edit {
        id: "output.no-store",
        file: "src/middleware/no-store.ts",
        find: "res.set(\"Cache-Control\", \"no-store\");",
        replace: "res.set(\"Cache-Control\", \"max-age=60\");",
        tests: &[
            "register opens a session *",
            "a change of password ends every session *",
            "access tokens show the user",
        ],
    },
    Edit {
        id: "output.request-id",
        file: "src/middleware/request-log.ts",
        find: "given !== undefined && acceptableId.test(given)",
        replace: "given !== undefined && (acceptableId.test(given) || given !== \"\")",
        tests: &["headers tell the request's id*"],
    },
    Edit {
        id: "output.log",
        file: "src/middleware/request-log.ts",
        find: "      requestId: id,\n",
        replace: "      requestId: id,\n      authorization: req.get(\"Authorization\"),\n",
        tests: &["the log holds neither passwords nor tokens"],
    },
    Edit {
        id: "life.weak-secret",
        file: "src/config/config.ts",
        find: "Buffer.byteLength(value) >= 32",
        replace: "Buffer.byteLength(value) >= 1",
        tests: &["JWT_SECRET=too short *", "JWT_SECRET_PREVIOUS=too short *"],
    },
    Edit {
        id: "life.drain",
        file: "src/server.ts",
        find: "  beginShutdown();\n",
        replace: "  beginShutdown();\n  server.closeAllConnections();\n",
        tests: &["what has begun is finished before the server ends"],
    },
];

const NEUTRAL: &[Edit] = &[
    Edit {
        id: "a key is named otherwise",
        file: TOKEN,
        find: "const { sub, epoch } = payload;",
        replace: "const { sub, epoch, ...others } = payload;\n    void others;",
        tests: &[],
    },
    Edit {
        id: "a log line more",
        file: "src/server.ts",
        find: "  logger.info({ signal }, \"shutting down\");\n",
        replace: "  logger.info({ signal }, \"shutting down\");\n  logger.info(\"finishing what has begun\");\n",
        tests: &[],
    },
    Edit {
        id: "a condition written otherwise",
        file: AUTHENTICATE,
        find: "!user || user.disabledAt || user.epoch !== account.epoch",
        replace: "!(user && !user.disabledAt && user.epoch === account.epoch)",
        tests: &[],
    },
    Edit {
        id: "a shorter wait",
        file: "src/server.ts",
        find: "keepAliveTimeout: 5_000",
        replace: "keepAliveTimeout: 4_000",
        tests: &[],
    },
    Edit {
        id: "costlier hashes under test",
        file: PASSWORD,
        find: "memoryCost: 64,",
        replace: "memoryCost: 128,",
        tests: &[],
    },
];
