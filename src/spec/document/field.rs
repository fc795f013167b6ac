//! Fields, on a line or as a map.

use super::{
    super::{
        ast::{Base, Default, Field, FieldLine, Literal, OnDelete, Part, Parts, Word},
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        line,
        span::{Span, Spanned},
        vocabulary::Place,
        yaml::{Entry, Map, Node, Scalar},
    },
    Problems, free_text,
    keys::{known, unknown_word},
    scalar, type_text,
};

/// One field. Even one that cannot be read keeps its name, so that what refers to it is no problem.
pub(super) fn field(entry: &Entry, problems: &mut Problems) -> Field {
    let name = Spanned::new(entry.key.text.clone(), entry.key.inner());
    match &entry.value {
        Node::Map(map) => long_form(name, map, problems),
        node => {
            let text = type_text(node, "a field such as `string 1..200`", problems);
            Field {
                name,
                label: None,
                description: None,
                column: None,
                line: text.and_then(|text| line::field(text, problems)),
            }
        }
    }
}

/// `{ type: string, length: 1..120, unique: true }`
fn long_form(name: Word, map: &Map, problems: &mut Problems) -> Field {
    let (mut label, mut description, mut column) = (None, None, None);
    let mut complete = true;
    let mut parts = Parts::default();
    let pairs = known(map, Place::FieldMap, problems);
    let ty = pairs.iter().find(|pair| pair.word == "type");
    let has_type = ty.is_some();
    let of_type = ty.and_then(|pair| type_line(&pair.entry.value, problems));
    for pair in &pairs {
        let (key, value) = (pair.entry.key.span, &pair.entry.value);
        match pair.word {
            "type" => {}
            "label" => label = free_text(value, problems).value().cloned(),
            "column" => {
                column = scalar(value, "a name", problems).and_then(|text| line::word(text, "a name", problems));
            }
            "description" => description = free_text(value, problems).value().cloned(),
            word if is_unavailable(word) => {
                // What it says is still read, for the sake of its own mistakes.
                part(word, key, value, of_type.as_ref(), &mut Parts::default(), problems);
                complete = false;
            }
            word => complete &= part(word, key, value, of_type.as_ref(), &mut parts, problems).is_some(),
        }
    }
    if !has_type {
        let message = format!("The field `{}` has no type.", name.value);
        problems.push(
            Diagnostic::error(Code::MissingWord, name.span, message)
                .help("Write `type: string`, or the whole field on one line: `title: string 1..200`."),
        );
    }
    let line = of_type.map(|line| FieldLine { span: map.span, ty: line.ty, parts, complete });
    Field { name, label, description, column, line }
}

fn is_unavailable(word: &str) -> bool {
    Place::FieldMap.find(word).is_some_and(|word| !word.is_available())
}

/// In the long form only the type stands under `type`.
fn type_line(node: &Node, problems: &mut Problems) -> Option<FieldLine> {
    let text = type_text(node, "a type", problems)?;
    let line = line::field(text, problems)?;
    if line.complete && line.parts != Parts::default() {
        let rest = Span::new(line.ty.span.end, text.span.end);
        let message = "In the long form, `type` holds the type alone.";
        problems.push(
            Diagnostic::error(Code::WrongShape, rest, message)
                .help("Give each part its own word, such as `length: 1..200`, or write the whole field on one line."),
        );
        return None;
    }
    Some(line)
}

/// Reads one part; `None` if that did not work, which is reported.
fn part(
    word: &str,
    key: Span,
    value: &Node,
    of_type: Option<&FieldLine>,
    parts: &mut Parts,
    problems: &mut Problems,
) -> Option<()> {
    let text = scalar(value, "a value on one line", problems)?;
    let span = key.to(text.span);
    match word {
        "length" | "range" => {
            let range = line::long_form::range(text, problems)?;
            if parts.range.replace(range).is_some() {
                let message = "`length` and `range` are the same for two kinds of types.";
                problems.push(Diagnostic::error(Code::RepeatedPart, key, message).help("Keep one of them."));
            }
        }
        "default" => parts.default = Some(Part { span, value: default(text, of_type, problems)? }),
        "pattern" => {
            let line = line::long_form::pattern(text, problems)?;
            parts.pattern = Some(line);
        }
        "by" => parts.by = Some(Part { span, value: line::word(text, "a field", problems)? }),
        "through" => parts.through = Some(Part { span, value: line::word(text, "an entity", problems)? }),
        "read" => parts.read = Some(Part { span, value: line::rule(text, problems)? }),
        "write" => parts.write = Some(Part { span, value: line::rule(text, problems)? }),
        "on_delete" => {
            parts.on_delete = Some(Spanned::new(on_delete(text.text.as_str(), text.inner(), problems)?, span));
        }
        flag => {
            let is_set = yes_or_no(&text.text, text.span, problems)?;
            let slot = match flag {
                "unique" => &mut parts.unique,
                "readonly" => &mut parts.readonly,
                "private" => &mut parts.private,
                "write_once" => &mut parts.write_once,
                _ => &mut parts.lowercase,
            };
            *slot = is_set.then_some(span);
        }
    }
    Some(())
}

/// YAML has taken the quotes of a text away; it is the type that says that it is one.
fn default(scalar: &Scalar, of_type: Option<&FieldLine>, problems: &mut Problems) -> Option<Default> {
    let is_text = of_type.is_some_and(|line| match &line.ty.base {
        Base::Named { word, .. } => matches!(word.value.as_str(), "string" | "text" | "email" | "url" | "uuid"),
        Base::Choice(_) => false,
    });
    let is_quoted = scalar.text.starts_with(['"', '\'']);
    if is_text && !is_quoted {
        return Some(Default::Literal(Spanned::new(Literal::String(scalar.text.clone()), scalar.span)));
    }
    line::long_form::default(scalar, problems)
}

fn on_delete(text: &str, span: Span, problems: &mut Problems) -> Option<OnDelete> {
    match text {
        "restrict" => Some(OnDelete::Restrict),
        "cascade" => Some(OnDelete::Cascade),
        "set_null" => Some(OnDelete::SetNull),
        _ => {
            let near = super::super::suggest::nearest(text, ["restrict", "cascade", "set_null"]);
            let near = near.and_then(|name| Place::Part.find(name));
            let mut problem = unknown_word(text, span, Place::Part, near);
            problem.message = format!("`{text}` is not a delete rule.");
            if near.is_none() {
                problem.help = Some("There is `restrict`, `cascade`, `set_null`.".to_owned());
            }
            problems.push(problem);
            None
        }
    }
}

fn yes_or_no(text: &str, span: Span, problems: &mut Problems) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => {
            let problem = Diagnostic::error(Code::BadLiteral, span, format!("`{text}` is neither `true` nor `false`."));
            let proposal = match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "y" => Some("true"),
                "no" | "off" | "n" => Some("false"),
                _ => None,
            };
            problems.push(match proposal {
                Some(word) => problem.help(format!("Write `{word}`.")).edit(TextEdit::replace(span, word)),
                None => problem.help("Write `true` or `false`."),
            });
            None
        }
    }
}
