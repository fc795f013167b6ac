//! Guards as conditions of queries.

use crate::code::TsImports;
use crate::contract::{MoveGuard, Operand, Predicate, Verb};
use crate::model::{Comparison, EntityId, FieldId, Model, Relation, Type};
use crate::storage::Storage;
use crate::targets::express::entity::{Entity, Set};
use crate::targets::express::fields::FieldRule;
use crate::targets::express::included::{Place, links_to};
use crate::targets::express::moves::Moves;
use crate::targets::express::names::{Names, field_property};
use crate::targets::express::rules::{Named, asks_role, needs_store, role_arguments};
use crate::targets::express::values::literal;
use crate::targets::express::written::When;

use super::across::{self, Alias, From};

/// Which helpers of `src/db/query.ts` conditions use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Uses {
    pub holds: bool,
    pub owners: bool,
    pub others: bool,
}

impl Uses {
    fn of(predicate: &Predicate) -> Self {
        match predicate {
            Predicate::Mine(_) | Predicate::Myself => Self { owners: true, ..Self::default() },
            Predicate::Another(_) => Self { others: true, ..Self::default() },
            Predicate::Always | Predicate::Never | Predicate::SignedIn | Predicate::Role(_) => {
                Self { holds: true, ..Self::default() }
            }
            Predicate::Compare(..) | Predicate::Across(..) | Predicate::Null(_) | Predicate::Present(_) => {
                Self::default()
            }
            Predicate::At(_, inner) | Predicate::Some(_, inner) => Self::of(inner),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().map(Self::of).fold(Self::default(), Self::or),
        }
    }

    fn of_readable(entity: &Entity) -> Self {
        if entity.find_has_condition() { Self::of(entity.get.before) } else { Self::default() }
    }

    fn or(self, other: Self) -> Self {
        Self {
            holds: self.holds || other.holds,
            owners: self.owners || other.owners,
            others: self.others || other.others,
        }
    }

    /// Whether conditions use any of them.
    pub(super) fn any(self) -> bool {
        self.holds || self.owners || self.others
    }
}

/// A function over a repository's table that gives a condition.
pub(super) struct Condition<'a> {
    pub name: String,
    pub predicate: &'a Predicate,
    pub entity: &'a Entity<'a>,
    pub origin: crate::model::Origin,
    /// Whether the row it is about is new, and does not count among those that others are related to.
    pub is_new: bool,
}

impl Condition<'_> {
    /// What stands between the brackets where it is declared.
    pub(super) fn parameters(&self) -> &'static str {
        if self.predicate.asks_caller() { "caller: Caller" } else { "" }
    }

    /// A call of it.
    pub(super) fn call(&self) -> String {
        format!("{}({})", self.name, if self.predicate.asks_caller() { "caller" } else { "" })
    }

    pub(super) fn expression(&self) -> String {
        self.about().expression()
    }

    fn about(&self) -> About<'_> {
        About { home: self.entity, entity: self.entity, predicate: self.predicate, is_new: self.is_new }
    }

    /// Adds what the expression needs.
    pub(super) fn import(&self, imports: TsImports) -> TsImports {
        self.about().import(imports)
    }

    /// The second names of tables that the expression uses.
    pub(super) fn aliases(&self) -> Vec<Alias> {
        self.about().aliases()
    }
}

/// What must hold of the rows of an entity, written in the repository of perhaps another one.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub home: &'a Entity<'a>,
    pub entity: &'a Entity<'a>,
    pub predicate: &'a Predicate,
    /// Whether the row it is about is new.
    pub is_new: bool,
}

