//! Access rules.

use crate::model::{
    self, Access, AccessOperation, Entity, EntityId, EntityKind, Field, FieldId, Grant, Rule, Who, Write,
};
use crate::spec::ast::{self, Given, Word};
use crate::spec::vocabulary::Place;
use crate::spec::{Code, Diagnostic, Label, TextEdit, suggest};

use super::{
    Problems, Reported,
    field_rules::is_nobody,
    fields::{Draft, Slot},
    owner::{Owner, is_user},
    scope::Scope,
    tests_of_rows::{self, Entities, Rows},
};

/// Understands who may do what.
pub(super) fn access(id: EntityId, owner: &Owner, all: Entities<'_, '_>, problems: &mut Problems) -> Option<Access> {
    let (entity, draft, scope) = (all.scope.declared(id), &all.drafts[id.0], all.scope);
    // A user that exists by itself has no routes but those of the login.
    let Some(written) = entity.written else { return Some(Access::default()) };
    match &written.access {
        Given::Unreadable => None,
        Given::Absent if scope.login.is_absent() => Some(open(written, scope)),
        Given::Absent if entity.kind == EntityKind::User => Some(Access::default()),
        Given::Absent => {
            problems.push(missing(written, draft, owner, scope));
            None
        }
        Given::Value(access) => {
            let rows = Rows { entity: id, all, steps: 0, back: None };
            let mut rules = Rules { draft, owner, scope, rows, problems };
            let found = rules.each(access, entity.kind);
            if entity.kind == EntityKind::Ordinary {
                warn_of_idle_update(access, draft, owner, problems);
            }
            found
        }
    }
}

/// The same without an update that could change nothing: where all fields are written once or by nobody, it has no
/// route, as what nobody may do.
pub(super) fn without_idle_update(mut entity: Entity) -> Entity {
    let owner = entity.owner_field();
    if entity.kind == EntityKind::Ordinary && !entity.fields().any(|(id, field)| changes(id, field, owner)) {
        entity.access.update.grants.clear();
    }
    entity
}

/// Whether an update may change a field.
fn changes(id: FieldId, field: &Field, owner: Option<FieldId>) -> bool {
    field.write == Write::Callers && !field.private && owner != Some(id)
}

/// Who writes `update` expects a route; `write` alone says what holds of all writes that there are.
fn warn_of_idle_update(access: &ast::Access, draft: &Draft<'_>, owner: &Owner, problems: &mut Problems) {
    let owner = match owner {
        Owner::Known(model::Owner::Field(id)) => Some(*id),
        Owner::Known(_) | Owner::Nobody | Owner::Unclear => None,
    };
    let fields = draft.fields.iter().enumerate().map(|(index, field)| (FieldId(index), field));
    let is_clear = draft.slot("") == Slot::Unknown;
    if let Some(update) = access.update.value()
        && is_clear
        && !is_nobody(update)
        && !fields.into_iter().any(|(id, field)| changes(id, field, owner))
    {
        let message = "This update could change nothing, and has no route: all fields are written once or by nobody.";
        problems.push(
            Diagnostic::warning(Code::BadRule, update.span, message)
                .help("Take `update` out, or let a field be written again."),
        );
    }
}

/// Without a login, everything is open to anyone.
fn open(entity: &ast::Entity, scope: &Scope<'_>) -> Access {
    let anyone = || Rule {
        grants: vec![Grant { who: Who::Anyone, when: Vec::new() }],
        origin: Some(scope.line(entity.name.span)),
    };
    Access { list: anyone(), get: anyone(), create: anyone(), update: anyone(), delete: anyone() }
}

/// The problem of an entity that does not say who may use it, with lines to begin with.
fn missing(entity: &ast::Entity, draft: &Draft<'_>, owner: &Owner, scope: &Scope<'_>) -> Diagnostic {
    let message = format!("`{}` does not say who may do what.", entity.name.value);
    let roles = scope.login.role_names();
    let writer = roles.first().copied().unwrap_or("signed_in");
    let pairs = match owner {
        Owner::Known(_) => {
            vec![("read", "signed_in"), ("create", "signed_in"), ("update", "owner"), ("delete", "owner")]
        }
        Owner::Nobody | Owner::Unclear => vec![("read", "signed_in"), ("write", writer)],
    };
    let lines: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    let problem = Diagnostic::error(Code::MissingAccess, entity.name.span, message)
        .help(format!("With a login, every entity has `access`, such as `{{ {} }}`.", lines.join(", ")));
    // Where the fields could not be read, it is not clear where the lines belong.
    let is_clear = draft.slot("") == Slot::Unknown;
    if is_clear { problem.edit(entity.insertion.map("access", &pairs)) } else { problem }
}

