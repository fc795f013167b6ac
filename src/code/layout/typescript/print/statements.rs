//! Statements and declarations.

use super::assignments::{Assignment, Right, assignment};
use super::classes::{class, interface};
use super::comments::{lead, trail};
use super::expressions::expression;
use super::functions::function;
use super::modules::module_clause;
use super::patterns::pattern;
use super::types::{annotation, type_params};
use super::{Place, elements, list_end};
use crate::code::layout::doc::{Doc, Docs, empty_line, hard_line, nothing, soft_line_or_space, space, text};
use crate::code::layout::typescript::ast::{
    Block, Case, Expr, ExprKind, Item, Key, List, Pattern, Statement, Variables,
};

/// Statements, each on a line of its own.
pub(super) fn statement_list<'a>(statements: &Block<'a>, docs: &Docs<'a>) -> Doc<'a> {
    docs.concat([statement_items(statements.items, docs), list_end(statements, docs)])
}

fn statement_items<'a>(items: &[Item<'a, Statement<'a>>], docs: &Docs<'a>) -> Doc<'a> {
    docs.concat_all(items.iter().enumerate().flat_map(|(index, item)| {
        let line = match index {
            0 => nothing(),
            _ if item.trivia.after_blank => empty_line(),
            _ => hard_line(),
        };
        [line, lead(&item.trivia, docs), statement(&item.node, docs), trail(&item.trivia, docs)]
    }))
}

/// Statements in braces.
pub(super) fn block<'a>(statements: &Block<'a>, docs: &Docs<'a>) -> Doc<'a> {
    if statements.is_empty() && statements.end.leading.is_empty() {
        return docs.concat([text("{"), hard_line(), text("}")]);
    }
    body(statements, docs)
}

/// Statements in braces, which close on the same line if there are none: the body of a function, say.
pub(super) fn body<'a>(statements: &Block<'a>, docs: &Docs<'a>) -> Doc<'a> {
    if statements.is_empty() && statements.end.leading.is_empty() {
        return text("{}");
    }
    docs.concat([text("{"), docs.block(statement_list(statements, docs)), text("}")])
}

fn statement<'a>(statement: &Statement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match statement {
        Statement::Module(clause) => module_clause(clause, docs),
        Statement::Export { is_default, declaration } => export(*is_default, declaration, docs),
        Statement::Declare(declaration) => docs.concat([text("declare "), self::statement(declaration, docs)]),
        Statement::Variables(variables) => docs.concat([variable_list(variables, false, docs), text(";")]),
        Statement::Function(node) => {
            let end = if node.body.is_none() { text(";") } else { nothing() };
            docs.concat([function(node, false, docs), end])
        }
        Statement::Class(node) => class(node, docs),
        Statement::Interface(node) => interface(node, docs),
        Statement::TypeAlias { name, params, ty } => {
            let left = docs.concat([text(name), params.map_or_else(nothing, |params| type_params(params, docs))]);
            let assigned = Assignment::type_alias(left, *params, Right::Type(ty));
            docs.concat([text("type "), assignment(assigned, docs), text(";")])
        }
        Statement::Enum { is_const, name, members } => enumeration(*is_const, name, members, docs),
        Statement::Namespace { head, body } => {
            docs.concat([docs.join(head.iter().map(|word| text(word)), text(" ")), space(), self::body(body, docs)])
        }
        Statement::If { test, yes, no } => if_statement(test, yes, *no, docs),
        Statement::For { init, test, update, body } => for_statement(*init, *test, *update, body, docs),
        Statement::ForEach { is_await, target, word, iterated, body } => docs.group(docs.concat([
            text(if *is_await { "for await (" } else { "for (" }),
            head_statement(target, docs),
            docs.joined_text(&[" ", word, " "]),
            expression(iterated, Place::Other, docs),
            text(")"),
            body_of(body, docs),
        ])),
        Statement::While { test, body } => {
            docs.group(docs.concat([text("while "), condition(test, docs), loop_body(body, docs)]))
        }
        Statement::DoWhile { body, test } => docs.concat([
            docs.group(docs.concat([text("do"), loop_body(body, docs)])),
            if matches!(**body, Statement::Block(_)) { space() } else { hard_line() },
            text("while "),
            condition(test, docs),
            text(";"),
        ]),
        Statement::Switch { value, cases } => switch(value, cases, docs),
        Statement::Try { body, catch, finally } => {
            let mut parts = vec![text("try "), block(body, docs)];
            if let Some(catch) = catch {
                parts.push(text(" catch "));
                if let Some((target, ty)) = &catch.param {
                    parts.extend([
                        text("("),
                        pattern(target, super::patterns::Around::Other, docs),
                        annotation(ty.as_ref(), docs),
                        text(") "),
                    ]);
                }
                parts.push(if finally.is_some() { block(&catch.body, docs) } else { self::body(&catch.body, docs) });
            }
            if let Some(finally) = finally {
                parts.extend([text(" finally "), block(finally, docs)]);
            }
            docs.concat_all(parts)
        }
        Statement::Return(value) => returned("return", value.as_ref(), docs),
        Statement::Throw(value) => returned("throw", Some(value), docs),
        Statement::Jump { word, label } => {
            let label = label.map_or_else(String::new, |label| format!(" {label}"));
            docs.joined_text(&[word, &label, ";"])
        }
        Statement::Labelled { label, body } => {
            docs.concat([docs.joined_text(&[label, ": "]), self::statement(body, docs)])
        }
        Statement::Block(statements) => block(statements, docs),
        Statement::Expr(value) => docs.concat([expression(value, Place::Statement, docs), text(";")]),
    }
}

