//! Words, paths, keys, moves and roles.

use super::{
    super::{
        ast::{Chain, Key, Move, Path, Word},
        diagnostic::Diagnostic,
        yaml::Scalar,
    },
    cursor::{Cursor, Parsed, whole},
    lexer::Symbol,
};

/// One word, such as a role.
pub(crate) fn word(scalar: &Scalar, what: &str, problems: &mut Vec<Diagnostic>) -> Option<Word> {
    whole(scalar, "One word stands here.", problems, |cursor| cursor.expect_word(what))
}

/// `order.customer`
pub(crate) fn path(scalar: &Scalar, what: &str, problems: &mut Vec<Diagnostic>) -> Option<Path> {
    whole(scalar, "A field stands here, perhaps reached over others: `order.customer`.", problems, |cursor| {
        cursor.expect_path(what)
    })
}

/// `admin > staff, buyer`
pub(crate) fn chains(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Vec<Chain>> {
    whole(scalar, "Roles are separated by commas; `admin > staff` gives admin what staff has.", problems, |cursor| {
        separated(cursor, Symbol::Comma, |cursor| separated(cursor, Symbol::Greater, |c| c.expect_word("a role")))
    })
}

/// `status, price desc`
pub(crate) fn keys(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Vec<Key>> {
    whole(scalar, "A set of fields is written `status, price desc`.", problems, |cursor| {
        separated(cursor, Symbol::Comma, |cursor| {
            let field = cursor.expect_word("a field")?;
            Ok(Key { field, descending: cursor.take_word("desc") })
        })
    })
}

/// `cart | placed -> paid`
pub(crate) fn moves(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Move> {
    whole(scalar, "A move is written `cart -> placed`.", problems, |cursor| {
        let values =
            |cursor: &mut Cursor<'_>| separated(cursor, Symbol::Bar, |c| c.expect_word("a value of the field"));
        let from = values(cursor)?;
        cursor.expect(Symbol::Arrow)?;
        Ok(Move { from, to: values(cursor)? })
    })
}

/// One or more, with a sign between them.
pub(super) fn separated<T>(
    cursor: &mut Cursor<'_>,
    separator: Symbol,
    read: impl Fn(&mut Cursor<'_>) -> Parsed<T>,
) -> Parsed<Vec<T>> {
    let mut all = vec![read(cursor)?];
    while cursor.take(separator).is_some() {
        all.push(read(cursor)?);
    }
    Ok(all)
}
