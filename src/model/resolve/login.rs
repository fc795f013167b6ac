//! The login and its roles.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Auth, EntityId, Name, PasswordHash, Range, Role, RoleId, Roles};
use crate::spec::ast::{self, Chain, Given, Word};
use crate::spec::vocabulary::Place;
use crate::spec::{Code, Diagnostic, suggest};

use super::{Problems, bounds, names};

/// What a spec says of the login.
pub(super) enum Login<'s> {
    /// There is none, so everything is open to anyone.
    Absent,
    /// There is one, but it could not be read.
    Unreadable,
    /// There is one.
    Given(Known<'s>),
}

/// The login, understood.
pub(super) struct Known<'s> {
    roles: Roles,
    by_name: BTreeMap<&'s str, RoleId>,
    /// Whether all roles could be read; if not, an unknown one may be one of the others.
    complete: bool,
    default_role: Option<RoleId>,
    hash: PasswordHash,
    password_length: Range<u32>,
}

impl Login<'_> {
    /// The login of the model.
    pub(super) fn auth(&self, user: EntityId) -> Option<Auth> {
        match self {
            Self::Given(known) => Some(Auth {
                user,
                roles: known.roles.clone(),
                default_role: known.default_role,
                hash: known.hash,
                password_length: known.password_length,
            }),
            Self::Absent | Self::Unreadable => None,
        }
    }

    /// Whether there is none.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The role of that name.
    pub(super) fn role(&self, name: &str) -> Option<RoleId> {
        match self {
            Self::Given(known) => known.by_name.get(name).copied(),
            Self::Absent | Self::Unreadable => None,
        }
    }

    /// Whether a role that is not known here is a mistake.
    pub(super) fn knows_all_roles(&self) -> bool {
        matches!(self, Self::Given(known) if known.complete)
    }

    /// The names of all roles, in order.
    pub(super) fn role_names(&self) -> Vec<&str> {
        match self {
            Self::Given(known) => known.roles.all().iter().map(|role| role.name.snake()).collect(),
            Self::Absent | Self::Unreadable => Vec::new(),
        }
    }
}

/// Understands the login.
pub(super) fn login<'s>(given: &'s Given<ast::Auth>, problems: &mut Problems) -> Login<'s> {
    let auth = match given {
        Given::Absent => return Login::Absent,
        Given::Unreadable => return Login::Unreadable,
        Given::Value(auth) => auth,
    };
    refuse_no_methods(auth, problems);
    let mut known = match &auth.roles {
        Given::Absent => roles(&[], problems),
        Given::Unreadable => Known { complete: false, ..roles(&[], problems) },
        Given::Value(chains) => roles(chains, problems),
    };
    if let Given::Value(word) = &auth.default_role {
        known.default_role = known.by_name.get(word.value.as_str()).copied();
        if known.default_role.is_none() && known.complete {
            let names = known.roles.all().iter().map(|role| role.name.snake());
            let problem =
                Diagnostic::error(Code::UnknownRole, word.span, format!("There is no role `{}`.", word.value));
            let problem = match suggest::nearest(&word.value, names) {
                Some(near) => problem.did_you_mean(word.span, Some(near)),
                None => problem.help("Name one of `auth.roles`, or leave `default_role` out."),
            };
            problems.push(problem);
        }
    }
    if let Given::Value(word) = &auth.hash {
        known.hash = if word.value == "bcrypt" { PasswordHash::Bcrypt } else { PasswordHash::Argon2id };
    }
    if let Given::Value(range) = &auth.password_length {
        known.password_length = bounds::password_length(range, problems).unwrap_or(known.password_length);
    }
    Login::Given(known)
}

