//! Sessions: families of refresh tokens, of which only the last is valid.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::{Random, uuid};

/// One family.
#[derive(Debug)]
struct Session {
    user: String,
    /// The hash of the one valid token.
    token_hash: [u8; 32],
    expires: i64,
}

/// All families that have not ended.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    families: BTreeMap<String, Session>,
}

impl Sessions {
    /// Begins a family and returns its first token.
    pub(super) fn begin(&mut self, user: &str, now: i64, expires: i64, random: &mut dyn Random) -> String {
        let family = uuid::v7(now, random);
        let token = token(&family, random);
        self.families.insert(family, Session { user: user.to_owned(), token_hash: hash(&token), expires });
        token
    }

    /// Exchanges a family's valid token for its next one; any other token of the family was used before and ends it.
    pub(super) fn rotate(&mut self, used: &str, now: i64, random: &mut dyn Random) -> Option<(String, String)> {
        let family = family_of(used);
        let session = self.families.get_mut(family)?;
        if session.expires <= now || session.token_hash != hash(used) {
            self.families.remove(family);
            return None;
        }
        let next = token(family, random);
        session.token_hash = hash(&next);
        Some((session.user.clone(), next))
    }

    /// Ends the family of a token, whichever of its tokens that is.
    pub(super) fn end(&mut self, token: &str) {
        self.families.remove(family_of(token));
    }

    /// Lets the time of all families of a user run out.
    pub(super) fn expire_all_of(&mut self, user: &str) {
        self.families.values_mut().filter(|session| session.user == user).for_each(|session| session.expires = 0);
    }

    /// Ends all families of a user.
    pub(super) fn end_all_of(&mut self, user: &str) {
        self.families.retain(|_, session| session.user != user);
    }
}

/// A token is its family's name, a point, and a secret.
fn token(family: &str, random: &mut dyn Random) -> String {
    let mut secret = [0; 32];
    random.fill(&mut secret);
    format!("{family}.{}", URL_SAFE_NO_PAD.encode(secret))
}

fn family_of(token: &str) -> &str {
    token.split('.').next().unwrap_or_default()
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}