/// What the rules of one entity are understood with.
pub(super) struct Rules<'r, 's> {
    pub(super) draft: &'r Draft<'s>,
    pub(super) owner: &'r Owner,
    pub(super) scope: &'r Scope<'s>,
    pub(super) rows: Rows<'r, 's>,
    pub(super) problems: &'r mut Problems,
}

impl Rules<'_, '_> {
    /// Every written rule is understood, also one that no operation uses.
    fn each(&mut self, access: &ast::Access, kind: EntityKind) -> Option<Access> {
        let read = self.given(&access.read);
        let write = self.given(&access.write);
        let denied = Rule { grants: Vec::new(), origin: Some(self.scope.line(access.span)) };
        let mut rule = |given: &Given<ast::Rule>, operation: AccessOperation| {
            let general = match operation {
                AccessOperation::List | AccessOperation::Get => &read,
                // Accounts are made by registering, so that `write` cannot mean to create them.
                AccessOperation::Create if kind == EntityKind::User => &Given::Absent,
                AccessOperation::Create | AccessOperation::Update | AccessOperation::Delete => &write,
            };
            match (given, general) {
                (Given::Absent, Given::Absent) => Some(denied.clone()),
                (Given::Absent, Given::Unreadable) => None,
                (Given::Absent, Given::Value(rule)) => Some(rule.clone()),
                (given, _) => self.given(given).value().cloned(),
            }
        };
        let list = rule(&access.list, AccessOperation::List);
        let get = rule(&access.get, AccessOperation::Get);
        let create = rule(&access.create, AccessOperation::Create);
        let update = rule(&access.update, AccessOperation::Update);
        let delete = rule(&access.delete, AccessOperation::Delete);
        if let (EntityKind::User, Given::Value(written), Some([_, ..])) =
            (kind, &access.create, create.as_ref().map(|rule| rule.grants.as_slice()))
        {
            self.problems.push(
                Diagnostic::error(Code::BadRule, written.span, "Users are not created here, they register.")
                    .help("Take `create` out; `/auth/register` makes users, and `create-admin` the first one."),
            );
        }
        Some(Access { list: list?, get: get?, create: create?, update: update?, delete: delete? })
    }

    fn given(&mut self, given: &Given<ast::Rule>) -> Given<Rule> {
        match given {
            Given::Absent => Given::Absent,
            Given::Unreadable => Given::Unreadable,
            Given::Value(rule) => self.rule(rule).into(),
        }
    }

    pub(super) fn rule(&mut self, rule: &ast::Rule) -> Option<Rule> {
        let among = rule.grants.len();
        let found: Vec<Result<Option<Grant>, Reported>> =
            rule.grants.iter().map(|grant| self.grant(grant, among)).collect();
        let grants = found.into_iter().collect::<Result<Vec<_>, _>>().ok()?;
        Some(Rule { grants: grants.into_iter().flatten().collect(), origin: Some(self.scope.line(rule.span)) })
    }

    /// What a grant gives; nothing for `nobody`.
    fn grant(&mut self, grant: &ast::Grant, among: usize) -> Result<Option<Grant>, Reported> {
        let (word, when) = match grant {
            ast::Grant::Who { word, when } => (word, when.as_ref()),
            ast::Grant::Condition(condition) => return self.bare(condition).map(Some),
        };
        if word.value == "nobody" {
            return self.nobody(word, when.is_some() || among > 1).map(|()| None);
        }
        let who = self.who(word);
        let when = match when {
            Some(condition) => tests_of_rows::tests(condition, self.rows, self.problems),
            None => Some(Vec::new()),
        };
        let (Some(who), Some(when)) = (who, when) else { return Err(Reported) };
        Ok(Some(Grant { who, when }))
    }

    /// A condition without a word before it says itself who may.
    fn bare(&mut self, condition: &ast::Condition) -> Result<Grant, Reported> {
        let when = tests_of_rows::tests(condition, self.rows, self.problems);
        if self.scope.login.is_absent() {
            self.problems.push(
                Diagnostic::error(Code::BadRule, condition.span, "A condition on the caller needs a login.")
                    .help("Add `auth: {}` to the spec, or write `anyone`."),
            );
            return Err(Reported);
        }
        if !tests_of_rows::mentions_me(condition) {
            self.problems.push(
                Diagnostic::error(Code::BadRule, condition.span, "This condition does not say who may.")
                    .help("Write who before it, `anyone when …`, or let it mention `me`.")
                    .edit(TextEdit::insert(condition.span.start, "anyone when ")),
            );
            return Err(Reported);
        }
        when.map(|when| Grant { who: Who::SignedIn, when }).ok_or(Reported)
    }