fn export<'a>(is_default: bool, declaration: &Statement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let word = if is_default { "export default " } else { "export " };
    match declaration {
        Statement::Class(node) if !node.decorators.is_empty() => {
            // Decorators come before `export`, so the class itself has to print the word.
            super::classes::exported_class(node, word, docs)
        }
        Statement::Expr(value) => docs.concat([text(word), expression(value, Place::Other, docs), text(";")]),
        _ => docs.concat([text(word), statement(declaration, docs)]),
    }
}

fn variable_list<'a>(variables: &Variables<'a>, in_for: bool, docs: &Docs<'a>) -> Doc<'a> {
    let any_init = variables.declarators.iter().any(|declarator| declarator.init.is_some());
    let mut declarators = variables.declarators.iter().map(|declarator| {
        let left = docs.concat([
            pattern(&declarator.pattern, super::patterns::Around::Assignment, docs),
            text(if declarator.definite { "!" } else { "" }),
            annotation(declarator.ty.as_ref(), docs),
        ]);
        match &declarator.init {
            Some(init) => {
                let complex = is_complex_destructuring(&declarator.pattern);
                assignment(Assignment::declarator(left, complex, declarator.ty.as_ref(), init), docs)
            }
            None => left,
        }
    });
    let word = docs.joined_text(&[variables.word, " "]);
    let Some(first) = declarators.next() else { return word };
    if variables.declarators.len() == 1 {
        return docs.group(docs.concat([word, first]));
    }
    let line = if any_init && !in_for { hard_line() } else { soft_line_or_space() };
    let separator = docs.concat([text(","), line]);
    let all = docs.join(std::iter::once(first).chain(declarators), separator);
    docs.group(docs.concat([word, docs.indent(all)]))
}

/// More than two properties, and one of them renames or has a default.
fn is_complex_destructuring(pattern: &Pattern<'_>) -> bool {
    match pattern {
        Pattern::Object(properties) => {
            properties.len() > 2
                && properties.nodes().any(|property| property.key.is_some() || property.value.default.is_some())
        }
        _ => false,
    }
}

fn enumeration<'a>(
    is_const: bool,
    name: &'a str,
    members: &List<'a, (Key<'a>, Option<Expr<'a>>)>,
    docs: &Docs<'a>,
) -> Doc<'a> {
    let head = docs.joined_text(&[if is_const { "const " } else { "" }, "enum ", name, " "]);
    if members.is_empty() {
        return docs.concat([head, text("{}")]);
    }
    let members = elements(members, text(","), docs, |(key, value)| {
        let key = super::expressions::key(key, docs);
        match value {
            Some(value) => docs.concat([key, text(" = "), expression(value, Place::Initializer, docs)]),
            None => key,
        }
    });
    docs.concat([head, docs.group(docs.concat([text("{"), docs.block(members), text("}")]))])
}