fn refuse_no_methods(auth: &ast::Auth, problems: &mut Problems) {
    let Given::Value(methods) = &auth.methods else { return };
    if methods.is_empty() {
        problems.push(
            Diagnostic::error(Code::MissingWord, auth.span, "There is no way to log in.")
                .help("Write `methods: [password]`, or leave `methods` out."),
        );
    }
    let mut seen = BTreeSet::new();
    for method in methods.iter().filter(|method| !seen.insert(method.value.as_str())) {
        let message = format!("`{}` is given twice.", method.value);
        problems.push(Diagnostic::error(Code::RepeatedPart, method.span, message).help("Keep one of them."));
    }
}

fn roles<'s>(chains: &'s [Chain], problems: &mut Problems) -> Known<'s> {
    let mut by_name: BTreeMap<&str, RoleId> = BTreeMap::new();
    let mut words: Vec<&Word> = Vec::new();
    let mut names: Vec<Name> = Vec::new();
    let mut complete = true;
    for chain in chains {
        for word in chain {
            if let Some(first) = by_name.get(word.value.as_str()) {
                refuse_repeated(chain, word, words[first.0], problems);
                continue;
            }
            let Some(name) = role_name(word, problems) else {
                complete = false;
                continue;
            };
            by_name.insert(&word.value, RoleId(names.len()));
            words.push(word);
            names.push(name);
        }
    }
    let below = below(chains, &by_name, names.len());
    refuse_circles(&below, &words, problems);
    let roles = names.into_iter().zip(&below).enumerate().map(|(index, (name, below))| {
        let includes = std::iter::once(index).chain(below.iter().copied()).collect::<BTreeSet<usize>>();
        Role { name, includes: includes.into_iter().map(RoleId).collect() }
    });
    Known {
        roles: Roles::new(roles.collect()),
        by_name,
        complete,
        default_role: None,
        hash: PasswordHash::default(),
        password_length: Auth::PASSWORD_LENGTH,
    }
}

fn role_name(word: &Word, problems: &mut Problems) -> Option<Name> {
    let is_grant = Place::Grant.find(&word.value).is_some();
    let is_grammar = ["me", "when", "and", "or", "is", "has", "not", "null"].contains(&word.value.as_str());
    if is_grant || is_grammar {
        problems.push(names::reserved(word, "access rules have a word of that name"));
        return None;
    }
    names::name(word, "a role", problems)
}

/// A role may stand in several chains, but alone it says nothing the second time.
fn refuse_repeated(chain: &Chain, word: &Word, first: &Word, problems: &mut Problems) {
    if chain.len() == 1 {
        problems.push(
            Diagnostic::error(Code::BadRoles, word.span, format!("The role `{}` is named already.", word.value))
                .label(first.span, "named here")
                .help("Take it out."),
        );
    }
}

/// For each role, the roles that it is above, over any number of steps.
fn below(chains: &[Chain], by_name: &BTreeMap<&str, RoleId>, count: usize) -> Vec<BTreeSet<usize>> {
    let mut below = vec![BTreeSet::new(); count];
    let id = |word: &Word| by_name.get(word.value.as_str()).map(|role| role.0);
    for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
        if let [above, next] = pair
            && let (Some(above), Some(next)) = (id(above), id(next))
        {
            below[above].insert(next);
        }
    }
    for through in 0..count {
        for above in 0..count {
            if below[above].contains(&through) {
                let further = below[through].clone();
                below[above].extend(further);
            }
        }
    }
    below
}

fn refuse_circles(below: &[BTreeSet<usize>], words: &[&Word], problems: &mut Problems) {
    let in_circle = |index: &usize| below[*index].contains(index);
    if let Some(first) = (0..below.len()).find(in_circle) {
        let others: Vec<String> = (0..below.len())
            .filter(|other| below[first].contains(other) && below[*other].contains(&first))
            .map(|other| format!("`{}`", words[other].value))
            .collect();
        let message = format!("These roles stand above each other in a circle: {}.", others.join(", "));
        problems.push(
            Diagnostic::error(Code::BadRoles, words[first].span, message)
                .help("`admin > staff` gives admin what staff has; take one of the `>` out."),
        );
    }
}
