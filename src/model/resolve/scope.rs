//! What there is in a spec, by name.

use std::collections::BTreeMap;

use crate::model::{EntityId, EntityKind, EntityLines, EntityName, Line, Name, Naming};
use crate::spec::ast::{self, Given, Spec, Word};
use crate::spec::{Code, Diagnostic, Span};

use super::{Problems, api, login::Login, names};

/// The entity whose rows are the accounts.
pub(super) const USER: &str = "User";

/// Tables that the login needs for itself, with their keys.
const TAKEN_TABLES: [&str; 2] = ["auth_sessions", "auth_sessions_pkey"];

/// Paths below the base path that are no entity's.
const TAKEN_PATHS: [&str; 1] = ["auth"];

/// One entity, declared but not understood yet.
pub(super) struct Declared<'s> {
    /// Its name; `None` if it is none, which is reported.
    pub(super) name: Option<EntityName>,
    /// Its table, where that is not its plural.
    pub(super) table: Option<Name>,
    /// Whether its rows are the accounts.
    pub(super) kind: EntityKind,
    /// What was written; `None` for a `User` that exists by itself.
    pub(super) written: Option<&'s ast::Entity>,
}

impl Declared<'_> {
    /// What its table is called.
    pub(super) fn table_name(&self) -> String {
        let plural = || self.name.as_ref().map_or_else(String::new, EntityName::plural_snake);
        self.table.as_ref().map_or_else(plural, |table| table.snake().to_owned())
    }

    /// The name as it was written.
    pub(super) fn called(&self) -> &str {
        self.written.map_or(USER, |entity| entity.name.value.as_str())
    }
}

/// Everything that can be referred to.
pub(super) struct Scope<'s> {
    /// The entities; their places are their ids.
    pub(super) entities: Vec<Declared<'s>>,
    /// The login.
    pub(super) login: &'s Login<'s>,
    /// How names are written on the wire.
    pub(super) naming: Naming,
    by_name: BTreeMap<&'s str, EntityId>,
    /// Whether all entities could be read; if not, an unknown one may be one of the others.
    complete: bool,
    spec: &'s Spec,
}

impl<'s> Scope<'s> {
    /// Declares the entities of a spec.
    pub(super) fn new(spec: &'s Spec, login: &'s Login<'s>, problems: &mut Problems) -> Self {
        let written: &[ast::Entity] = spec.entities.value().map_or(&[], Vec::as_slice);
        let declares_user = written.iter().any(|entity| entity.name.value == USER);
        let mut entities = Vec::new();
        if matches!(login, Login::Given(_)) && !declares_user {
            entities.push(Declared { name: EntityName::new(USER), table: None, kind: EntityKind::User, written: None });
        }
        entities.extend(written.iter().map(|entity| declare(entity, login, problems)));
        refuse_collisions(&entities, problems);
        refuse_names_of_keys(&entities, problems);
        if written.is_empty() && login.is_absent() && !matches!(spec.entities, Given::Unreadable | Given::Absent) {
            let start = spec.name.value().map_or(Span::at(0), |name| name.span);
            problems.push(
                Diagnostic::error(Code::MissingWord, start, "There are no entities.")
                    .help("Write at least one below `entities:`."),
            );
        }
        let mut by_name: BTreeMap<&str, EntityId> = BTreeMap::new();
        for (index, entity) in entities.iter().enumerate() {
            by_name.insert(entity.written.map_or(USER, |entity| entity.name.value.as_str()), EntityId(index));
        }
        let complete = matches!(spec.entities, Given::Value(_));
        Self { entities, login, naming: api::naming(&spec.api), by_name, complete, spec }
    }

    /// The entity of that name.
    pub(super) fn entity(&self, name: &str) -> Option<EntityId> {
        self.by_name.get(name).copied()
    }

    /// Whether an entity that is not known here is a mistake.
    pub(super) fn knows_all_entities(&self) -> bool {
        self.complete
    }