impl About<'_> {
    pub(super) fn expression(self) -> String {
        self.rows().expression(self.predicate)
    }

    fn rows(&self) -> Rows<'_> {
        let (home, entity) = (self.home.id, self.entity.id);
        let (model, storage) = (self.home.model, self.home.storage);
        Rows { model, storage, home, entity, is_new: self.is_new }
    }

    /// The second names of tables that the expression uses.
    pub(super) fn aliases(self) -> Vec<Alias> {
        self.rows().aliases(self.predicate)
    }

    /// Adds what the expression needs.
    pub(super) fn import(self, imports: TsImports) -> TsImports {
        let mut imports = imports;
        let uses = Uses::of(self.predicate);
        for (name, used) in [("holds", uses.holds), ("isCaller", uses.owners), ("isAnother", uses.others)] {
            if used {
                imports = imports.with_values("../db/query.js", &[name]);
            }
        }
        for operator in operators(self.predicate) {
            imports = imports.with_values("drizzle-orm", &[operator]);
        }
        if self.rows().leaves_itself_out(self.predicate) {
            imports = imports.with_values("drizzle-orm", &["ne"]);
        }
        if !self.aliases().is_empty() {
            imports = imports.with_values("drizzle-orm", &["aliasedTable"]);
        }
        if self.predicate.reads_other_rows() {
            imports = imports.with_values("../db/client.js", &["db"]);
        }
        for other in others(self.entity.model, self.entity.id, self.predicate) {
            if other != self.home.id {
                let names = Names::of(self.entity.model.entity(other));
                imports = imports.with_values(&format!("../models/{}.model.js", names.stem), &[&names.table]);
            }
        }
        for set in sets(self.entity, self.entity.id, self.predicate) {
            imports = imports.with_values(&format!("../models/{}.model.js", set.stem), &[&set.table]);
        }
        if self.predicate.asks_caller() {
            imports = imports.with_types("../utils/caller.js", &["Caller"]);
        }
        if asks_role(self.predicate) {
            imports = imports.with_values("../utils/caller.js", &["hasRole"]);
        }
        imports
    }
}

/// The conditions of an entity's repository: on lists, and on single rows where that is another one.
pub(super) fn of<'a>(entity: &'a Entity<'a>) -> (Option<Condition<'a>>, Option<Condition<'a>>) {
    let lists = entity.has(Verb::List) && *entity.list.before != Predicate::Always;
    let finds = (entity.is_found() || entity.is_collected() || entity.is_included()) && entity.find_has_condition();
    let same = lists && finds && entity.list.before == entity.get.before;
    let condition =
        |name: &str, predicate, origin| Condition { name: name.to_owned(), predicate, entity, origin, is_new: false };
    let listed =
        lists.then(|| condition(if same { "readableBy" } else { "listedFor" }, entity.list.before, entity.list.origin));
    let readable = finds.then(|| condition("readableBy", entity.get.before, entity.get.origin));
    (listed, readable)
}

/// A condition on single rows, and what it is for.
pub(super) struct RowCheck<'a> {
    pub doc: String,
    pub condition: Condition<'a>,
}

/// The conditions on rows that are written or deleted, as far as the store has to tell whether they hold.
pub(super) fn checks<'a>(entity: &'a Entity<'a>) -> Vec<RowCheck<'a>> {
    let named = Named::ALL.into_iter().filter(|named| named.function(entity) == *named);
    let of_rows = named.filter_map(|named| {
        let predicate = named.predicate(entity).filter(|predicate| needs_store(predicate))?;
        let origin = named.rule(entity).origin;
        let is_new = named == Named::Create;
        let doc = format!("Whether the caller may {} {}.", named.verb(entity), entity.names.phrase);
        Some(RowCheck {
            doc,
            condition: Condition { name: named.name(entity).to_owned(), predicate, entity, origin, is_new },
        })
    });
    let of_fields = entity.row_functions().into_iter().filter(|rule| rule.needs_store()).map(|rule| {
        let (name, predicate, origin) = (rule.name(), rule.predicate(), rule.rule.guard.origin);
        let is_new = rule.when == When::Created;
        RowCheck { doc: rule.doc(), condition: Condition { name, predicate, entity, origin, is_new } }
    });
    let moves = entity.moves.iter().filter(|_| entity.has_update());
    let of_arrows = moves.flat_map(|moves| of_arrows(entity, moves));
    of_rows.chain(of_fields).chain(of_arrows).collect()
}

/// The conditions on users who change themselves along arrows by code of the login, where other rows decide it.
pub(super) fn own_checks<'a>(user: &'a Entity<'a>) -> Vec<RowCheck<'a>> {
    user.own_moves().flat_map(|moves| of_arrows(user, moves)).collect()
}

/// The conditions on rows whose field changes along arrows.
fn of_arrows<'a>(entity: &'a Entity<'a>, moves: &'a Moves) -> Vec<RowCheck<'a>> {
    let of_arrow = |(name, guard): (String, &'a MoveGuard)| {
        let (doc, predicate, origin) = (moves.doc(), &guard.predicate, guard.origin);
        RowCheck { doc, condition: Condition { name, predicate, entity, origin, is_new: false } }
    };
    moves.asked_of_store().into_iter().map(of_arrow).collect()
}

