//! How stored passwords look.

use crate::model::PasswordHash;

/// What begins every hash of a server in production, by which anybody sees what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredHash {
    /// The kind of hash.
    pub kind: &'static str,
    /// The kind and what it costs: at least what OWASP recommends.
    pub prefix: &'static str,
    /// Whether it is made of a digest with the user's id as its key. bcrypt reads 72 bytes and no more, which a digest
    /// that depends on all bytes never reaches.
    pub keyed: bool,
}

impl From<PasswordHash> for StoredHash {
    fn from(hash: PasswordHash) -> Self {
        match hash {
            PasswordHash::Argon2id => {
                Self { kind: "$argon2id$", prefix: "$argon2id$v=19$m=19456,t=2,p=1$", keyed: false }
            }
            PasswordHash::Bcrypt => Self { kind: "$2b$", prefix: "$2b$12$", keyed: true },
        }
    }
}
