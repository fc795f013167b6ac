//! Where the projects for Express keep the guards that every server has: each is taken out by replacing one text.

mod accounts;
mod server;
mod sites;

use self::sites::{passes_over, tests_of, wrong_list};
use super::edits::{Edit, Edits};

/// What is replaced in them.
pub(crate) const EDITS: Edits =
    Edits { guards: &[accounts::GUARDS, server::GUARDS], neutral: NEUTRAL, wrong_list, passes_over, tests_of };

const NEUTRAL: &[Edit] = &[
    Edit {
        id: "a key is named otherwise",
        file: "src/utils/access-token.ts",
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
        file: "src/middleware/authenticate.ts",
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
        file: "src/utils/password.ts",
        find: "memoryCost: 64,",
        replace: "memoryCost: 128,",
        tests: &[],
    },
];
