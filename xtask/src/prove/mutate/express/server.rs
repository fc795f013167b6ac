//! Where the projects keep the guards of what comes in and goes out, and of the server's life.

use crate::prove::mutate::edits::Edit;

const LIMITS: &str = "src/config/limits.ts";
const HEALTH: &str = "src/services/health.service.ts";

pub(super) const GUARDS: &[Edit] = &[
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
        id: "input.wildcards",
        file: "src/db/query.ts",
        find: "text.replaceAll(/[\\\\%_]/g, \"\\\\$&\")",
        replace: "text",
        tests: &["*lists are searched by *"],
    },
    Edit {
        id: "output.cors",
        file: "src/middleware/cors.ts",
        find: "origin !== undefined && allowedOrigins.has(origin)",
        replace: "origin !== undefined && (allowedOrigins.has(origin) || origin !== \"\")",
        tests: &["a page of * reads nothing"],
    },
    Edit {
        id: "output.headers",
        file: "src/app.ts",
        find: "defaultSrc: [\"'none'\"]",
        replace: "defaultSrc: [\"'self'\"]",
        tests: &["headers protect every answer"],
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
        id: "output.error-detail",
        file: "src/utils/json.ts",
        find: "  } catch {\n    throw new ApiError(\"MALFORMED_REQUEST\");\n",
        replace: "  } catch (error) {\n    throw Object.assign(new ApiError(\"MALFORMED_REQUEST\"), { message: String(error) });\n",
        tests: &["bodies that are *"],
    },
    Edit {
        id: "output.failure",
        file: "src/middleware/errors.ts",
        find: "      return new ApiError(\"INTERNAL\");\n",
        replace: "      return Object.assign(new ApiError(\"INTERNAL\"), { message: String(error) });\n",
        tests: &["what goes wrong inside is not told"],
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
        id: "life.readiness",
        file: HEALTH,
        find: "if (stopping) return false;",
        replace: "if (stopping) return true;",
        tests: &["what has begun is finished before the server ends"],
    },
    Edit {
        id: "life.database",
        file: HEALTH,
        find: "() => false,",
        replace: "() => true,",
        tests: &["the server is alive but not ready without its database"],
    },
    Edit {
        id: "life.drain",
        file: "src/server.ts",
        find: "  beginShutdown();\n",
        replace: "  beginShutdown();\n  server.closeAllConnections();\n",
        tests: &["what has begun is finished before the server ends"],
    },
    Edit {
        id: "life.restrict",
        file: "src/db/constraints.ts",
        find: "throw new ApiError(\"CONFLICT\", [[\"id\", \"referenced\"]]);",
        replace: "return undefined as never;",
        tests: &["*DELETE is refused while *"],
    },
];
