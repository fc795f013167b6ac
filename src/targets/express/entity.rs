//! What templates want to know of an entity.

use std::ops::Deref;

use crate::code::TsString;
use crate::contract::{
    Admission, FieldAccess, Input as Member, Operator, Plan, Predicate, Resource, Site, Source, Verb,
};
use crate::model::{self, AccessOperation, EntityId, EntityKind, Field, FieldId, Model};
use crate::storage::{Storage, Table};
use crate::targets::Input;

use super::fields::FieldRule;
use super::moves::Moves;
use super::names::{Key, Keys, Names, field_property, identifier};
use super::others::Others;
use super::written::{RowRule, When};

/// An entity, with all that is known of it; it is taken down who looks at it.
pub(super) struct Entity<'a> {
    known: Known<'a>,
}

impl<'a> Deref for Entity<'a> {
    type Target = Known<'a>;

    fn deref(&self) -> &Known<'a> {
        self.known.model.reads().read(self.known.id.0);
        &self.known
    }
}

/// An entity, with all that the plan and the contract say of it.
pub(super) struct Known<'a> {
    pub id: EntityId,
    pub model: &'a Model,
    /// What the spec says of it.
    pub spec: &'a model::Entity,
    pub resource: &'a Resource,
    pub table: &'a Table,
    pub storage: &'a Storage,
    pub names: Names,
    /// What can be done with its rows through the API.
    pub verbs: Vec<Verb>,
    pub list: Rule<'a>,
    pub get: Rule<'a>,
    pub create: Rule<'a>,
    pub update: Rule<'a>,
    pub delete: Rule<'a>,
    /// What others have to do with it.
    pub others: Others,
    /// The sets of rows that its rows have.
    pub sets: Vec<Set>,
    /// The rules on single fields.
    pub fields: Vec<FieldRule<'a>>,
    /// The fields that change along arrows.
    pub moves: Vec<Moves>,
}

/// A set of rows that a row has, in a table of its own.
pub(super) struct Set {
    pub field: FieldId,
    /// The property that holds the keys: `tagIds`.
    pub property: Key,
    /// One of those keys: `tagId`.
    pub key: Key,
    /// The property of the table that says whose the set is: `bookId`.
    pub owner: Key,
    /// What the keys' rows are called: `tags`.
    pub name: String,
    /// The same within a name: `Tags`.
    pub pascal: String,
    /// The table: `bookTags`.
    pub table: String,
    /// The file about it: `book-tags`.
    pub stem: String,
}

impl Set {
    fn all(input: &Input, id: EntityId, entity: &model::Entity) -> Vec<Self> {
        entity.fields().filter_map(|(field, _)| Self::of(input.storage, input.model, id, field)).collect()
    }

    /// The set of a field; `None` for another field.
    pub(super) fn of(storage: &Storage, model: &Model, id: EntityId, field: FieldId) -> Option<Self> {
        let (declared, name) = (model.entity(id).field(field), &model.entity(id).name);
        declared.many()?;
        let [owner, key] = storage.set_of(id, field)?.key() else { return None };
        Some(Self {
            field,
            property: Key::of(declared),
            key: Keys(model.api.naming).key(&key.name),
            owner: Keys(model.api.naming).key(&owner.name),
            name: identifier(&declared.name.camel()),
            pascal: declared.name.pascal(),
            table: identifier(&format!("{}{}", name.camel(), declared.name.pascal())),
            stem: format!("{}-{}", name.kebab(), declared.name.kebab()),
        })
    }
}

/// The guards of one operation.
#[derive(Clone, Copy)]
pub(super) struct Rule<'a> {
    pub admission: &'a Admission,
    /// On the row as it is stored; for a list, on each row.
    pub before: &'a Predicate,
    /// On the row as it would be stored.
    pub after: &'a Predicate,
    pub origin: model::Origin,
}

impl<'a> Rule<'a> {
    fn of(input: &'a Input, id: EntityId, operation: AccessOperation) -> Self {
        let site = if operation == AccessOperation::List { Site::Filter } else { Site::Row };
        let plan: &Plan = input.plan;
        Self {
            admission: plan.admission(id, operation),
            before: plan.predicate(id, operation, site),
            after: plan.predicate(id, operation, Site::Result),
            origin: input.model.entity(id).access.rule(operation).origin,
        }
    }

    /// Whether only users get as far as the service.
    pub(super) fn users_only(&self) -> bool {
        *self.admission != Admission::Anyone
    }

    fn asks_caller(&self) -> bool {
        self.before.asks_caller() || self.after.asks_caller()
    }
}

impl<'a> Entity<'a> {
    /// Every entity of the model.
    pub(super) fn all(input: &'a Input) -> Vec<Self> {
        let others = Others::all(input).into_iter().enumerate();
        let others = others.map(|(place, others)| input.memo.found("what others have to do with it", place, others));
        input.model.entities().zip(others).map(|((id, entity), others)| Self::of(input, others, id, entity)).collect()
    }

