//! The words that may stand at a place.

use super::super::{
    line::lexer::{TokenKind, tokens},
    span::Span,
    vocabulary::{Place, Takes, Word},
    yaml::{Form, Map, Scalar},
};
use super::{
    cursor::{Cursor, Position},
    expect::{Expected, Line},
    names::{Names, values},
    tree::{Slot, Spot, find},
};

/// What may be written in place of the word before the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// Where the word begins.
    pub from: usize,
    /// The words, the likeliest first.
    pub options: Vec<Completion>,
}

/// One word that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// How it is shown.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// What kind of word it is.
    pub kind: CompletionKind,
    /// What it means.
    pub help: String,
}

/// What kind of word a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A word of the language.
    Word,
    /// An entity of the spec.
    Entity,
    /// A field of the spec.
    Field,
    /// A role of the spec.
    Role,
    /// A value of a field.
    Value,
}

impl CompletionKind {
    /// The stable name that the doors show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Entity => "entity",
            Self::Field => "field",
            Self::Role => "role",
            Self::Value => "value",
        }
    }
}

/// The words that may stand at an offset; `None` where the language expects none, or the word is whole already.
pub fn complete(text: &str, at: usize) -> Option<Completions> {
    let cursor = Cursor::new(text, at)?;
    let position = cursor.position()?;
    let marked = cursor.marked(position);
    let (root, names) = super::read(&marked)?;
    let spot = find(&root, at)?;
    let options = match spot.key_of {
        Some(map) => Keys { cursor, position, names: &names }.options(spot, map),
        None => values_at(spot, &marked[..cursor.start], &names),
    };
    let (typed, is_key) = (cursor.typed(), spot.key_of.is_some());
    // A value that is whole needs no list below it, which would only catch the next key.
    let is_whole = !is_key && options.iter().any(|option| option.label == typed);
    let starts = |option: &Completion| typed.is_empty() || resembles(&option.label, typed);
    let options: Vec<Completion> = options.into_iter().filter(starts).collect();
    (!options.is_empty() && !is_whole).then_some(Completions { from: cursor.start, options })
}

/// Whether the letters typed come in a word in this order, the first at the beginning of one of its parts.
fn resembles(label: &str, typed: &str) -> bool {
    let mut rest = typed.chars().map(|c| c.to_ascii_lowercase()).peekable();
    let Some(&first) = rest.peek() else { return true };
    let lower = label.to_ascii_lowercase();
    let begins = lower.split(['_', ' ']).any(|part| part.starts_with(first));
    for c in lower.chars() {
        rest.next_if_eq(&c);
    }
    begins && rest.peek().is_none()
}

/// Completes keys.
struct Keys<'k> {
    cursor: Cursor<'k>,
    position: Position,
    names: &'k Names,
}

impl Keys<'_> {
    fn options(&self, spot: Spot<'_>, map: &Map) -> Vec<Completion> {
        let is_taken = |name: &str| map.entries.iter().any(|entry| entry.key.text == name);
        match spot.slot {
            Slot::Words(place) => {
                let words = place.words().iter().filter(|word| word.is_available() && !is_taken(word.name));
                words.map(|word| self.word(word)).collect()
            }
            Slot::Transitions => {
                let fields = self.names.fields(spot.entity.unwrap_or_default()).iter();
                let free = fields.filter(|field| !values(field).is_empty() && !is_taken(&field.name.value));
                free.map(|field| named(&field.name.value, CompletionKind::Field, "A field with so many values."))
                    .collect()
            }
            Slot::Moves => {
                let field = spot.entity.zip(spot.field);
                let field = field.and_then(|(entity, field)| self.names.field(entity, field));
                let known = field.map(values).unwrap_or_default();
                known.into_iter().map(|value| named(value, CompletionKind::Value, "A value of the field.")).collect()
            }
            // A new name is its author's own.
            Slot::Entities | Slot::Fields | Slot::Field | Slot::Value(_) => Vec::new(),
        }
    }

    /// A key, written with as much of what follows as is certain.
    fn word(&self, word: &Word) -> Completion {
        let has_colon = self.cursor.has_colon(self.position);
        let opens = matches!(word.takes, Takes::Map(_) | Takes::Entities | Takes::Fields | Takes::Transitions);
        let insert = match self.position {
            _ if has_colon => word.name.to_owned(),
            Position::Key if opens => format!("{}:\n{}", word.name, " ".repeat(self.cursor.indentation() + 2)),
            _ => format!("{}: ", word.name),
        };
        Completion { insert, ..of_word(word) }
    }
}