/// An expression in the parentheses of a statement.
fn condition<'a>(test: &Expr<'a>, docs: &Docs<'a>) -> Doc<'a> {
    docs.concat([text("("), docs.group(docs.soft_block(expression(test, Place::Condition, docs))), text(")")])
}

/// The body of a statement: a block on its line, anything else indented if it does not fit.
fn body_of<'a>(body: &Statement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match body {
        Statement::Block(_) => docs.concat([space(), statement(body, docs)]),
        _ => docs.indent(docs.concat([soft_line_or_space(), statement(body, docs)])),
    }
}

/// The body of a loop, whose braces close on the same line if it is empty.
fn loop_body<'a>(body: &Statement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match body {
        Statement::Block(statements) => docs.concat([space(), self::body(statements, docs)]),
        _ => body_of(body, docs),
    }
}

fn if_statement<'a>(test: &Expr<'a>, yes: &Statement<'a>, no: Option<&Statement<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    let head = docs.group(docs.concat([text("if "), condition(test, docs), body_of(yes, docs)]));
    let Some(no) = no else { return head };
    let line = if matches!(yes, Statement::Block(_)) { space() } else { hard_line() };
    let otherwise = match no {
        Statement::If { .. } => docs.concat([space(), statement(no, docs)]),
        _ => docs.group(body_of(no, docs)),
    };
    docs.concat([head, line, text("else"), otherwise])
}

/// What stands in the head of a `for`, without its semicolon.
fn head_statement<'a>(head: &Statement<'a>, docs: &Docs<'a>) -> Doc<'a> {
    match head {
        Statement::Variables(variables) => variable_list(variables, true, docs),
        Statement::Expr(value) => expression(value, Place::ForHead, docs),
        other => statement(other, docs),
    }
}

fn for_statement<'a>(
    init: Option<&Statement<'a>>,
    test: Option<&Expr<'a>>,
    update: Option<&Expr<'a>>,
    body: &Statement<'a>,
    docs: &Docs<'a>,
) -> Doc<'a> {
    if init.is_none() && test.is_none() && update.is_none() {
        return docs.group(docs.concat([text("for (;;)"), loop_body(body, docs)]));
    }
    let in_head =
        |value: Option<&Expr<'a>>| value.map_or_else(nothing, |value| expression(value, Place::ForHead, docs));
    let head = docs.concat([
        init.map_or_else(nothing, |init| head_statement(init, docs)),
        text(";"),
        soft_line_or_space(),
        in_head(test),
        text(";"),
        soft_line_or_space(),
        in_head(update),
    ]);
    docs.group(docs.concat([text("for ("), docs.group(docs.soft_block(head)), text(")"), loop_body(body, docs)]))
}

fn switch<'a>(value: &Expr<'a>, cases: &List<'a, Case<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in cases.items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { hard_line() });
        }
        parts.extend([lead(&item.trivia, docs), case(&item.node, trail(&item.trivia, docs), docs)]);
    }
    parts.push(list_end(cases, docs));
    let head = docs.concat([text("switch "), condition(value, docs), text(" {")]);
    docs.concat([head, docs.block(docs.concat_all(parts)), text("}")])
}

fn case<'a>(case: &Case<'a>, comment: Doc<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let head = match &case.test {
        Some(test) => docs.concat([text("case "), expression(test, Place::Other, docs), text(":")]),
        None => text("default:"),
    };
    let body = statement_items(case.body, docs);
    let body = match case.body {
        [] => nothing(),
        [Item { node: Statement::Block(_), .. }] => docs.concat([space(), body]),
        _ => docs.indent(docs.concat([hard_line(), body])),
    };
    docs.concat([head, comment, body])
}

fn returned<'a>(word: &'a str, value: Option<&Expr<'a>>, docs: &Docs<'a>) -> Doc<'a> {
    let Some(value) = value else { return docs.concat([text(word), text(";")]) };
    let printed = expression(value, Place::Returned, docs);
    let printed = if matches!(value.kind, ExprKind::Binary { .. }) {
        docs.group(docs.concat([docs.if_broken(text("(")), docs.soft_block(printed), docs.if_broken(text(")"))]))
    } else {
        printed
    };
    docs.concat([text(word), space(), printed, text(";")])
}
