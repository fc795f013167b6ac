//! Names: their form, and the ones that are taken.

use crate::code::capitalised;
use crate::model::{EntityName, Name};
use crate::spec::ast::Word;
use crate::spec::{Code, Diagnostic, TextEdit};

use super::Problems;

/// The members that every JavaScript object has; as a key, such a name would not be there and yet be found.
const OBJECT_MEMBERS: [&str; 8] = [
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Whether a name on the wire is one of those.
pub(super) fn is_object_member(wire: &str) -> bool {
    OBJECT_MEMBERS.contains(&wire)
}

/// The name of a field or role.
pub(super) fn name(word: &Word, what: &str, problems: &mut Problems) -> Option<Name> {
    let Some(name) = Name::new(&word.value) else {
        let help = "A name has small letters and digits, its words joined by `_`, each beginning with a letter; at most 40 characters.";
        let problem =
            Diagnostic::error(Code::BadName, word.span, format!("`{}` cannot be the name of {what}.", word.value));
        let proposal = snake(&word.value);
        problems.push(match Name::new(&proposal) {
            Some(_) => problem.help(help).edit(TextEdit::replace(word.span, proposal)),
            None => problem.help(help),
        });
        return None;
    };
    if is_object_member(&name.camel()) {
        problems.push(reserved(word, "every JavaScript object has a member of that name"));
        return None;
    }
    Some(name)
}

/// The name of an entity.
pub(super) fn entity_name(word: &Word, problems: &mut Problems) -> Option<EntityName> {
    let Some(name) = EntityName::new(&word.value) else {
        let help = "A name begins with a capital and has letters and digits; at most 40 characters.";
        let problem =
            Diagnostic::error(Code::BadName, word.span, format!("`{}` cannot be the name of an entity.", word.value));
        let proposal = pascal(&word.value);
        problems.push(match EntityName::new(&proposal) {
            Some(_) => problem.help(help).edit(TextEdit::replace(word.span, proposal)),
            None => problem.help(help),
        });
        return None;
    };
    if is_object_member(&name.camel()) || is_object_member(&name.plural_camel()) {
        problems.push(reserved(word, "every JavaScript object has a member of that name"));
        return None;
    }
    Some(name)
}

/// The name with the plural that its author wants.
pub(super) fn with_plural(name: EntityName, plural: &Word, problems: &mut Problems) -> Option<EntityName> {
    let written = entity_name(plural, problems)?;
    name.with_plural(written.pascal())
}

/// The problem with a name that is taken.
pub(super) fn reserved(word: &Word, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::ReservedName, word.span, format!("`{}` cannot be used: {reason}.", word.value))
        .help("Choose another name.")
}

/// `unitPrice`, `unit-price`, `Unit Price` → `unit_price`
fn snake(text: &str) -> String {
    if !text.is_ascii() {
        return String::new();
    }
    let mut name = String::new();
    let mut after_small = false;
    for c in text.chars() {
        let begins_word = c.is_ascii_uppercase() && after_small;
        let separates = !c.is_ascii_alphanumeric();
        if (begins_word || separates) && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        if !separates {
            name.push(c.to_ascii_lowercase());
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    name.trim_end_matches('_').to_owned()
}

/// `order_line`, `orderLine` → `OrderLine`
fn pascal(text: &str) -> String {
    if !text.is_ascii() {
        return String::new();
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(capitalised).collect()
}