/// What may stand in a piece of text after what is there before the cursor.
fn values_at(spot: Spot<'_>, before: &str, names: &Names) -> Vec<Completion> {
    let start = spot.scalar.inner().start;
    let Some(written) = before.get(start..).and_then(tokens_of) else { return Vec::new() };
    let line = Line { tokens: &written, entity: spot.entity, names };
    let expected = match spot.slot {
        Slot::Field => line.field_line(),
        Slot::Value(takes) => value(takes, line),
        _ => Vec::new(),
    };
    let own = spot.entity.unwrap_or_default();
    expected.iter().flat_map(|expected| options(expected, own, names)).collect()
}

/// The tokens of an unfinished line; `None` inside a text or pattern.
fn tokens_of(written: &str) -> Option<Vec<TokenKind>> {
    let span = Span::new(0, written.len());
    let scalar =
        Scalar { text: written.to_owned(), span, offset: Some(0), form: Form::Plain, comment: None, in_flow: false };
    let found = tokens(&scalar, &mut Vec::new())?;
    Some(found.into_iter().map(|token| token.kind).collect())
}

fn value(takes: Takes, line: Line<'_>) -> Vec<Expected> {
    let is_first = line.tokens.is_empty();
    match takes {
        Takes::Rule => line.rule(),
        Takes::Conditions => line.condition(),
        Takes::Type if is_first => vec![Expected::Words(Place::Type), Expected::Entities],
        Takes::Word(place) | Takes::Words(place) if is_first => vec![Expected::Words(place)],
        Takes::Role | Takes::Roles if is_first => vec![Expected::Roles],
        Takes::Entity if is_first => vec![Expected::Entities],
        Takes::Path if is_first => line.entity.map(owners).into_iter().collect(),
        Takes::FieldNames | Takes::FieldSets => {
            line.entity.map(|entity| Expected::Fields(entity.to_owned())).into_iter().collect()
        }
        Takes::Flag if is_first => vec![Expected::Values(vec!["true".to_owned(), "false".to_owned()])],
        Takes::DeleteRule if is_first => {
            let rules = ["restrict", "cascade", "set_null"].map(str::to_owned);
            vec![Expected::Values(rules.to_vec())]
        }
        _ => Vec::new(),
    }
}

/// The owner is found in a field that refers to a user.
fn owners(entity: &str) -> Expected {
    Expected::References { of: entity.to_owned(), to: "User".to_owned() }
}

fn options(expected: &Expected, own: &str, names: &Names) -> Vec<Completion> {
    match expected {
        Expected::Words(place) => place.words().iter().filter(|word| word.is_available()).map(of_word).collect(),
        Expected::Roles => {
            names.roles().into_iter().map(|role| named(role, CompletionKind::Role, "A role of this spec.")).collect()
        }
        Expected::Entities => {
            let others = names.entities().into_iter();
            others.map(|name| named(name, CompletionKind::Entity, "Refers to a row of this entity.")).collect()
        }
        Expected::Fields(entity) => {
            let help =
                if entity == own { "A field of this entity.".to_owned() } else { format!("A field of `{entity}`.") };
            let fields = names.fields(entity).iter();
            fields.map(|field| named(&field.name.value, CompletionKind::Field, &help)).collect()
        }
        Expected::References { of, to } => {
            let fields = names.fields(of).iter().filter(|field| names.target(field) == Some(to));
            let help = format!("A field that refers to `{to}`.");
            fields.map(|field| named(&field.name.value, CompletionKind::Field, &help)).collect()
        }
        Expected::Values(known) => {
            known.iter().map(|value| named(value, CompletionKind::Value, "A value of the field.")).collect()
        }
        Expected::Sign(sign, help) => vec![named(sign, CompletionKind::Word, help)],
    }
}

fn of_word(word: &Word) -> Completion {
    named(word.name, CompletionKind::Word, word.help)
}

fn named(name: &str, kind: CompletionKind, help: &str) -> Completion {
    Completion { label: name.to_owned(), insert: name.to_owned(), kind, help: help.to_owned() }
}
