//! Fields: what a row stores, and the relations that another entity stores.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::FreeText;
use crate::model::{
    Default, EntityId, EntityKind, Field, FieldId, Many, Name, Naming, Range, Reference, Scalar, Type, Write,
};
use crate::spec::ast::{self, Base, FieldLine, Given, Word};
use crate::spec::vocabulary::Place;
use crate::spec::{Code, Diagnostic, Span, TextEdit};

use super::{
    Problems, Reported, bounds, copies, defaults,
    field_rules::{FieldRules, is_nobody},
    forms, names, references, scalars,
    scope::{Declared, Scope},
};

/// The most items of a list.
const ITEMS_MAX: u32 = 1000;

/// An entity's fields, before the relations between entities are known.
pub(super) struct Draft<'s> {
    /// What a row stores.
    pub(super) fields: Vec<Field>,
    /// The relations that another entity stores.
    pub(super) sides: Vec<Side<'s>>,
    /// The fields whose value is copied from another row.
    pub(super) copies: Vec<(FieldId, &'s ast::Path)>,
    slots: BTreeMap<&'s str, Slot>,
    /// Whether the fields could be read at all.
    readable: bool,
}

/// What a name of an entity stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A stored field.
    Stored(FieldId),
    /// A relation that another entity stores.
    Side,
    /// A field that could not be understood, which is reported.
    Broken,
    /// Nothing.
    Unknown,
}

/// A relation that another entity stores, as it was written.
pub(super) struct Side<'s> {
    pub(super) name: Name,
    pub(super) word: &'s Word,
    pub(super) entity: EntityId,
    pub(super) found: Found<'s>,
    pub(super) ty: &'s ast::Type,
}

/// How the rows of a relation are found that another entity stores.
#[derive(Clone, Copy)]
pub(super) enum Found<'s> {
    /// By this field of theirs.
    By(&'s Word),
    /// By the rows of an entity between the two.
    Through {
        /// The entity between.
        entity: EntityId,
        /// Its name, as it was written.
        word: &'s Word,
        /// Its field that refers here, where that is said.
        by: Option<&'s Word>,
    },
}

impl Draft<'_> {
    /// What a name stands for.
    pub(super) fn slot(&self, name: &str) -> Slot {
        match self.slots.get(name) {
            Some(slot) => *slot,
            None if self.readable => Slot::Unknown,
            None => Slot::Broken,
        }
    }

    /// The same with the rules on single fields.
    pub(super) fn narrowed(mut self, rules: Vec<FieldRules>) -> Self {
        for FieldRules { field, read, write } in rules {
            let field = &mut self.fields[field.0];
            (field.read_rule, field.write_rule) = (read, write);
        }
        self
    }

    /// Whether every field could be understood.
    pub(super) fn is_whole(&self) -> bool {
        self.readable && !self.slots.values().any(|slot| *slot == Slot::Broken)
    }

    /// The single references to an entity.
    pub(super) fn references_to(&self, to: EntityId) -> Vec<FieldId> {
        let fields = self.fields.iter().enumerate();
        let refers = fields.filter(|(_, field)| field.reference().is_some_and(|reference| reference.to == to));
        refers.map(|(index, _)| FieldId(index)).collect()
    }

    /// Whether a name stands for a set of rows.
    pub(super) fn has_many(&self, name: &Name) -> bool {
        self.fields.iter().any(|field| field.name == *name && field.many().is_some())
    }

    /// The names of the stored fields that satisfy a test, in order.
    pub(super) fn names(&self, test: impl Fn(&Field) -> bool) -> Vec<&str> {
        self.fields.iter().filter(|field| test(field)).map(|field| field.name.snake()).collect()
    }
}

/// What one line gives.
pub(super) enum Understood<'s> {
    Stored(Box<Field>),
    Side(Side<'s>),
    Broken,
}