    fn of(input: &'a Input, others: Others, id: EntityId, entity: &'a model::Entity) -> Self {
        let rule = |operation| Rule::of(input, id, operation);
        let known = Known {
            id,
            model: input.model,
            spec: entity,
            resource: input.contract.resource(id),
            table: input.storage.table_of(id),
            storage: input.storage,
            names: Names::of(entity),
            verbs: input.contract.verbs(id).map(|(verb, _)| verb).collect(),
            list: rule(AccessOperation::List),
            get: rule(AccessOperation::Get),
            create: rule(AccessOperation::Create),
            update: rule(AccessOperation::Update),
            delete: rule(AccessOperation::Delete),
            others,
            sets: Set::all(input, id, entity),
            fields: FieldRule::all(input, id),
            moves: Moves::all(input, id),
        };
        Self { known }
    }

    /// What properties of its rows are called.
    pub(super) fn keys(&self) -> Keys {
        Keys(self.model.api.naming)
    }

    /// The fields that not everybody may read.
    pub(super) fn readers(&self) -> impl Iterator<Item = &FieldRule<'a>> {
        self.fields.iter().filter(|rule| rule.guard.access == FieldAccess::Read)
    }

    /// The fields that not everybody may write.
    pub(super) fn writers(&self) -> impl Iterator<Item = &FieldRule<'a>> {
        self.fields.iter().filter(|rule| rule.guard.access == FieldAccess::Write)
    }

    /// The rule on who writes a member of a body, where not everybody may.
    pub(super) fn writer(&self, member: &Member) -> Option<&FieldRule<'a>> {
        self.writers().find(|rule| rule.guard.source == member.property.source)
    }

    /// Whether a body of these members may give a field, whoever sends it.
    pub(super) fn takes(&self, members: &[Member], field: FieldId) -> bool {
        members.iter().any(|member| member.property.source == Source::Field(field) && self.writer(member).is_none())
    }

    /// The fields whose values a new row copies from others.
    pub(super) fn copies(&self) -> impl Iterator<Item = &'a Field> {
        let spec = self.spec;
        spec.fields.iter().filter(|field| field.copied().is_some())
    }

    /// The references that values are copied through, each once, with what is copied.
    pub(super) fn copied(&self) -> Vec<(&'a Field, Vec<(&'a Field, FieldId)>)> {
        let mut copied: Vec<(FieldId, Vec<(&Field, FieldId)>)> = Vec::new();
        for (field, (through, from)) in self.copies().filter_map(|field| Some((field, field.copied()?))) {
            match copied.iter_mut().find(|(known, _)| *known == through) {
                Some((_, fields)) => fields.push((field, from)),
                None => copied.push((through, vec![(field, from)])),
            }
        }
        copied.into_iter().map(|(through, fields)| (self.spec.field(through), fields)).collect()
    }

    /// The type of what a new row copies.
    pub(super) fn copied_type(&self) -> Option<String> {
        pick(&self.names.row, self.copies())
    }

    /// Whether a member of a body changes along arrows.
    pub(super) fn is_moved(&self, member: &Member) -> bool {
        self.moves.iter().any(|moves| member.property.source == Source::Field(moves.field))
    }

    /// The fields that users change of themselves along arrows by code of the login, because the API changes no users.
    pub(super) fn own_moves(&self) -> impl Iterator<Item = &Moves> {
        let is_own = !self.makes_rows() && !self.has_update() && *self.update.before != Predicate::Never;
        self.moves.iter().filter(move |_| is_own)
    }

    /// The members of new rows that not everybody may give.
    pub(super) fn guarded<'e>(
        &'e self,
        members: &'a [Member],
    ) -> impl Iterator<Item = (&'e FieldRule<'a>, &'a Member)> {
        members.iter().filter_map(|member| Some((self.writer(member)?, member)))
    }

    /// The members of a changing body that not everybody may give and that begin anew where a whole body leaves them out.
    pub(super) fn begun_anew<'e>(&'e self) -> impl Iterator<Item = (&'e FieldRule<'a>, &'a Member)> {
        // What was copied when the row was made stays.
        let is_copied = |member: &Member| matches!(member.property.source, Source::Field(id) if self.spec.field(id).copied().is_some());
        self.guarded(&self.resource.update).filter(move |(_, member)| !is_copied(member))
    }

    /// The rules on what bodies may give that rows decide, at one time, with the name of the function that tells.
    pub(super) fn row_writers(&self, when: When) -> Vec<(RowRule<'_, 'a>, String)> {
        let members = match when {
            When::Created if self.has(Verb::Create) => self.resource.create.as_slice(),
            When::Before | When::After if self.has_update() => self.resource.update.as_slice(),
            _ => &[],
        };
        let rules = RowRule::all(self, members, when).into_iter();
        rules.map(|rule| (rule, self.row_function(rule).name())).collect()
    }

    /// The functions that tell, each once.
    pub(super) fn row_functions(&self) -> Vec<RowRule<'_, 'a>> {
        let mut functions: Vec<RowRule<'_, 'a>> = Vec::new();
        for (rule, name) in When::ALL.into_iter().flat_map(|when| self.row_writers(when)) {
            if functions.iter().all(|known| known.name() != name) {
                functions.push(self.row_function(rule));
            }
        }
        functions
    }

    /// The rule whose function serves for this one: a new row is asked about as any other, unless it would be evidence
    /// for itself.
    fn row_function<'e>(&self, rule: RowRule<'e, 'a>) -> RowRule<'e, 'a> {
        let before = RowRule { when: When::Before, ..rule };
        let is_same = match rule.when {
            When::Before => true,
            When::Created => !rule.predicate().leads_back(self.id),
            When::After => rule.predicate() == before.predicate(),
        };
        if is_same { before } else { rule }
    }

    /// The parameters of lists that are not for everybody.
    pub(super) fn listed_by(&self) -> impl Iterator<Item = &FieldRule<'a>> {
        let sorts = if self.has(Verb::List) { self.resource.sorts.as_slice() } else { &[] };
        self.readers().filter(|rule| sorts.iter().any(|property| property.source == rule.guard.source))
    }

    /// The fields that not everybody may read where only the store can tell who may.
    pub(super) fn read_by_store(&self) -> impl Iterator<Item = &FieldRule<'a>> {
        self.readers().filter(|rule| rule.needs_store())
    }

    /// Whether the store is asked what rows show, which the service does for many rows at once.
    pub(super) fn is_shown_by_store(&self) -> bool {
        self.read_by_store().next().is_some()
    }

    /// Whether it depends on the caller what rows show.
    pub(super) fn shows_by_caller(&self) -> bool {
        self.readers().any(FieldRule::asks_caller)
    }

    /// Whether what makes a row what the API shows is told who calls.
    pub(super) fn view_asks_caller(&self) -> bool {
        self.readers().filter(|rule| !rule.needs_store()).any(FieldRule::asks_caller)
    }

    /// What a row shows to a caller, where the store is not asked.
    pub(super) fn view(&self, row: &str, caller: &str) -> String {
        let caller = if self.view_asks_caller() { format!(", {caller}") } else { String::new() };
        format!("{}View({row}{caller})", self.names.camel)
    }

    /// The type that says which fields the store lets a caller read of a row.
    pub(super) fn readable_type(&self) -> String {
        format!("{}Readable", self.names.pascal)
    }

    /// A call of the service that makes rows what the API shows to a caller.
    pub(super) fn show(&self, service: &str, rows: &str, caller: &str) -> String {
        let caller = if self.shows_by_caller() { format!("{caller}, ") } else { String::new() };
        format!("await {service}.show({caller}{rows})")
    }

    /// Whether lists depend on the caller.
    pub(super) fn list_asks_caller(&self) -> bool {
        self.list.before.asks_caller() || self.listed_by().any(FieldRule::asks_caller)
    }

    pub(super) fn has(&self, verb: Verb) -> bool {
        self.verbs.contains(&verb)
    }

    /// Whether a body may change a set.
    pub(super) fn is_changed(&self, set: &Set) -> bool {
        let source = Source::Field(set.field);
        self.has_update() && self.resource.update.iter().any(|member| member.property.source == source)
    }

    /// The references that a seed gives when all rows are stored.
    pub(super) fn waiting_references(&self) -> impl Iterator<Item = FieldId> {
        self.others.waiting.iter().copied().filter(|field| self.spec.field(*field).reference().is_some())
    }

    /// Whether lists can be narrowed to rows without some value.
    pub(super) fn has_nullable_filter(&self) -> bool {
        self.has(Verb::List) && self.resource.filters.iter().any(|filter| filter.operator == Operator::Null)
    }

    /// Whether lists can be searched.
    pub(super) fn is_searched(&self) -> bool {
        self.has(Verb::List) && !self.resource.search.is_empty()
    }

    pub(super) fn has_update(&self) -> bool {
        self.has(Verb::Put) || self.has(Verb::Patch)
    }

    /// Whether the API offers anything about its rows.
    pub(super) fn has_routes(&self) -> bool {
        !self.verbs.is_empty()
    }

    /// Whether a request may refer to several of its rows at once.
    pub(super) fn is_collected(&self) -> bool {
        self.others.collect_it
    }

    /// Whether rows of others can bring its rows along.
    pub(super) fn is_included(&self) -> bool {
        !self.others.include_it.is_empty()
    }

    /// Whether single rows are looked for.
    pub(super) fn is_found(&self) -> bool {
        self.others.refer_to_it || self.verbs.iter().any(|verb| verb.names_row())
    }

    /// Whether its service asks the store what rows show: answers hold rows of it, those of the login too.
    pub(super) fn has_show(&self) -> bool {
        let is_shown = self.verbs.iter().any(|verb| *verb != Verb::Delete) || self.is_included() || !self.makes_rows();
        is_shown && self.is_shown_by_store()
    }

    /// Whether there is a service.
    pub(super) fn has_service(&self) -> bool {
        self.has_routes() || self.is_found() || self.is_collected() || self.is_included() || self.has_show()
    }

    /// Whether rows are written through the entity's own service, with what people want to happen around it.
    pub(super) fn has_hooks(&self) -> bool {
        self.has(Verb::Create) || self.has_update() || self.has(Verb::Delete)
    }

    /// Whether new rows are made by the entity's own code, and not by the login.
    pub(super) fn makes_rows(&self) -> bool {
        self.spec.kind == EntityKind::Ordinary
    }

    /// Whether it depends on the caller which single rows there are.
    pub(super) fn find_asks_caller(&self) -> bool {
        self.get.users_only() || self.get.before.asks_caller()
    }

    /// Whether the condition on single rows is part of their query.
    pub(super) fn find_has_condition(&self) -> bool {
        *self.get.before != Predicate::Always
    }

    /// The references that not everybody may change who changes a row, and who may.
    pub(super) fn guarded_references(&self) -> impl Iterator<Item = (FieldId, &FieldRule<'a>)> {
        let references = self.resource.update.iter().filter(|member| member.refers_to.is_some());
        references.filter_map(|member| match member.property.source {
            Source::Field(id) => Some((id, self.writer(member)?)),
            _ => None,
        })
    }

    /// What a new row may be given by anybody who creates it, and no stored one.
    pub(super) fn written_once(&self) -> impl Iterator<Item = &'a Member> {
        let again =
            |member: &Member| self.resource.update.iter().any(|other| other.property.source == member.property.source);
        let owner = self.spec.owner_field().map(Source::Field);
        let created = if self.makes_rows() { self.resource.create.as_slice() } else { &[] };
        created.iter().filter(move |member| !again(member) && Some(member.property.source) != owner)
    }

    pub(super) fn owner(&self) -> Option<(FieldId, &'a Field)> {
        self.spec.owner_field().map(|id| (id, self.spec.field(id)))
    }

    /// What may be given for the owner when a row is created.
    pub(super) fn owner_input(&self) -> Option<&'a Member> {
        let owner = Source::Field(self.spec.owner_field()?);
        self.resource.create.iter().find(|member| member.property.source == owner)
    }

    pub(super) fn create_asks_caller(&self, all: &[Entity]) -> bool {
        let guarded = self.guarded(&self.resource.create).any(|(rule, _)| rule.asks_caller());
        guarded
            || self.owner().is_some()
            || self.create.asks_caller()
            || self.refers_as_caller(all, &self.resource.create)
    }

    pub(super) fn update_asks_caller(&self, all: &[Entity]) -> bool {
        let guarded = self.guarded(&self.resource.update).any(|(rule, _)| rule.asks_caller());
        guarded
            || self.moves.iter().any(Moves::asks_caller)
            || self.find_asks_caller()
            || self.update.asks_caller()
            || self.refers_as_caller(all, &self.resource.update)
    }

    /// Whether the references of a body are checked, and that depends on the caller for this body or for another: one
    /// function does it for all.
    fn refers_as_caller(&self, all: &[Entity], members: &[Member]) -> bool {
        members.iter().any(|member| member.refers_to.is_some()) && self.check_asks_caller(all)
    }

    /// Whether checking references depends on the caller at all.
    pub(super) fn check_asks_caller(&self, all: &[Entity]) -> bool {
        references_ask_caller(all, &self.resource.create) || references_ask_caller(all, &self.resource.update)
    }

    pub(super) fn remove_asks_caller(&self) -> bool {
        self.find_asks_caller() || self.delete.before.asks_caller()
    }
}

/// A row with these fields only; none without any.
pub(super) fn pick<'f>(row: &str, fields: impl IntoIterator<Item = &'f Field>) -> Option<String> {
    let names: Vec<String> =
        fields.into_iter().map(|field| TsString::from(field_property(field).as_str()).to_string()).collect();
    (!names.is_empty()).then(|| format!("Pick<{row}, {}>", names.join(" | ")))
}

/// Whether checking the references in these bodies depends on the caller.
fn references_ask_caller(all: &[Entity], members: &[Member]) -> bool {
    members.iter().filter_map(|member| member.refers_to).any(|to| all[to.0].find_asks_caller())
}
