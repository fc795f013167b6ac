//! Access tokens that must not be taken.

use backsmith::contract::{Admission, AuthAction, Check, Verb};
use backsmith::model::AccessOperation;
use backsmith::reference::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::accounts::{Registered, auth, refresh_body, register};
use crate::suite::{Found, Suite};
use crate::system::AccountChange;

pub(super) fn run(suite: &mut Suite) {
    suite.check("tokens.control", Vec::new(), |suite| {
        let known = register(suite, "correct horse")?;
        let token = Token::of(suite, &known).signed();
        suite.expect(&auth(suite, AuthAction::Me).bearer(&token), 200).map(|_| ())
    });
    suite.check("tokens.previous-key", Vec::new(), previous_key);
    for (name, forge) in FORGERIES {
        suite.check(&format!("tokens.forged.{name}"), Vec::new(), |suite| {
            let known = register(suite, "correct horse")?;
            let token = forge(Token::of(suite, &known));
            refused(suite, &format!("Bearer {token}"))
        });
    }
    suite.check("tokens.no-token", Vec::new(), |suite| {
        let known = register(suite, "correct horse")?;
        let (access, refresh) = (known.session.access_token.as_str(), &known.session.refresh_token);
        let headers = [
            "",
            "Bearer",
            "Bearer ",
            "Basic dXNlcjpwYXNzd29yZA==",
            "garbage",
            "Bearer garbage",
            "Bearer a.b.c",
            "Bearer ..",
            "Bearer null",
            &format!("Token {access}"),
            &format!("Bearer {refresh}"),
            &format!("Bearer {access}x"),
            &format!("Bearer {access} {access}"),
            &format!("Bearer \"{access}\""),
            access,
        ];
        headers.iter().try_for_each(|header| refused(suite, header))
    });
    suite.check("tokens.user.deleted", Vec::new(), |suite| gone(suite, &AccountChange::Deleted));
    suite.check("tokens.user.disabled", Vec::new(), |suite| gone(suite, &AccountChange::Disabled));
    demotion(suite);
}

/// While a key is being replaced, the tokens of the one before it are still taken, and none else of that name.
fn previous_key(suite: &mut Suite) -> Found {
    let known = register(suite, "correct horse")?;
    let facts = suite.system.facts();
    let kid = key_id(&facts.jwt_secret_previous);
    let signed = Token::of(suite, &known).head("kid", kid.as_str()).signed_with(&facts.jwt_secret_previous);
    suite.expect(&auth(suite, AuthAction::Me).bearer(&signed), 200)?;
    let mixed = Token::of(suite, &known).head("kid", kid).signed();
    refused(suite, &format!("Bearer {mixed}"))?;
    let unnamed = Token::of(suite, &known).signed_with(&facts.jwt_secret_previous);
    refused(suite, &format!("Bearer {unnamed}"))
}

/// A token before it is signed.
struct Token {
    header: Json,
    payload: Json,
    secret: String,
    /// The server's time.
    now: i64,
}

impl Token {
    /// A token as the server would sign it for that account.
    fn of(suite: &Suite, known: &Registered) -> Self {
        let facts = suite.system.facts();
        let name = suite.model.name.as_str();
        let kid = key_id(&facts.jwt_secret);
        let life = i64::from(suite.contract.limits.access_token_seconds);
        let epoch = payload(&known.session.access_token)["epoch"].clone();
        Self {
            header: json!({ "alg": "HS256", "typ": "at+jwt", "kid": kid }),
            payload: json!({
                "iss": name, "aud": name, "sub": known.id(), "iat": facts.now - 1, "exp": facts.now + life - 1,
                "jti": "01890000-0000-7000-8000-000000000001", "epoch": epoch,
            }),
            secret: facts.jwt_secret,
            now: facts.now,
        }
    }

    fn head(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.header[name] = value.into();
        self
    }

    fn claim(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.payload[name] = value.into();
        self
    }

    fn without(mut self, name: &str) -> Self {
        for part in [&mut self.header, &mut self.payload] {
            if let Some(object) = part.as_object_mut() {
                object.remove(name);
            }
        }
        self
    }

    fn unsigned(&self) -> String {
        format!("{}.{}", encoded(self.header.to_string()), encoded(self.payload.to_string()))
    }

    fn signed(&self) -> String {
        self.signed_with(&self.secret)
    }

    fn signed_with(&self, secret: &str) -> String {
        let text = self.unsigned();
        let signature = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mac| mac.chain_update(&text));
        format!("{text}.{}", signature.map(|mac| encoded(mac.finalize().into_bytes())).unwrap_or_default())
    }
}