/// Understands the fields of an entity.
pub(super) fn draft<'s>(entity: &Declared<'s>, scope: &Scope<'_>, problems: &mut Problems) -> Draft<'s> {
    let mut draft =
        Draft { fields: Vec::new(), sides: Vec::new(), copies: Vec::new(), slots: BTreeMap::new(), readable: true };
    let Some(written) = entity.written else { return draft };
    let Given::Value(fields) = &written.fields else {
        draft.readable = false;
        return draft;
    };
    if fields.is_empty() && entity.kind == EntityKind::Ordinary {
        let message = format!("`{}` has no fields.", entity.called());
        problems.push(
            Diagnostic::error(Code::MissingWord, written.name.span, message)
                .help("Write at least one below `fields:`."),
        );
    }
    for field in fields {
        let slot = match understand(entity, field, scope, problems) {
            Understood::Stored(stored) => {
                draft.fields.push(*stored);
                let id = FieldId(draft.fields.len() - 1);
                let path = field.line.as_ref().and_then(|line| copies::path(&line.parts));
                draft.copies.extend(path.map(|path| (id, path)));
                Slot::Stored(id)
            }
            Understood::Side(side) => {
                draft.sides.push(side);
                Slot::Side
            }
            Understood::Broken => Slot::Broken,
        };
        draft.slots.insert(field.name.value.as_str(), slot);
    }
    refuse_collisions(&draft, fields, scope.naming, problems);
    refuse_column_collisions(entity, &draft, fields, problems);
    draft
}

/// Fields that would have the same name on the wire, where a relation also has one for the rows that it leads to.
fn refuse_collisions(draft: &Draft<'_>, written: &[ast::Field], naming: Naming, problems: &mut Problems) {
    let mut taken: BTreeMap<String, &Word> = BTreeMap::new();
    for word in written.iter().map(|field| &field.name) {
        let Some(name) = Name::new(&word.value) else { continue };
        let key = match draft.slot(&word.value) {
            Slot::Stored(id) => Some(draft.fields[id.0].wire.clone()),
            Slot::Side | Slot::Broken | Slot::Unknown => None,
        };
        let relation = Some(naming.wire(name.snake())).filter(|relation| key.as_ref() != Some(relation));
        let forms: Vec<String> = key.into_iter().chain(relation).collect();
        let collision = forms.iter().find_map(|form| taken.get(form).map(|first| (form, *first)));
        if let Some((wire, first)) = collision {
            problems.push(
                Diagnostic::error(
                    Code::NameCollision,
                    word.span,
                    format!("`{}` and `{}` would both be `{wire}` in the API.", first.value, word.value),
                )
                .label(first.span, "the other one")
                .help("Choose another name for one of them."),
            );
        }
        for form in forms {
            taken.entry(form).or_insert(word);
        }
    }
}

/// A column that was given a name which another one has already.
fn refuse_column_collisions(entity: &Declared<'_>, draft: &Draft<'_>, written: &[ast::Field], problems: &mut Problems) {
    let own = ["id", "created_at", "updated_at"];
    let of_account = ["email", "role", "password_hash", "epoch", "disabled_at"];
    let account = if entity.kind == EntityKind::User { &of_account[..] } else { &[] };
    let mut taken: BTreeSet<String> = own.iter().chain(account).map(|name| (*name).to_owned()).collect();
    let stored = |word: &Word| match draft.slot(&word.value) {
        Slot::Stored(id) => Some(&draft.fields[id.0]),
        Slot::Side | Slot::Broken | Slot::Unknown => None,
    };
    for field in written.iter().filter_map(|field| stored(&field.name)).filter(|field| field.column.is_none()) {
        taken.insert(field.column());
    }
    for (word, field) in written.iter().filter_map(|field| Some((field.column.as_ref()?, stored(&field.name)?))) {
        if !taken.insert(field.column()) {
            problems.push(
                Diagnostic::error(
                    Code::NameCollision,
                    word.span,
                    format!("There is a column `{}` already.", word.value),
                )
                .help("Choose another name for this one."),
            );
        }
    }
}

/// Names of what every row, and every account, has by itself.
fn refuse_own_names(entity: &Declared<'_>, word: &Word, problems: &mut Problems) -> Option<()> {
    let of_row = matches!(word.value.as_str(), "id" | "created_at" | "updated_at");
    let of_account = entity.kind == EntityKind::User
        && matches!(word.value.as_str(), "email" | "role" | "password" | "password_hash" | "epoch" | "disabled_at");
    if !of_row && !of_account {
        return Some(());
    }
    let whose = if of_row { "every row" } else { "every user" };
    problems.push(
        Diagnostic::error(Code::ReservedName, word.span, format!("`{}` comes by itself: {whose} has it.", word.value))
            .help("Take it out, or choose another name."),
    );
    None
}

