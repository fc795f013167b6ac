//! Access tokens: JSON Web Tokens signed with HMAC-SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The longest token that is looked at, in bytes.
const LONGEST: usize = 8192;

/// What a token says about a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claims {
    /// The user's id.
    pub(super) user: String,
    /// The user's epoch when the token was made.
    pub(super) epoch: i64,
}

/// Who signs and reads tokens.
#[derive(Debug)]
pub(super) struct Signer {
    /// The project: issuer and audience.
    pub(super) name: String,
    /// Signs.
    pub(super) secret: String,
    /// Signed before.
    pub(super) previous: Option<String>,
    /// The life of a token in seconds.
    pub(super) life: u32,
}

impl Signer {
    /// A token with this id of its own, from `now` (in seconds) on.
    pub(super) fn sign(&self, claims: &Claims, id: &str, now: i64) -> String {
        let header = json!({ "alg": "HS256", "typ": "at+jwt", "kid": key_id(&self.secret) });
        let payload = json!({
            "iss": self.name, "aud": self.name, "sub": claims.user,
            "iat": now, "exp": now + i64::from(self.life), "jti": id, "epoch": claims.epoch,
        });
        let signed = format!("{}.{}", encode(header.to_string()), encode(payload.to_string()));
        let signature = encode(mac(&self.secret, &signed).finalize().into_bytes());
        format!("{signed}.{signature}")
    }

    /// What a token says, if it is one of ours and valid now.
    pub(super) fn verify(&self, token: &str, now: i64) -> Option<Claims> {
        if token.len() > LONGEST {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header: Value = decode(header)?;
        if header["alg"] != "HS256" || header["typ"] != "at+jwt" || header.get("crit").is_some() {
            return None;
        }
        let mut secrets = std::iter::once(&self.secret).chain(&self.previous);
        let secret = secrets.find(|secret| header["kid"] == key_id(secret))?;
        mac(secret, signed).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        self.read(&decode(payload)?, now)
    }

    fn read(&self, payload: &Value, now: i64) -> Option<Claims> {
        let ours = payload["iss"] == self.name.as_str() && payload["aud"] == self.name.as_str();
        let begun = payload["iat"].is_i64() && payload.get("nbf").is_none_or(|from| from.as_i64() <= Some(now));
        let lasts = payload["exp"].as_i64()? > now;
        let named = payload["jti"].is_string();
        (ours && begun && lasts && named)
            .then_some(Claims { user: payload["sub"].as_str()?.to_owned(), epoch: payload["epoch"].as_i64()? })
    }
}

/// The name of a secret, which tells nothing about it.
fn key_id(secret: &str) -> String {
    encode(Sha256::digest(secret)).chars().take(8).collect()
}

fn mac(secret: &str, text: &str) -> Hmac<Sha256> {
    let block = key_block(secret.as_bytes());
    let mut mac = <Hmac<Sha256> as Mac>::new(&block.into());
    mac.update(text.as_bytes());
    mac
}

/// The secret as the block of bytes that HMAC makes of it, which cannot have a wrong length.
fn key_block(secret: &[u8]) -> [u8; 64] {
    let mut block = [0; 64];
    if secret.len() <= block.len() {
        block[..secret.len()].copy_from_slice(secret);
    } else {
        block[..32].copy_from_slice(&Sha256::digest(secret));
    }
    block
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