/// The conditions under which the caller may read fields, where other rows decide it.
pub(super) fn readers<'a>(entity: &'a Entity<'a>) -> Vec<RowCheck<'a>> {
    let readers = entity.read_by_store().filter(|_| entity.has_show());
    let condition = |rule: &'a FieldRule<'a>| Condition {
        name: rule.name(),
        predicate: rule.predicate(),
        entity,
        origin: rule.guard.origin,
        is_new: false,
    };
    readers.map(|rule| RowCheck { doc: rule.doc(), condition: condition(rule) }).collect()
}

/// What all conditions use.
pub(super) fn uses(entities: &[Entity]) -> Uses {
    let of = |entity: &Entity| {
        let (listed, readable) = of(entity);
        let (checks, readers) = (checks(entity), readers(entity));
        let all = listed.iter().chain(&readable).chain(checks.iter().chain(&readers).map(|check| &check.condition));
        let between = links_to(entity.id, entities).into_iter().filter_map(|links| match links.place {
            Place::Between { entity, .. } => Some(Uses::of_readable(&entities[entity.0])),
            Place::Own(_) | Place::Set { .. } => None,
        });
        all.map(|condition| Uses::of(condition.predicate)).chain(between).fold(Uses::default(), Uses::or)
    };
    let of_login = |entity: &Entity| {
        let checks = own_checks(entity);
        checks.iter().map(|check| Uses::of(check.condition.predicate)).fold(Uses::default(), Uses::or)
    };
    let by_login = entities.iter().map(of_login);
    entities.iter().filter(|entity| entity.has_service()).map(of).chain(by_login).fold(Uses::default(), Uses::or)
}

/// The entities whose rows a predicate looks at, beside the one it is about.
fn others(model: &Model, entity: EntityId, predicate: &Predicate) -> Vec<EntityId> {
    match predicate {
        Predicate::At(..) | Predicate::Some(..) => {
            let Some((to, inner)) = target(model, entity, predicate) else { return Vec::new() };
            let of_inner = others(model, to, inner);
            let is_told = is_told_by_set(predicate) || is_told_by_reference(predicate);
            if is_told { of_inner } else { std::iter::once(to).chain(of_inner).collect() }
        }
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().flat_map(|part| others(model, entity, part)).collect()
        }
        other => across::others(model, entity, other),
    }
}

/// The sets whose tables a predicate looks at.
fn sets(home: &Entity, entity: EntityId, predicate: &Predicate) -> Vec<Set> {
    let own = if let Predicate::Some(relation, _) = predicate { set_of(home, entity, *relation) } else { None };
    let further = match predicate {
        Predicate::At(..) | Predicate::Some(..) => {
            target(home.model, entity, predicate).map(|(to, inner)| sets(home, to, inner)).unwrap_or_default()
        }
        Predicate::All(parts) | Predicate::Any(parts) => {
            parts.iter().flat_map(|part| sets(home, entity, part)).collect()
        }
        _ => Vec::new(),
    };
    own.into_iter().chain(further).collect()
}

/// The set by which rows of an entity are related to others.
fn set_of(home: &Entity, entity: EntityId, relation: Relation) -> Option<Set> {
    let (of, field) = match relation {
        Relation::Referring { .. } => return None,
        Relation::InSet { field, .. } => (entity, field),
        Relation::Having { entity, by, .. } => (entity, by),
    };
    Set::of(home.storage, home.model, of, field)
}

/// Whether a set alone tells what is asked of its rows: whether one of them is the caller.
fn is_told_by_set(predicate: &Predicate) -> bool {
    matches!(predicate, Predicate::Some(Relation::InSet { .. } | Relation::Having { .. }, inner)
        if **inner == Predicate::Myself)
}

/// Whether a reference alone tells what is asked of the row that it leads to: what other rows say of it.
fn is_told_by_reference(predicate: &Predicate) -> bool {
    matches!(predicate, Predicate::At(_, inner) if is_told_by_key(inner))
}

/// Whether the key of a row is all that a predicate asks of the row itself.
fn is_told_by_key(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Some(..) | Predicate::Myself => true,
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().all(is_told_by_key),
        _ => false,
    }
}

/// The entity that a predicate leads to, and what it says of its rows.
fn target<'p>(model: &Model, entity: EntityId, predicate: &'p Predicate) -> Option<(EntityId, &'p Predicate)> {
    match predicate {
        Predicate::At(field, inner) => Some((model.entity(entity).field(*field).reference()?.to, inner)),
        Predicate::Some(relation, inner) => Some((relation.entity(), inner)),
        _ => None,
    }
}