fn understand<'s>(
    entity: &Declared<'s>,
    field: &'s ast::Field,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Understood<'s> {
    let name =
        refuse_own_names(entity, &field.name, problems).and_then(|()| names::name(&field.name, "a field", problems));
    let Some(line) = &field.line else { return Understood::Broken };
    match &line.ty.base {
        Base::Choice(values) => {
            let scalar = scalars::choice(values, line.ty.span, scope, problems);
            stored(entity, field, line, name, scalar.map(Meaning::Scalar), scope, problems)
        }
        Base::Named { word, arguments } => match Place::Type.find(&word.value) {
            Some(known) if !known.is_available() => {
                problems.push(Diagnostic::not_yet_available(&format!("`{}`", word.value), word.span));
                Understood::Broken
            }
            Some(_) => {
                let scalar = scalars::named(word, arguments, line, scope, problems);
                stored(entity, field, line, name, scalar.map(Meaning::Scalar), scope, problems)
            }
            None => references::reference(entity, field, line, name, word, scope, problems),
        },
    }
}

/// What a line's type means, before its list mark.
pub(super) enum Meaning {
    Scalar(Scalar),
    Reference(Reference),
    Many(EntityId),
}

pub(super) fn stored<'s>(
    entity: &Declared<'_>,
    field: &ast::Field,
    line: &FieldLine,
    name: Option<Name>,
    meaning: Option<Meaning>,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Understood<'s> {
    let is_scalar = !matches!(meaning, Some(Meaning::Reference(_) | Meaning::Many(_)));
    if is_scalar {
        refuse_relation_parts(line, problems);
    }
    if !is_string(meaning.as_ref()) {
        forms::refuse_on_others(&line.parts, problems);
    }
    let column = column(field, problems);
    let write = write(line, problems);
    let Some(meaning) = meaning else { return Understood::Broken };
    let unique_fits = refuse_unique(line, &meaning, problems);
    let default_fits = default(line, &meaning, problems);
    let ty = field_type(line, name.as_ref(), meaning, scope, problems);
    let (Some(name), Some(ty), Some(()), Ok(default), Ok(column)) = (name, ty, unique_fits, default_fits, column)
    else {
        return Understood::Broken;
    };
    let field = Field {
        wire: scope.naming.wire(&ty.key(&name)),
        name,
        label: field.label.as_ref().map(|text| FreeText::new(text.value.clone())),
        column,
        description: field.description.as_ref().map(|text| FreeText::new(text.value.clone())),
        nullable: line.ty.nullable.is_some(),
        unique: line.parts.unique.is_some(),
        default,
        write,
        write_rule: None,
        private: line.parts.private.is_some() || line.parts.read.as_ref().is_some_and(|part| is_nobody(&part.value)),
        read_rule: None,
        origin: Some(scope.line(field.name.span)),
        ty,
    };
    refuse_unwritable(entity, &field, line, problems);
    Understood::Stored(Box::new(field))
}

/// What a string may have and nothing else.
fn is_string(meaning: Option<&Meaning>) -> bool {
    // What could not be understood might have been one.
    matches!(meaning, None | Some(Meaning::Scalar(Scalar::String { .. } | Scalar::Text { .. })))
}

/// The column, where it has a name of its own.
///
/// # Errors
///
/// What is written is no name, which is reported.
fn column(field: &ast::Field, problems: &mut Problems) -> Result<Option<Name>, ()> {
    match &field.column {
        None => Ok(None),
        Some(word) => names::name(word, "a column", problems).map(Some).ok_or(()),
    }
}

fn write(line: &FieldLine, problems: &mut Problems) -> Write {
    match (line.parts.readonly, line.parts.write_once) {
        (Some(_), Some(span)) => {
            problems.push(misplaced("Nobody writes this field at all: it is `readonly`.", span));
            Write::Nobody
        }
        (Some(_), None) => Write::Nobody,
        (None, _) if line.parts.write.as_ref().is_some_and(|part| is_nobody(&part.value)) => Write::Nobody,
        (None, Some(_)) => Write::Once,
        (None, None) => Write::Callers,
    }
}

