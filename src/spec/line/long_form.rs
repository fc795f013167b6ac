//! Single parts of a field, as they stand under the words of its long form.

use super::{
    super::{
        ast::{Default, Pattern, Range},
        diagnostic::Diagnostic,
        span::Spanned,
        yaml::Scalar,
    },
    cursor::whole,
    field,
    lexer::TokenKind,
};

/// The value under `default` in a field's long form.
pub(crate) fn default(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Default> {
    whole(scalar, "A default is a value, such as `0` or `\"new\"`.", problems, field::default)
}

/// The value under `length` or `range` in a field's long form.
pub(crate) fn range(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Spanned<Range>> {
    whole(scalar, "A range has two dots: `1..200`, `1..` or `..200`.", problems, |cursor| {
        match cursor.peek().map(|token| &token.kind) {
            Some(TokenKind::Range(range)) => {
                let range = Spanned::new(range.clone(), cursor.place());
                cursor.advance();
                Ok(range)
            }
            _ => Err(cursor.unexpected("a range such as `1..200`")),
        }
    })
}

/// The value under `pattern` in a field's long form.
pub(crate) fn pattern(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Spanned<Pattern>> {
    whole(scalar, "A pattern stands between slashes: `/[0-9]{13}/`.", problems, |cursor| {
        match cursor.peek().map(|token| &token.kind) {
            Some(TokenKind::Pattern(pattern)) => {
                let pattern = Spanned::new(pattern.clone(), cursor.place());
                cursor.advance();
                Ok(pattern)
            }
            _ => Err(cursor.unexpected("a pattern such as `/[0-9]{13}/`")),
        }
    })
}
