//! Fields: a type and the parts after it.

use crate::code::capitalised;

use super::{
    super::{
        ast::{Default, FieldLine, Limit, Literal, OnDelete, Part, Parts, Word},
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        span::{Span, Spanned},
        vocabulary::Place,
        yaml::Scalar,
    },
    cursor::{Cursor, Parsed, Reported, describe, whole},
    lexer::{Symbol, Token, TokenKind},
    rule::grants,
    types::field_type,
};

const FORM: &str = "A field is a type and its parts: `title: string 1..200 unique = \"New\"`.";

/// `decimal(10,2)? >= 0 unique`
pub(crate) fn field(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<FieldLine> {
    whole(scalar, FORM, problems, |cursor| {
        let ty = field_type(cursor)?;
        let mut parts = Parts::default();
        let mut complete = true;
        while cursor.peek().is_some() {
            // One wrong word does not make the others wrong; a wrong sign does.
            match part(cursor, &mut parts) {
                Ok(()) => {}
                Err(Wrong::Word) => complete = false,
                Err(Wrong::Line) => return Err(Reported),
            }
        }
        Ok(FieldLine { span: cursor.line, ty, parts, complete })
    })
}

/// How far a mistake in a part reaches.
enum Wrong {
    Word,
    Line,
}

impl From<Reported> for Wrong {
    fn from(_: Reported) -> Self {
        Self::Line
    }
}

fn part(cursor: &mut Cursor<'_>, parts: &mut Parts) -> Result<(), Wrong> {
    let Some(token) = cursor.advance() else {
        return Ok(());
    };
    let span = token.span;
    match token.kind {
        TokenKind::Range(range) => once(cursor, &mut parts.range, "a range", span, Spanned::new(range, span)),
        TokenKind::Pattern(pattern) => {
            once(cursor, &mut parts.pattern, "a pattern", span, Spanned::new(pattern, span));
        }
        TokenKind::Symbol(Symbol::Equal) => {
            let value = default(cursor)?;
            let span = span.to(cursor.last_place());
            once(cursor, &mut parts.default, "a default", span, Part { span, value });
        }
        TokenKind::Symbol(sign @ (Symbol::Less | Symbol::LessOrEqual | Symbol::Greater | Symbol::GreaterOrEqual)) => {
            let value = limit_value(cursor)?;
            let span = span.to(cursor.last_place());
            let inclusive = matches!(sign, Symbol::LessOrEqual | Symbol::GreaterOrEqual);
            let is_upper = matches!(sign, Symbol::Less | Symbol::LessOrEqual);
            let (slot, what) =
                if is_upper { (&mut parts.upper, "an upper end") } else { (&mut parts.lower, "a lower end") };
            once(cursor, slot, what, span, Spanned::new(Limit { inclusive, value }, span));
        }
        TokenKind::Word(word) => return word_part(cursor, parts, &Spanned::new(word, span)),
        TokenKind::Wrong => return Err(Wrong::Word),
        kind => return Err(misplaced(cursor, &kind, span)),
    }
    Ok(())
}

fn misplaced(cursor: &mut Cursor<'_>, kind: &TokenKind, span: Span) -> Wrong {
    let help = match kind {
        TokenKind::Symbol(Symbol::Question) => "The `?` stands at the end of the type: `string? 1..200`.",
        TokenKind::Symbol(Symbol::Bar) => "A choice stands alone, before all parts: `draft | on_sale = draft`.",
        TokenKind::Symbol(Symbol::NotEqual) => "A field takes `<`, `<=`, `>`, `>=`, a range or a choice.",
        TokenKind::Literal(_) => "A default is written `= value`, a length `1..200`.",
        _ => "After the type stand a range, comparisons, `= default` and words such as `unique`.",
    };
    let problem =
        Diagnostic::error(Code::LineSyntax, span, format!("{} is not expected here.", capitalised(&describe(kind))));
    cursor.report(problem.help(help)).into()
}

/// Fills a part, unless it is there already. A repeated part is reported and the first one kept.
fn once<T>(cursor: &mut Cursor<'_>, slot: &mut Option<T>, what: &str, span: Span, value: T) {
    if slot.is_none() {
        *slot = Some(value);
        return;
    }
    cursor.report(
        Diagnostic::error(Code::RepeatedPart, span, format!("The field has {what} already."))
            .help("Keep one of them.")
            .edit(TextEdit::replace(span, "")),
    );
}

fn word_part(cursor: &mut Cursor<'_>, parts: &mut Parts, word: &Word) -> Result<(), Wrong> {
    let span = word.span;
    let what = format!("`{}`", word.value);
    match word.value.as_str() {
        "unique" => once(cursor, &mut parts.unique, &what, span, span),
        "readonly" => once(cursor, &mut parts.readonly, &what, span, span),
        "write_once" => once(cursor, &mut parts.write_once, &what, span, span),
        "private" => once(cursor, &mut parts.private, &what, span, span),
        "lowercase" => once(cursor, &mut parts.lowercase, &what, span, span),
        "restrict" => on_delete(cursor, parts, span, OnDelete::Restrict),
        "cascade" => on_delete(cursor, parts, span, OnDelete::Cascade),
        "set_null" => on_delete(cursor, parts, span, OnDelete::SetNull),
        "by" => {
            let value = cursor.expect_word("the field whose other side this is")?;
            let span = span.to(value.span);
            once(cursor, &mut parts.by, &what, span, Part { span, value });
        }
        "through" => {
            let value = cursor.expect_word("the entity this reads across")?;
            let span = span.to(value.span);
            once(cursor, &mut parts.through, &what, span, Part { span, value });
        }
        "read" => {
            let part = rule_part(cursor, span)?;
            once(cursor, &mut parts.read, &what, part.span, part);
        }
        "write" => {
            let part = rule_part(cursor, span)?;
            once(cursor, &mut parts.write, &what, part.span, part);
        }
        _ => return Err(unknown_part(cursor, word)),
    }
    Ok(())
}

fn on_delete(cursor: &mut Cursor<'_>, parts: &mut Parts, span: Span, rule: OnDelete) {
    once(cursor, &mut parts.on_delete, "a delete rule", span, Spanned::new(rule, span));
}

fn rule_part(cursor: &mut Cursor<'_>, start: Span) -> Parsed<Part<super::super::ast::Rule>> {
    cursor.expect(Symbol::Open)?;
    let value = grants(cursor)?;
    let close = cursor.expect(Symbol::Close)?;
    Ok(Part { span: start.to(close), value })
}

/// What others write after a type, and how this language says it.
const FOREIGN_PARTS: &[(&[&str], &str)] = &[
    (&["required", "not_null", "mandatory"], "Fields are required unless their type ends with `?`."),
    (&["optional", "nullable", "null"], "An optional field has `?` at the end of its type: `string?`."),
    (&["default"], "A default is written `= value`."),
    (&["max", "maxlength", "max_length", "min", "length", "size"], "A length or a range is written `1..200`."),
    (&["primary", "primary_key", "pk", "key"], "Every entity has an `id` by itself."),
    (&["references", "ref", "belongs_to"], "A reference is written as the name of its entity: `author: Author`."),
    (&["has_many"], "The other side of a reference is written `books: Book[] by author`."),
    (&["index", "indexed"], "An index is one of the entity's words: `index:`."),
];

fn unknown_part(cursor: &mut Cursor<'_>, word: &Word) -> Wrong {
    let lower = word.value.to_ascii_lowercase();
    let foreign = FOREIGN_PARTS.iter().find(|(words, _)| words.contains(&lower.as_str()));
    let message = format!("`{}` is not {}.", word.value, Place::Part.noun());
    let problem = Diagnostic::error(Code::UnknownWord, word.span, message);
    let problem = match foreign {
        Some((_, help)) => problem.help(*help),
        None => problem.did_you_mean(word.span, Place::Part.nearest(&word.value).map(|near| near.name)),
    };
    cursor.report(problem);
    skip_arguments(cursor);
    Wrong::Word
}

/// Passes over what belongs to a word that is not known.
fn skip_arguments(cursor: &mut Cursor<'_>) {
    let mut open = 0_usize;
    while let Some(token) = cursor.peek() {
        match token.kind {
            TokenKind::Symbol(Symbol::Open) => open += 1,
            TokenKind::Symbol(Symbol::Close) if open > 0 => open -= 1,
            TokenKind::Literal(_) => {}
            _ if open > 0 => {}
            _ => return,
        }
        cursor.advance();
    }
}

fn limit_value(cursor: &mut Cursor<'_>) -> Parsed<Literal> {
    match cursor.peek().map(|token| &token.kind) {
        Some(TokenKind::Literal(literal)) => {
            let literal = literal.clone();
            cursor.advance();
            Ok(literal)
        }
        Some(TokenKind::Word(_)) => {
            let problem =
                Diagnostic::error(Code::LineSyntax, cursor.place(), "A field is compared with a fixed value here.")
                    .help("A comparison of two fields stands under `check:` of the entity.");
            Err(cursor.report(problem))
        }
        _ => Err(cursor.unexpected("a value to compare with")),
    }
}

pub(super) fn default(cursor: &mut Cursor<'_>) -> Parsed<Default> {
    if let Some(Token { kind: TokenKind::Literal(literal), span, .. }) = cursor.peek() {
        let literal = Spanned::new(literal.clone(), *span);
        cursor.advance();
        return Ok(Default::Literal(literal));
    }
    cursor.expect_path("the default value").map(Default::Path)
}
