//! Types: a base, perhaps a list of it, perhaps null.

use super::{
    super::{
        ast::{Argument, Base, ListMark, Literal, Type, Word},
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        span::Spanned,
    },
    cursor::{Cursor, Parsed},
    lexer::{Symbol, Token, TokenKind},
    names::separated,
};

pub(super) fn field_type(cursor: &mut Cursor<'_>) -> Parsed<Type> {
    let start = cursor.place();
    let is_choice_in_parentheses = cursor.is_at(Symbol::Open);
    let base = if is_choice_in_parentheses { parenthesised(cursor)? } else { bare(cursor)? };
    let early = cursor.take(Symbol::Question);
    let list = list_mark(cursor)?;
    if let (Some(question), Some(_)) = (early, &list) {
        let problem = Diagnostic::error(Code::BadList, question, "The items of a list are never null.")
            .help("Take out the `?`; an empty list says that there is nothing.")
            .edit(TextEdit::replace(question, ""));
        return Err(cursor.report(problem));
    }
    let late = if early.is_none() { cursor.take(Symbol::Question) } else { None };
    if let (Some(question), Some(_)) = (late, &list) {
        let problem = Diagnostic::error(Code::BadList, question, "A list is never null.")
            .help("Take out the `?`; an empty list says that there is nothing.")
            .edit(TextEdit::replace(question, ""));
        return Err(cursor.report(problem));
    }
    if let (Base::Choice(values), Some(list), false) = (&base, &list, is_choice_in_parentheses)
        && let (Some(first), Some(last)) = (values.first(), values.last())
        && list.span.start == last.span.end
    {
        let whole = first.span.to(last.span);
        let problem = Diagnostic::error(Code::BadList, whole, "A list of choices has them in parentheses.")
            .help("Write `(a | b)[]`.")
            .edit(TextEdit::insert(whole.start, "("))
            .edit(TextEdit::insert(whole.end, ")"));
        return Err(cursor.report(problem));
    }
    Ok(Type { span: start.to(cursor.last_place()), base, list, nullable: early.or(late) })
}

fn parenthesised(cursor: &mut Cursor<'_>) -> Parsed<Base> {
    cursor.expect(Symbol::Open)?;
    let first = cursor.expect_word("a value of the choice")?;
    let choice = choice_from(cursor, first)?;
    cursor.expect(Symbol::Close)?;
    Ok(choice)
}

fn bare(cursor: &mut Cursor<'_>) -> Parsed<Base> {
    refuse_literal_choice(cursor)?;
    let word = cursor.expect_word("a type")?;
    if cursor.is_at(Symbol::Bar) {
        return choice_from(cursor, word);
    }
    let arguments = if cursor.take(Symbol::Open).is_some() {
        let arguments = separated(cursor, Symbol::Comma, argument)?;
        cursor.expect(Symbol::Close)?;
        arguments
    } else {
        Vec::new()
    };
    Ok(Base::Named { word, arguments })
}

/// `"N/A" | EUR` looks right, but bare choices are words.
fn refuse_literal_choice(cursor: &mut Cursor<'_>) -> Parsed<()> {
    let is_literal = matches!(cursor.peek(), Some(Token { kind: TokenKind::Literal(_), .. }));
    if is_literal && cursor.peek_second() == Some(&TokenKind::Symbol(Symbol::Bar)) {
        let span = cursor.place();
        let problem = Diagnostic::error(Code::BadChoice, span, "A value of a choice is a word.")
            .help("Write other values as `enum(\"1a\", b)`.");
        return Err(cursor.report(problem));
    }
    Ok(())
}

fn choice_from(cursor: &mut Cursor<'_>, first: Word) -> Parsed<Base> {
    let mut values = vec![first];
    while cursor.take(Symbol::Bar).is_some() {
        if matches!(cursor.peek(), Some(Token { kind: TokenKind::Literal(_), .. })) {
            let problem = Diagnostic::error(Code::BadChoice, cursor.place(), "A value of a choice is a word.")
                .help("Write other values as `enum(\"1a\", b)`.");
            return Err(cursor.report(problem));
        }
        values.push(cursor.expect_word("a value of the choice")?);
    }
    Ok(Base::Choice(values))
}

fn argument(cursor: &mut Cursor<'_>) -> Parsed<Spanned<Argument>> {
    let argument = match cursor.peek().map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => Argument::Word(word.clone()),
        Some(TokenKind::Literal(literal)) => Argument::Literal(literal.clone()),
        _ => return Err(cursor.unexpected("a word, a number or a text in quotes")),
    };
    let span = cursor.place();
    cursor.advance();
    Ok(Spanned::new(argument, span))
}

fn list_mark(cursor: &mut Cursor<'_>) -> Parsed<Option<ListMark>> {
    let Some(open) = cursor.take(Symbol::OpenBracket) else {
        return Ok(None);
    };
    let count = match cursor.peek().map(|token| &token.kind) {
        Some(TokenKind::Range(range)) => Some(Spanned::new(range.clone(), cursor.place())),
        Some(TokenKind::Literal(Literal::Number(number))) => {
            let span = cursor.place();
            let range = format!("0..{number}");
            let problem = Diagnostic::error(Code::BadList, span, "The brackets of a list take a range.")
                .help(format!("Write `[{range}]` for at most {number} items."))
                .edit(TextEdit::replace(span, range));
            return Err(cursor.report(problem));
        }
        _ => None,
    };
    if count.is_some() {
        cursor.advance();
    }
    let close = cursor.expect(Symbol::CloseBracket)?;
    Ok(Some(ListMark { span: open.to(close), count }))
}