fn operators(predicate: &Predicate) -> Vec<&'static str> {
    match predicate {
        Predicate::Compare(_, comparison, Operand::Caller(of_caller)) => {
            let leading = of_caller.leads_on().then_some("eq");
            [operator(*comparison), "sql"].into_iter().chain(leading).collect()
        }
        Predicate::Compare(_, comparison, _) => vec![operator(*comparison)],
        Predicate::Across(_, comparison, _) => vec!["eq", operator(*comparison)],
        Predicate::Null(_) => vec!["isNull"],
        Predicate::Present(_) => vec!["isNotNull"],
        Predicate::At(_, inner) if is_told_by_reference(predicate) => operators(inner),
        Predicate::At(_, inner) | Predicate::Some(_, inner) => {
            std::iter::once("inArray").chain(operators(inner)).collect()
        }
        Predicate::All(parts) => std::iter::once("and").chain(parts.iter().flat_map(operators)).collect(),
        Predicate::Any(parts) => std::iter::once("or").chain(parts.iter().flat_map(operators)).collect(),
        Predicate::Always
        | Predicate::Never
        | Predicate::SignedIn
        | Predicate::Role(_)
        | Predicate::Myself
        | Predicate::Mine(_)
        | Predicate::Another(_) => vec![],
    }
}

const fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "eq",
        Comparison::NotEqual => "ne",
        Comparison::Less => "lt",
        Comparison::LessOrEqual => "lte",
        Comparison::Greater => "gt",
        Comparison::GreaterOrEqual => "gte",
    }
}

/// Rows of a table that a condition is written about.
#[derive(Clone, Copy)]
struct Rows<'r> {
    model: &'r Model,
    storage: &'r Storage,
    /// The entity whose repository it is; its table is called `table` there.
    home: EntityId,
    entity: EntityId,
    /// Whether the row called `id` is new.
    is_new: bool,
}

impl<'r> Rows<'r> {
    fn table(self) -> String {
        if self.entity == self.home { "table".to_owned() } else { Names::of(self.model.entity(self.entity)).table }
    }

    fn column(self, field: FieldId) -> String {
        format!("{}.{}", self.table(), field_property(self.model.entity(self.entity).field(field)))
    }

    fn expression(self, predicate: &Predicate) -> String {
        let join = |name: &str, parts: &[Predicate]| {
            let parts: Vec<String> = parts.iter().map(|part| self.expression(part)).collect();
            format!("{name}({})", parts.join(", "))
        };
        match predicate {
            Predicate::Always => "holds(true)".to_owned(),
            Predicate::Never => "holds(false)".to_owned(),
            Predicate::SignedIn => "holds(caller !== undefined)".to_owned(),
            Predicate::Role(ids) => format!("holds(hasRole(caller, {}))", role_arguments(self.model, ids)),
            Predicate::Myself => format!("isCaller({}.id, caller)", self.table()),
            Predicate::Mine(field) => format!("isCaller({}, caller)", self.column(*field)),
            Predicate::Another(field) => format!("isAnother({}, caller)", self.column(*field)),
            Predicate::Null(field) => format!("isNull({})", self.column(*field)),
            Predicate::Present(field) => format!("isNotNull({})", self.column(*field)),
            Predicate::Compare(field, comparison, operand) => {
                let column = self.column(*field);
                let value = self.operand(*field, &column, operand);
                format!("{}({column}, {value})", operator(*comparison))
            }
            Predicate::Across(left, comparison, right) => {
                let [left, right] = [left, right].map(|path| self.from().value(path));
                format!("{}({left}, {right})", operator(*comparison))
            }
            Predicate::At(field, inner) => {
                let to = self.model.entity(self.entity).field(*field).reference().map(|reference| reference.to);
                let rows = Self { entity: to.unwrap_or(self.entity), ..self };
                rows.of_key(&self.column(*field), inner)
            }
            Predicate::Some(..) => self.of_key(&format!("{}.id", self.table()), predicate),
            Predicate::All(parts) => join("and", parts),
            Predicate::Any(parts) => join("or", parts),
        }
    }