    fn nobody(&mut self, word: &Word, with_others: bool) -> Result<(), Reported> {
        if !with_others {
            return Ok(());
        }
        self.problems.push(
            Diagnostic::error(Code::BadRule, word.span, "`nobody` stands alone.").help("Take it out, or the others."),
        );
        Err(Reported)
    }

    fn who(&mut self, word: &Word) -> Option<Who> {
        let who = match word.value.as_str() {
            "anyone" => return Some(Who::Anyone),
            "signed_in" => Some(Who::SignedIn),
            "owner" => match self.owner {
                Owner::Known(_) => Some(Who::Owner),
                Owner::Unclear => None,
                Owner::Nobody if self.scope.login.is_absent() => Some(Who::Owner),
                Owner::Nobody => {
                    self.refuse_owner(word);
                    None
                }
            },
            role => match self.scope.login.role(role) {
                Some(_) if self.refuse_shadowed(word) => None,
                Some(id) => Some(Who::Role(id)),
                None => {
                    self.refuse_unknown(word);
                    None
                }
            },
        };
        if who.is_some() && self.scope.login.is_absent() {
            let message = format!("`{}` needs a login.", word.value);
            self.problems.push(
                Diagnostic::error(Code::BadRule, word.span, message)
                    .help("Add `auth: {}` to the spec, or write `anyone`."),
            );
            return None;
        }
        who
    }

    /// An owner that nobody named is one mistake, however many rules speak of it.
    fn refuse_owner(&mut self, word: &Word) {
        const NONE: &str = "Rows of this entity have no owner.";
        let written = self.scope.declared(self.rows.entity).written;
        let whole =
            written.map_or(word.span.start..word.span.end, |entity| entity.name.span.start..entity.insertion.offset());
        let is_here = |known: &&mut Diagnostic| {
            known.message == NONE && known.labels.first().is_some_and(|label| whole.contains(&label.span.start))
        };
        if let Some(known) = self.problems.iter_mut().find(is_here) {
            known.labels.push(Label { span: word.span, message: Some("and here".to_owned()) });
            return;
        }
        let users = self.draft.names(|field| is_user(field, self.scope));
        let problem = Diagnostic::error(Code::BadRule, word.span, NONE);
        self.problems.push(match (users.as_slice(), written) {
            ([], _) => {
                problem.help("Add a field that refers to a user, `author: User`, and name it with `owner: author`.")
            }
            ([only], Some(entity)) => problem
                .help(format!("Name the field that holds the owner: `owner: {only}` beside `fields:`."))
                .edit(entity.insertion.pair("owner", only)),
            ([first, ..], _) => {
                problem.help(format!("Name the field that holds the owner: `owner: {first}` beside `fields:`."))
            }
        });
    }

    /// A role and a reference to a user of one name would be told apart by nobody.
    fn refuse_shadowed(&mut self, word: &Word) -> bool {
        let is_shadowed = matches!(self.draft.slot(&word.value),
            Slot::Stored(id) if is_user(&self.draft.fields[id.0], self.scope));
        if is_shadowed {
            let message = format!("`{0}` is a role, and a field of this entity refers to a user as `{0}`.", word.value);
            self.problems.push(
                Diagnostic::error(Code::BadRule, word.span, message).help("Give the role or the field another name."),
            );
        }
        is_shadowed
    }

    fn refuse_unknown(&mut self, word: &Word) {
        if !self.scope.login.is_absent() && !self.scope.login.knows_all_roles() {
            return;
        }
        if let Slot::Stored(id) = self.draft.slot(&word.value)
            && is_user(&self.draft.fields[id.0], self.scope)
        {
            let message = format!("`{}` is a field; a rule speaks of `owner`, roles and the like.", word.value);
            let problem = Diagnostic::error(Code::BadRule, word.span, message);
            let is_owner = *self.owner == Owner::Known(model::Owner::Field(id));
            self.problems.push(if is_owner {
                problem.help("Write `owner`.").edit(TextEdit::replace(word.span, "owner"))
            } else {
                problem.help(format!("Write `{} = me`.", word.value))
            });
            return;
        }
        let roles = self.scope.login.role_names();
        let near_role = suggest::nearest(&word.value, roles.iter().copied());
        let near = near_role.or_else(|| Place::Grant.nearest(&word.value).map(|word| word.name));
        let problem = Diagnostic::error(Code::UnknownRole, word.span, format!("There is no role `{}`.", word.value));
        self.problems.push(match near {
            Some(near) => problem.did_you_mean(word.span, Some(near)),
            None if self.scope.login.is_absent() => problem.help("Without `auth`, a rule says `anyone` or `nobody`."),
            None => {
                let words = Place::Grant.words().iter().map(|word| word.name).chain(roles.iter().copied());
                let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
                problem.help(format!("There is {}. Roles stand under `auth`.", words.join(", ")))
            }
        });
    }
}