    /// The names of all entities, in alphabetical order.
    pub(super) fn entity_names(&self) -> impl Iterator<Item = &'s str> {
        self.by_name.keys().copied()
    }

    /// The declaration of an id that this scope gave out.
    pub(super) fn declared(&self, id: EntityId) -> &Declared<'s> {
        &self.entities[id.0]
    }

    /// The line of a place within an entity.
    pub(super) fn line(&self, span: Span) -> Line {
        let written = self.written();
        let after = written.partition_point(|entity| entity.name.span.start <= span.start);
        let place = after.saturating_sub(1);
        let begin = written.get(place).map_or(0, |entity| self.number(entity.name.span));
        Line::new(place, self.number(span).saturating_sub(begin))
    }

    /// Where each entity begins.
    pub(super) fn lines(&self) -> EntityLines {
        EntityLines::new(self.written().iter().map(|entity| self.number(entity.name.span)).collect())
    }

    fn written(&self) -> &'s [ast::Entity] {
        self.spec.entities.value().map_or(&[], Vec::as_slice)
    }

    fn number(&self, span: Span) -> u32 {
        self.spec.lines.number(span.start)
    }
}

fn declare<'s>(entity: &'s ast::Entity, login: &Login<'_>, problems: &mut Problems) -> Declared<'s> {
    let is_user = entity.name.value == USER && !login.is_absent();
    let kind = if is_user { EntityKind::User } else { EntityKind::Ordinary };
    let name = names::entity_name(&entity.name, problems);
    let name = match &entity.plural {
        Given::Value(plural) => name.and_then(|name| names::with_plural(name, plural, problems)),
        Given::Absent => name,
        Given::Unreadable => None,
    };
    let table = entity.table.value().and_then(|table| names::name(table, "a table", problems));
    Declared { name, table, kind, written: Some(entity) }
}

/// Names that become the same as a table, a path or a type.
fn refuse_collisions(entities: &[Declared<'_>], problems: &mut Problems) {
    let mut taken: BTreeMap<String, Option<&Word>> = BTreeMap::new();
    taken.extend(TAKEN_TABLES.iter().map(|table| (format!("the table `{table}`"), None)));
    taken.extend(TAKEN_PATHS.iter().map(|path| (format!("the path `{path}`"), None)));
    for declared in entities {
        let (Some(name), Some(written)) = (&declared.name, declared.written) else { continue };
        let forms = [
            format!("the table `{}`", declared.table_name()),
            format!("the path `{}`", name.plural_kebab()),
            format!("the file `{}`", name.kebab()),
            format!("the name `{}`", name.plural_camel().to_ascii_lowercase()),
            format!("the name `{}`", name.camel().to_ascii_lowercase()),
        ];
        let collision = forms.iter().find_map(|form| taken.get(form).map(|first| (form, *first)));
        if let Some((form, first)) = collision {
            problems.push(collision_problem(&written.name, form, first));
        }
        for form in forms {
            taken.entry(form).or_insert(Some(&written.name));
        }
    }
}

/// The name that a database gives to the key of a table, beside which no table may have it.
pub(super) fn name_of_key(table: &str) -> String {
    format!("{table}_pkey")
}

/// Tables that are called like the key of another one.
fn refuse_names_of_keys(entities: &[Declared<'_>], problems: &mut Problems) {
    let mut keyed: BTreeMap<String, &Declared<'_>> = BTreeMap::new();
    for declared in entities.iter().filter(|declared| declared.name.is_some()) {
        keyed.entry(name_of_key(&declared.table_name())).or_insert(declared);
    }
    for (declared, written) in entities.iter().filter_map(|declared| Some((declared, declared.written?))) {
        let table = declared.table_name();
        let Some(keyed) = keyed.get(&table) else { continue };
        let message = format!("The table `{table}` would be called like the key of the table of `{}`.", keyed.called());
        let problem = Diagnostic::error(Code::NameCollision, written.name.span, message);
        let problem = match keyed.written {
            Some(other) => problem.label(other.name.span, "the other one"),
            None => problem,
        };
        problems.push(problem.help("Choose another name for one of them."));
    }
}

fn collision_problem(word: &Word, form: &str, first: Option<&Word>) -> Diagnostic {
    let problem = if let Some(first) = first {
        let message = format!("`{}` and `{}` would both become {form}.", first.value, word.value);
        Diagnostic::error(Code::NameCollision, word.span, message).label(first.span, "the other one")
    } else {
        let message = format!("`{}` would become {form}, which the login needs for itself.", word.value);
        Diagnostic::error(Code::NameCollision, word.span, message)
    };
    problem.help("Choose another name for one of them.")
}
