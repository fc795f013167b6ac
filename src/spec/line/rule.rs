//! Access rules and conditions.

use super::{
    super::{
        ast::{Comparison, Condition, Grant, Rule, Test, TestKind, Value, Word},
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        span::{Span, Spanned},
        yaml::Scalar,
    },
    cursor::{Cursor, Parsed, whole},
    lexer::{Symbol, Token, TokenKind},
    names::separated,
};

const RULE: &str = "A rule says who may, separated by commas: `owner when status = draft, staff`.";
const CONDITION: &str = "A condition is one or more tests: `stars >= 3 and status = draft`.";

/// `anyone when status = on_sale, staff`
pub(crate) fn rule(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Rule> {
    whole(scalar, RULE, problems, grants)
}

/// `to_day >= from_day and status = open`
pub(crate) fn condition(scalar: &Scalar, problems: &mut Vec<Diagnostic>) -> Option<Condition> {
    whole(scalar, CONDITION, problems, tests)
}

pub(super) fn grants(cursor: &mut Cursor<'_>) -> Parsed<Rule> {
    let start = cursor.place();
    let grants = separated(cursor, Symbol::Comma, grant)?;
    if cursor.is_at_word("or") {
        let (before, span) = (cursor.last_place(), cursor.place());
        let problem = Diagnostic::error(Code::LineSyntax, span, "Grants are not joined with `or`.")
            .help("Separate them with a comma; any of them suffices.");
        // Behind a condition, it may have been meant to join two tests.
        let is_certain = matches!(grants.last(), Some(Grant::Who { when: None, .. }));
        let comma = TextEdit::replace(Span { start: before.end, end: span.end }, ",");
        return Err(cursor.report(if is_certain { problem.edit(comma) } else { problem }));
    }
    Ok(Rule { span: start.to(cursor.last_place()), grants })
}

fn grant(cursor: &mut Cursor<'_>) -> Parsed<Grant> {
    let word = cursor.expect_word("who may (`anyone`, `signed_in`, `owner`, `nobody` or a role)")?;
    if begins_test(cursor) {
        let condition = tests_from(cursor, word)?;
        return match cursor.peek() {
            Some(Token { kind: TokenKind::Word(found), .. }) if found == "when" => {
                let next = cursor.place();
                let message = "`when` follows a word such as `owner`, and what stands before it here is a test.";
                let problem = Diagnostic::error(Code::LineSyntax, next, message)
                    .help("Tests are joined with `and`.")
                    .edit(TextEdit::replace(next, "and"));
                Err(cursor.report(problem))
            }
            _ => Ok(Grant::Condition(condition)),
        };
    }
    let when = if cursor.take_word("when").is_some() { Some(tests(cursor)?) } else { None };
    let follows_well = cursor.peek().is_none()
        || cursor.is_at(Symbol::Comma)
        || cursor.is_at(Symbol::Close)
        || cursor.is_at_word("or")
        || cursor.peek().is_some_and(|token| token.kind == TokenKind::Wrong);
    if follows_well {
        return Ok(Grant::Who { word, when });
    }
    let next = cursor.place();
    if let Some(Token { kind: TokenKind::Word(found), .. }) = cursor.peek() {
        let message = format!("`{found}` is not expected after `{}`.", word.value);
        let problem = match (found.as_str(), &when) {
            ("if" | "where", None) => Diagnostic::error(Code::LineSyntax, next, message)
                .help("A condition begins with `when`.")
                .edit(TextEdit::replace(next, "when")),
            ("and", None) => Diagnostic::error(Code::LineSyntax, next, message)
                .help("A condition begins with `when`; several grants are separated with commas."),
            (_, None) => Diagnostic::error(Code::LineSyntax, next, message)
                .help("Separate grants with commas.")
                .edit(TextEdit::insert(word.span.end, ",")),
            (_, Some(_)) => Diagnostic::error(Code::LineSyntax, next, format!("`{found}` is not expected here."))
                .help("Separate grants with commas, and tests with `and`."),
        };
        return Err(cursor.report(problem));
    }
    Err(cursor.unexpected("a comma or the end of the rule"))
}

/// Whether what follows a word makes it the subject of a test.
fn begins_test(cursor: &Cursor<'_>) -> bool {
    match cursor.peek().map(|token| &token.kind) {
        Some(TokenKind::Symbol(Symbol::Dot)) => true,
        Some(TokenKind::Symbol(symbol)) => comparison(*symbol).is_some(),
        Some(TokenKind::Word(word)) => matches!(word.as_str(), "is" | "has"),
        _ => false,
    }
}

fn comparison(symbol: Symbol) -> Option<Comparison> {
    match symbol {
        Symbol::Equal => Some(Comparison::Equal),
        Symbol::NotEqual => Some(Comparison::NotEqual),
        Symbol::Less => Some(Comparison::Less),
        Symbol::LessOrEqual => Some(Comparison::LessOrEqual),
        Symbol::Greater => Some(Comparison::Greater),
        Symbol::GreaterOrEqual => Some(Comparison::GreaterOrEqual),
        _ => None,
    }
}

fn tests(cursor: &mut Cursor<'_>) -> Parsed<Condition> {
    let first = cursor.expect_word("a field to test")?;
    tests_from(cursor, first)
}

fn tests_from(cursor: &mut Cursor<'_>, first: Word) -> Parsed<Condition> {
    let start = first.span;
    let mut tests = vec![test_from(cursor, first)?];
    while cursor.take_word("and").is_some() {
        let first = cursor.expect_word("a field to test")?;
        tests.push(test_from(cursor, first)?);
    }
    Ok(Condition { span: start.to(cursor.last_place()), tests })
}

fn test_from(cursor: &mut Cursor<'_>, first: Word) -> Parsed<Test> {
    let subject = cursor.path_from(first)?;
    let start = subject.span;
    let kind = test_kind(cursor)?;
    Ok(Test { span: start.to(cursor.last_place()), subject, kind })
}

fn test_kind(cursor: &mut Cursor<'_>) -> Parsed<TestKind> {
    if cursor.take_word("is").is_some() {
        let negated = cursor.take_word("not").is_some();
        return match cursor.take_word("null") {
            Some(_) => Ok(TestKind::IsNull { negated }),
            None => Err(cursor.unexpected("`null`, as in `is null` or `is not null`")),
        };
    }
    if cursor.take_word("has").is_some() {
        return has(cursor);
    }
    let symbol = match cursor.peek().map(|token| &token.kind) {
        Some(TokenKind::Symbol(symbol)) => comparison(*symbol),
        _ => None,
    };
    let Some(comparison) = symbol else {
        return Err(cursor.unexpected("a comparison (`=`, `!=`, `<`, `<=`, `>`, `>=`), `is` or `has`"));
    };
    cursor.advance();
    let values = separated(cursor, Symbol::Bar, value)?;
    Ok(TestKind::Compare { comparison, values })
}

fn has(cursor: &mut Cursor<'_>) -> Parsed<TestKind> {
    if cursor.take_word("me").is_some() {
        return Ok(TestKind::HasMe);
    }
    if cursor.take(Symbol::Open).is_none() {
        return Err(cursor.unexpected("`me` or a condition in parentheses"));
    }
    let condition = tests(cursor)?;
    cursor.expect(Symbol::Close)?;
    Ok(TestKind::Has(condition))
}

fn value(cursor: &mut Cursor<'_>) -> Parsed<Spanned<Value>> {
    if let Some(Token { kind: TokenKind::Literal(literal), span, .. }) = cursor.peek() {
        let value = Spanned::new(Value::Literal(literal.clone()), *span);
        cursor.advance();
        return Ok(value);
    }
    let first = cursor.expect_word("a value")?;
    if first.value != "me" {
        let path = cursor.path_from(first)?;
        return Ok(Spanned::new(Value::Path(path.clone()), path.span));
    }
    let start = first.span;
    let path = if cursor.take(Symbol::Dot).is_some() {
        Some(cursor.expect_path("a field of the user after the dot")?)
    } else {
        None
    };
    let span = path.as_ref().map_or(start, |path| start.to(path.span));
    Ok(Spanned::new(Value::Me(path), span))
}