fn field_type(
    line: &FieldLine,
    name: Option<&Name>,
    meaning: Meaning,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Option<Type> {
    let mut count = || {
        let written = line.ty.list.as_ref().and_then(|list| list.count.as_ref());
        bounds::count(written, Range { min: 0, max: 100 }, ITEMS_MAX, "A list", problems)
    };
    match meaning {
        Meaning::Scalar(scalar) if line.ty.list.is_none() => Some(Type::Scalar(scalar)),
        Meaning::Scalar(item) => Some(Type::List { item, count: count()? }),
        Meaning::Reference(reference) => Some(Type::Reference(reference)),
        Meaning::Many(to) => {
            let (count, name, entity) = (count()?, name?, scope.declared(to).name.as_ref()?);
            Some(Type::Many(Many { to, one: name.singular(entity), count }))
        }
    }
}

/// The default, where there is one.
fn default(line: &FieldLine, meaning: &Meaning, problems: &mut Problems) -> Result<Option<Default>, Reported> {
    let Some(part) = &line.parts.default else { return Ok(None) };
    let refused = match meaning {
        Meaning::Reference(_) => Some(("A reference has no default.", "Take it out, or end the type with `?`.")),
        Meaning::Many(_) => Some(("A set of rows has no default.", "It is empty by itself.")),
        Meaning::Scalar(_) if line.ty.list.is_some() => Some(("A list has no default.", "It is empty by itself.")),
        Meaning::Scalar(_) => None,
    };
    if let Some((message, help)) = refused {
        problems.push(
            Diagnostic::error(Code::BadDefault, part.span, message).help(help).edit(TextEdit::replace(part.span, "")),
        );
        return Err(Reported);
    }
    if copies::path(&line.parts).is_some() {
        return Ok(None);
    }
    match meaning {
        Meaning::Scalar(scalar) => defaults::default(part, scalar, problems).map(Some).ok_or(Reported),
        Meaning::Reference(_) | Meaning::Many(_) => Ok(None),
    }
}

fn refuse_relation_parts(line: &FieldLine, problems: &mut Problems) {
    let parts = &line.parts;
    let found = [
        ("`by`", parts.by.as_ref().map(|part| part.span)),
        ("`through`", parts.through.as_ref().map(|part| part.span)),
        ("A delete rule", parts.on_delete.as_ref().map(|part| part.span)),
    ];
    for (what, span) in found {
        if let Some(span) = span {
            problems.push(misplaced(&format!("{what} belongs to a relation."), span));
        }
    }
}

pub(super) fn misplaced(message: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::MisplacedPart, span, message).help("Take it out.").edit(TextEdit::replace(span, ""))
}

fn refuse_unique(line: &FieldLine, meaning: &Meaning, problems: &mut Problems) -> Option<()> {
    let Some(span) = line.parts.unique else { return Some(()) };
    let is_json = matches!(meaning, Meaning::Scalar(Scalar::Json));
    if line.ty.list.is_none() && !is_json {
        return Some(());
    }
    let what = if is_json { "`json`" } else { "A list" };
    problems.push(misplaced(&format!("{what} cannot be unique."), span));
    None
}

/// A field that nobody writes has to get its value from somewhere.
fn refuse_unwritable(entity: &Declared<'_>, field: &Field, line: &FieldLine, problems: &mut Problems) {
    let nobody =
        |part: &Option<ast::Part<ast::Rule>>| part.as_ref().filter(|part| is_nobody(&part.value)).map(|part| part.span);
    let of_nobody = line.parts.readonly.or_else(|| nobody(&line.parts.write));
    let (span, message) = match (of_nobody, line.parts.private.or_else(|| nobody(&line.parts.read))) {
        (Some(span), _) => (span, "Nobody writes this field, and it has no value by itself."),
        (None, Some(span)) => (span, "The API knows nothing of this field, and it has no value by itself."),
        (None, None) => return,
    };
    let owner = entity.written.and_then(|entity| entity.owner.value()).and_then(ast::Path::single);
    let is_owner = owner.is_some_and(|owner| owner.value == field.name.snake());
    let may_be_empty = field.may_be_empty();
    let is_copied = copies::path(&line.parts).is_some();
    let has_value = field.nullable || field.default.is_some() || is_copied || may_be_empty || is_owner;
    if line.complete && !has_value {
        problems.push(
            Diagnostic::error(Code::MisplacedPart, span, message).help("Give it a default, or end its type with `?`."),
        );
    }
}