type Forgery = (&'static str, fn(Token) -> String);

const FORGERIES: &[Forgery] = &[
    ("alg-none", |token| format!("{}.", token.head("alg", "none").unsigned())),
    ("alg-none-signed", |token| token.head("alg", "none").signed()),
    ("alg-None", |token| format!("{}.", token.head("alg", "None").unsigned())),
    ("alg-missing", |token| token.without("alg").signed()),
    ("alg-hs384", |token| {
        let text = token.secret.clone();
        let token = token.head("alg", "HS384").unsigned();
        let mac = Hmac::<Sha384>::new_from_slice(text.as_bytes()).map(|mac| mac.chain_update(&token));
        format!("{token}.{}", mac.map(|mac| encoded(mac.finalize().into_bytes())).unwrap_or_default())
    }),
    ("alg-hs512", |token| {
        let text = token.secret.clone();
        let token = token.head("alg", "HS512").unsigned();
        let mac = Hmac::<Sha512>::new_from_slice(text.as_bytes()).map(|mac| mac.chain_update(&token));
        format!("{token}.{}", mac.map(|mac| encoded(mac.finalize().into_bytes())).unwrap_or_default())
    }),
    ("alg-rs256", |token| token.head("alg", "RS256").signed()),
    ("typ-jwt", |token| token.head("typ", "JWT").signed()),
    ("typ-missing", |token| token.without("typ").signed()),
    ("kid-other", |token| token.head("kid", "AAAAAAAA").signed()),
    ("kid-path", |token| token.head("kid", "../../dev/null").signed_with("")),
    ("jwk-inside", |token| {
        let jwk = json!({ "kty": "oct", "k": encoded("another secret of thirty-two bytes") });
        token.head("jwk", jwk).signed_with("another secret of thirty-two bytes")
    }),
    ("crit", |token| token.head("crit", json!(["nothing"])).head("nothing", 1).signed()),
    ("key-other", |token| token.signed_with("another secret of thirty-two bytes")),
    ("key-empty", |token| token.signed_with("")),
    ("iss-other", |token| token.claim("iss", "another").signed()),
    ("iss-missing", |token| token.without("iss").signed()),
    ("aud-other", |token| token.claim("aud", "another").signed()),
    ("aud-missing", |token| token.without("aud").signed()),
    ("sub-nobody", |token| token.claim("sub", super::http::NOBODY).signed()),
    ("sub-missing", |token| token.without("sub").signed()),
    ("sub-number", |token| token.claim("sub", 1).signed()),
    ("exp-past", |token| {
        let then = token.now - 5;
        token.claim("exp", then).signed()
    }),
    ("exp-missing", |token| token.without("exp").signed()),
    ("exp-text", |token| token.claim("exp", "4000000000").signed()),
    ("nbf-future", |token| {
        let then = token.now + 600;
        token.claim("nbf", then).signed()
    }),
    ("iat-missing", |token| token.without("iat").signed()),
    ("jti-missing", |token| token.without("jti").signed()),
    ("epoch-missing", |token| token.without("epoch").signed()),
    ("epoch-other", |token| token.claim("epoch", 99).signed()),
    ("payload-changed", |token| {
        let signed = token.signed();
        let signature = signed.rsplit('.').next().unwrap_or_default();
        let later = token.now + 900_000;
        format!("{}.{signature}", token.claim("exp", later).unsigned())
    }),
    ("signature-missing", |token| token.unsigned()),
    ("signature-empty", |token| format!("{}.", token.unsigned())),
    ("signature-short", |token| {
        let signed = token.signed();
        signed[..signed.len() - 4].to_owned()
    }),
    ("part-more", |token| format!("{}.x", token.signed())),
    ("too-long", |token| token.claim("padding", "x".repeat(7000)).signed()),
];

/// No operation takes the header: not those for users, and not those for everybody.
fn refused(suite: &mut Suite, header: &str) -> Found {
    let mut requests = vec![auth(suite, AuthAction::Me)];
    requests.extend(public(suite));
    for request in requests {
        suite.expect(&request.header("authorization", header), 401)?;
    }
    Ok(())
}

/// A request that anybody may make.
fn public(suite: &Suite) -> Option<Request> {
    let public = |guard: &&backsmith::contract::Guard| {
        guard.operation == AccessOperation::List && guard.check == Check::Caller(Admission::Anyone)
    };
    let guard = suite.contract.plan.guards().iter().find(public)?;
    Some(Request::new("GET", suite.path(guard.entity)))
}

/// A token of an account that is no more.
fn gone(suite: &mut Suite, change: &AccountChange) -> Found {
    let known = register(suite, "correct horse")?;
    suite.expect(&auth(suite, AuthAction::Me).bearer(&known.session.access_token), 200)?;
    suite.system.change_account(known.id(), change).map_err(|failure| failure.to_string())?;
    refused(suite, &format!("Bearer {}", known.session.access_token))?;
    suite.expect(&auth(suite, AuthAction::Login).json(&known.credentials()), 401)?;
    let refresh = refresh_body(suite, known.session.refresh_token.as_str());
    suite.expect(&auth(suite, AuthAction::Refresh).json(&refresh), 401)?;
    Ok(())
}

/// Another role counts at the next request, with the old token.
fn demotion(suite: &mut Suite) {
    let plan = &suite.contract.plan;
    let found = plan.guards().iter().find_map(|guard| match &guard.check {
        Check::Caller(Admission::Roles(roles)) if guard.operation == AccessOperation::Create => {
            Some((guard, *roles.first()?))
        }
        _ => None,
    });
    let Some((guard, role)) = found else { return };
    let entity = guard.entity;
    if suite.contract.verb(entity, Verb::Create).is_none() {
        return;
    }
    let role = suite.model.roles()[role.0].name.snake().to_owned();
    suite.check("tokens.user.demoted", vec![guard.id.to_string()], |suite| {
        let known = register(suite, "correct horse")?;
        let request = Request::new("POST", suite.path(entity)).bearer(&known.session.access_token);
        for (role, status) in [(Some(role), 415), (None, 403)] {
            let change = AccountChange::Role(role);
            suite.system.change_account(known.id(), &change).map_err(|failure| failure.to_string())?;
            // Who is let in is told that the body has no media type.
            suite.expect(&request, status)?;
        }
        Ok(())
    });
}

/// The name of a key in the headers of tokens.
fn key_id(secret: &str) -> String {
    encoded(Sha256::digest(secret)).chars().take(8).collect()
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn payload(token: &str) -> Json {
    let part = token.split('.').nth(1).unwrap_or_default();
    URL_SAFE_NO_PAD.decode(part).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}
