//! What a word in a spec means.

use super::super::{
    span::Span,
    vocabulary::{Place, Takes, Word},
};
use super::{
    cursor::Cursor,
    names::Names,
    tree::{Slot, Spot, find},
};

/// What a word in a spec means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Where the word stands.
    pub span: Span,
    /// The word.
    pub word: String,
    /// What it means.
    pub help: String,
    /// What holds when the word is left out.
    pub default: Option<String>,
    /// A line that uses it.
    pub example: Option<String>,
}

/// What the word at an offset means; `None` where it means nothing that the language or the spec tells.
pub fn explain(text: &str, at: usize) -> Option<Explanation> {
    let cursor = Cursor::new(text, at)?;
    let span = cursor.span();
    let word = text.get(span.start..span.end).filter(|word| !word.is_empty())?;
    let (root, names) = super::read(text)?;
    let spot = find(&root, at)?;
    let meaning = match (spot.key_of, spot.slot) {
        (Some(_), Slot::Words(place)) => place.find(word).map(of_word),
        (None, Slot::Field) => in_field(spot, span, word, &names),
        (None, Slot::Value(takes)) => in_value(takes, word, &names),
        _ => None,
    }?;
    Some(Explanation { span, word: word.to_owned(), ..meaning })
}

fn in_field(spot: Spot<'_>, span: Span, word: &str, names: &Names) -> Option<Explanation> {
    if span.start == spot.scalar.inner().start {
        return Place::Type.find(word).map(of_word).or_else(|| entity(word, names));
    }
    let part = Place::Part.find(word).map(of_word);
    part.or_else(|| grant(word, names)).or_else(|| entity(word, names))
}

fn in_value(takes: Takes, word: &str, names: &Names) -> Option<Explanation> {
    match takes {
        Takes::Rule => grant(word, names),
        Takes::Word(place) | Takes::Words(place) => place.find(word).map(of_word),
        Takes::Type => Place::Type.find(word).map(of_word).or_else(|| entity(word, names)),
        Takes::DeleteRule => Place::Part.find(word).map(of_word),
        Takes::Entity => entity(word, names),
        Takes::Role | Takes::Roles => role(word, names),
        _ => None,
    }
}

fn grant(word: &str, names: &Names) -> Option<Explanation> {
    Place::Grant.find(word).map(of_word).or_else(|| role(word, names))
}

fn role(word: &str, names: &Names) -> Option<Explanation> {
    names.roles().contains(&word).then(|| meaning("A role of this spec.".to_owned()))
}

fn entity(word: &str, names: &Names) -> Option<Explanation> {
    if let Some(entity) = names.entity(word) {
        let description = entity.description.value().map(|text| text.value.clone());
        return Some(meaning(description.unwrap_or_else(|| "An entity of this spec.".to_owned())));
    }
    let is_user = names.entities().contains(&word);
    is_user.then(|| meaning("The users who log in. It exists with `auth`, declared or not.".to_owned()))
}

fn of_word(word: &Word) -> Explanation {
    let help = if word.is_available() { word.help.to_owned() } else { format!("{} Not available yet.", word.help) };
    Explanation { default: word.default.map(str::to_owned), example: Some(word.example.to_owned()), ..meaning(help) }
}

fn meaning(help: String) -> Explanation {
    Explanation { span: Span::default(), word: String::new(), help, default: None, example: None }
}