    fn from(self) -> From<'r> {
        From { model: self.model, storage: self.storage, home: self.home, entity: self.entity }
    }

    fn aliases(self, predicate: &Predicate) -> Vec<Alias> {
        match predicate {
            Predicate::Across(left, _, right) => self.from().aliases([left, right]),
            Predicate::At(..) | Predicate::Some(..) => {
                let inner = target(self.model, self.entity, predicate);
                inner.map(|(entity, inner)| Self { entity, ..self }.aliases(inner)).unwrap_or_default()
            }
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(|part| self.aliases(part)).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a new row is left out of the rows that are asked whether they are related to it.
    fn leaves_itself_out(self, predicate: &Predicate) -> bool {
        let Some((to, inner)) = target(self.model, self.entity, predicate) else {
            return match predicate {
                Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(|part| self.leaves_itself_out(part)),
                _ => false,
            };
        };
        let is_evidence = match predicate {
            Predicate::Some(Relation::Referring { .. }, _) => true,
            Predicate::Some(Relation::Having { .. }, _) => !is_told_by_set(predicate),
            _ => false,
        };
        is_evidence && self.is_new && to == self.home || Self { entity: to, ..self }.leaves_itself_out(inner)
    }

    /// Whether the row with the key in a column satisfies a predicate; its table is read only where the key is not
    /// enough.
    fn of_key(self, column: &str, predicate: &Predicate) -> String {
        let join = |name: &str, parts: &[Predicate]| {
            let parts: Vec<String> = parts.iter().map(|part| self.of_key(column, part)).collect();
            format!("{name}({})", parts.join(", "))
        };
        match predicate {
            Predicate::Some(relation, inner) => self.some(column, *relation, inner, is_told_by_set(predicate)),
            Predicate::Myself => format!("isCaller({column}, caller)"),
            Predicate::All(parts) if is_told_by_key(predicate) => join("and", parts),
            Predicate::Any(parts) if is_told_by_key(predicate) => join("or", parts),
            other => self.among(column, "id", other),
        }
    }

    /// Whether one of the rows related to that with the key in a column satisfies a predicate; where the set alone
    /// tells, whether that is the caller.
    fn some(self, own: &str, relation: Relation, inner: &Predicate, told_by_set: bool) -> String {
        let rows = Self { entity: relation.entity(), ..self };
        let (set, turned) = match relation {
            Relation::Referring { entity, by, .. } => {
                let reference = field_property(self.model.entity(entity).field(by));
                return rows.among(own, &reference, inner);
            }
            Relation::InSet { field, .. } => (Set::of(self.storage, self.model, self.entity, field), false),
            Relation::Having { entity, by, .. } => (Set::of(self.storage, self.model, entity, by), true),
        };
        let Some(Set { table, owner, key, .. }) = set else { return "holds(false)".to_owned() };
        let (here, there) = if turned { (key, owner) } else { (owner, key) };
        let (here, there) = (here.property, there.property);
        let condition = if told_by_set {
            format!("isCaller({table}.{there}, caller)")
        } else {
            rows.of_set(&format!("{table}.{there}"), inner, turned)
        };
        format!("inArray({own}, db.select({{ {here}: {table}.{here} }}).from({table}).where({condition}))")
    }

    /// Whether a column of a set holds the key of one of the rows that satisfy a predicate.
    fn of_set(self, column: &str, inner: &Predicate, are_evidence: bool) -> String {
        let among = self.among(column, "id", inner);
        // The set of a new row is no evidence for the rows in it.
        let is_new = are_evidence && self.is_new && self.entity == self.home;
        if is_new { format!("and(ne({column}, id), {among})") } else { among }
    }

    /// Whether a column holds what one of the rows that satisfy a predicate has in another.
    fn among(self, column: &str, property: &str, inner: &Predicate) -> String {
        let table = self.table();
        // A new row is no evidence for itself.
        let is_evidence = property != "id" && self.is_new && self.entity == self.home;
        let condition = match (is_evidence, self.expression(inner)) {
            (true, condition) => format!("and(ne(table.id, id), {condition})"),
            (false, condition) => condition,
        };
        let selected = format!("db.select({{ {property}: {table}.{property} }}).from({table}).where({condition})");
        format!("inArray({column}, {selected})")
    }

    fn operand(self, field: FieldId, column: &str, operand: &Operand) -> String {
        match operand {
            Operand::Literal(value) => match &self.model.entity(self.entity).field(field).ty {
                Type::Scalar(scalar) | Type::List { item: scalar, .. } => literal(value, scalar),
                Type::Reference(_) | Type::Many(_) => "\"\"".to_owned(),
            },
            Operand::Field(other) => self.column(*other),
            Operand::Caller(of_caller) => self.from().of_caller(of_caller, column),
        }
    }
}
