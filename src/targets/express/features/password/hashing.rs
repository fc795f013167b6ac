//! The library that hashes passwords.

use super::templates::PasswordFile;
use crate::code::TsImports;
use crate::contract::StoredHash;
use crate::model::PasswordHash;

/// The package and its version.
pub(super) const fn library(hash: PasswordHash) -> (&'static str, &'static str) {
    match hash {
        PasswordHash::Argon2id => ("@node-rs/argon2", "2.2.1"),
        PasswordHash::Bcrypt => ("@node-rs/bcrypt", "2.0.0"),
    }
}

const ARGON2_COST: &str = "// Cheap only under test; everywhere else the least that OWASP recommends.
const cost: Options =
  config.APP_ENV === \"test\"
    ? { memoryCost: 64, timeCost: 1, parallelism: 1 }
    : { memoryCost: 19_456, timeCost: 2, parallelism: 1 };";

const BCRYPT_COST: &str = "// Cheap only under test; everywhere else more than the least that OWASP recommends.
const cost = config.APP_ENV === \"test\" ? 4 : 12;";

/// The file that hashes passwords and compares them with hashes.
pub(super) fn file(hash: PasswordHash) -> PasswordFile {
    let (library, _) = library(hash);
    let imports = TsImports::new()
        .with_values("node:os", &["availableParallelism"])
        .with_values(library, &["hash", "verify"])
        .with_values("../config/config.js", &["config"]);
    let keyed = StoredHash::from(hash).keyed;
    match hash {
        PasswordHash::Argon2id => PasswordFile {
            imports: imports.with_types(library, &["Options"]),
            cost: ARGON2_COST,
            keyed,
            hash: "hash(password, cost)",
            verify: "verify(passwordHash, password)",
        },
        PasswordHash::Bcrypt => PasswordFile {
            imports: imports.with_values("node:crypto", &["createHmac"]),
            cost: BCRYPT_COST,
            keyed,
            hash: "hash(digestOf(password, userId), { cost })",
            verify: "verify(digestOf(password, userId), passwordHash)",
        },
    }
}

/// The beginning of hashes as a pattern.
pub(super) fn pattern(beginning: &str) -> String {
    beginning.replace('$', "\\$")
}
