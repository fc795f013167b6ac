//! Statements and declarations.

use super::assignments::{Assignment, Right, assignment};
use super::classes::{class, interface};
use super::comments::{lead, trail};
use super::expressions::expression;
use super::functions::function;
use super::modules::module_clause;
use super::patterns::pattern;
use super::types::{annotation, type_params};
use super::{Context, Place, elements, list_end};
use crate::code::layout::doc::{
    Doc, block as block_lines, concat, empty_line, group, hard_line, if_broken, indent, join, nothing, soft_block,
    soft_line_or_space, space, text,
};
use crate::code::layout::typescript::ast::{
    Block, Case, Expr, ExprKind, Item, Key, List, Pattern, Statement, Variables,
};

/// Statements, each on a line of its own.
pub(super) fn statement_list<'a>(statements: &Block<'a>, context: &Context<'a>) -> Doc<'a> {
    concat([statement_items(&statements.items, context), list_end(statements)])
}

fn statement_items<'a>(items: &[Item<'a, Statement<'a>>], context: &Context<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { hard_line() });
        }
        parts.push(lead(&item.trivia));
        parts.push(statement(&item.node, context));
        parts.push(trail(&item.trivia));
    }
    concat(parts)
}

/// Statements in braces.
pub(super) fn block<'a>(statements: &Block<'a>, context: &Context<'a>) -> Doc<'a> {
    if statements.is_empty() && statements.end.leading.is_empty() {
        return concat([text("{"), hard_line(), text("}")]);
    }
    body(statements, context)
}

/// Statements in braces, which close on the same line if there are none: the body of a function, say.
pub(super) fn body<'a>(statements: &Block<'a>, context: &Context<'a>) -> Doc<'a> {
    if statements.is_empty() && statements.end.leading.is_empty() {
        return text("{}");
    }
    concat([text("{"), block_lines(statement_list(statements, context)), text("}")])
}

fn statement<'a>(statement: &Statement<'a>, context: &Context<'a>) -> Doc<'a> {
    match statement {
        Statement::Module(clause) => module_clause(clause),
        Statement::Export { is_default, declaration } => export(*is_default, declaration, context),
        Statement::Declare(declaration) => concat([text("declare "), self::statement(declaration, context)]),
        Statement::Variables(variables) => concat([variable_list(variables, false, context), text(";")]),
        Statement::Function(node) => {
            let end = if node.body.is_none() { text(";") } else { nothing() };
            concat([function(node, false, context), end])
        }
        Statement::Class(node) => class(node, context),
        Statement::Interface(node) => interface(node, context),
        Statement::TypeAlias { name, params, ty } => {
            let left =
                concat([text(*name), params.as_ref().map_or_else(nothing, |params| type_params(params, context))]);
            let assigned = Assignment::type_alias(left, params.as_ref(), Right::Type(ty));
            concat([text("type "), assignment(assigned, context), text(";")])
        }
        Statement::Enum { is_const, name, members } => enumeration(*is_const, name, members, context),
        Statement::Namespace { head, body } => concat([text(head.join(" ")), space(), self::body(body, context)]),
        Statement::If { test, yes, no } => if_statement(test, yes, no.as_deref(), context),
        Statement::For { init, test, update, body } => {
            for_statement(init.as_deref(), test.as_ref(), update.as_ref(), body, context)
        }
        Statement::ForEach { is_await, target, word, iterated, body } => group(concat([
            text(if *is_await { "for await (" } else { "for (" }),
            head_statement(target, context),
            text(format!(" {word} ")),
            expression(iterated, Place::Other, context),
            text(")"),
            body_of(body, context),
        ])),
        Statement::While { test, body } => {
            group(concat([text("while "), condition(test, context), loop_body(body, context)]))
        }
        Statement::DoWhile { body, test } => concat([
            group(concat([text("do"), loop_body(body, context)])),
            if matches!(**body, Statement::Block(_)) { space() } else { hard_line() },
            text("while "),
            condition(test, context),
            text(";"),
        ]),
        Statement::Switch { value, cases } => switch(value, cases, context),
        Statement::Try { body, catch, finally } => {
            let mut parts = vec![text("try "), block(body, context)];
            if let Some(catch) = catch {
                parts.push(text(" catch "));
                if let Some((target, ty)) = &catch.param {
                    parts.extend([
                        text("("),
                        pattern(target, super::patterns::Around::Other, context),
                        annotation(ty.as_ref(), context),
                        text(") "),
                    ]);
                }
                parts.push(if finally.is_some() {
                    block(&catch.body, context)
                } else {
                    self::body(&catch.body, context)
                });
            }
            if let Some(finally) = finally {
                parts.extend([text(" finally "), block(finally, context)]);
            }
            concat(parts)
        }
        Statement::Return(value) => returned("return", value.as_ref(), context),
        Statement::Throw(value) => returned("throw", Some(value), context),
        Statement::Jump { word, label } => {
            let label = label.map_or_else(String::new, |label| format!(" {label}"));
            text(format!("{word}{label};"))
        }
        Statement::Labelled { label, body } => concat([text(format!("{label}: ")), self::statement(body, context)]),
        Statement::Block(statements) => block(statements, context),
        Statement::Expr(value) => concat([expression(value, Place::Statement, context), text(";")]),
    }
}

fn export<'a>(is_default: bool, declaration: &Statement<'a>, context: &Context<'a>) -> Doc<'a> {
    let word = if is_default { "export default " } else { "export " };
    match declaration {
        Statement::Class(node) if !node.decorators.is_empty() => {
            // Decorators come before `export`, so the class itself has to print the word.
            super::classes::exported_class(node, word, context)
        }
        Statement::Expr(value) => concat([text(word), expression(value, Place::Other, context), text(";")]),
        _ => concat([text(word), statement(declaration, context)]),
    }
}

fn variable_list<'a>(variables: &Variables<'a>, in_for: bool, context: &Context<'a>) -> Doc<'a> {
    let any_init = variables.declarators.iter().any(|declarator| declarator.init.is_some());
    let mut declarators = variables.declarators.iter().map(|declarator| {
        let left = concat([
            pattern(&declarator.pattern, super::patterns::Around::Assignment, context),
            text(if declarator.definite { "!" } else { "" }),
            annotation(declarator.ty.as_ref(), context),
        ]);
        match &declarator.init {
            Some(init) => {
                let complex = is_complex_destructuring(&declarator.pattern);
                assignment(Assignment::declarator(left, complex, declarator.ty.as_ref(), init), context)
            }
            None => left,
        }
    });
    let word = text(format!("{} ", variables.word));
    let Some(first) = declarators.next() else { return word };
    if variables.declarators.len() == 1 {
        return group(concat([word, first]));
    }
    let line = if any_init && !in_for { hard_line() } else { soft_line_or_space() };
    let separator = concat([text(","), line]);
    let all = join(std::iter::once(first).chain(declarators), &separator);
    group(concat([word, indent(all)]))
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
    context: &Context<'a>,
) -> Doc<'a> {
    let head = text(format!("{}enum {name} ", if is_const { "const " } else { "" }));
    if members.is_empty() {
        return concat([head, text("{}")]);
    }
    let members = elements(members, &text(","), |(key, value)| {
        let key = super::expressions::key(key, context);
        match value {
            Some(value) => concat([key, text(" = "), expression(value, Place::Initializer, context)]),
            None => key,
        }
    });
    concat([head, group(concat([text("{"), block_lines(members), text("}")]))])
}

/// An expression in the parentheses of a statement.
fn condition<'a>(test: &Expr<'a>, context: &Context<'a>) -> Doc<'a> {
    concat([text("("), group(soft_block(expression(test, Place::Condition, context))), text(")")])
}

/// The body of a statement: a block on its line, anything else indented if it does not fit.
fn body_of<'a>(body: &Statement<'a>, context: &Context<'a>) -> Doc<'a> {
    match body {
        Statement::Block(_) => concat([space(), statement(body, context)]),
        _ => indent(concat([soft_line_or_space(), statement(body, context)])),
    }
}

/// The body of a loop, whose braces close on the same line if it is empty.
fn loop_body<'a>(body: &Statement<'a>, context: &Context<'a>) -> Doc<'a> {
    match body {
        Statement::Block(statements) => concat([space(), self::body(statements, context)]),
        _ => body_of(body, context),
    }
}

fn if_statement<'a>(
    test: &Expr<'a>,
    yes: &Statement<'a>,
    no: Option<&Statement<'a>>,
    context: &Context<'a>,
) -> Doc<'a> {
    let head = group(concat([text("if "), condition(test, context), body_of(yes, context)]));
    let Some(no) = no else { return head };
    let line = if matches!(yes, Statement::Block(_)) { space() } else { hard_line() };
    let otherwise = match no {
        Statement::If { .. } => concat([space(), statement(no, context)]),
        _ => group(body_of(no, context)),
    };
    concat([head, line, text("else"), otherwise])
}

/// What stands in the head of a `for`, without its semicolon.
fn head_statement<'a>(head: &Statement<'a>, context: &Context<'a>) -> Doc<'a> {
    match head {
        Statement::Variables(variables) => variable_list(variables, true, context),
        Statement::Expr(value) => expression(value, Place::ForHead, context),
        other => statement(other, context),
    }
}

fn for_statement<'a>(
    init: Option<&Statement<'a>>,
    test: Option<&Expr<'a>>,
    update: Option<&Expr<'a>>,
    body: &Statement<'a>,
    context: &Context<'a>,
) -> Doc<'a> {
    if init.is_none() && test.is_none() && update.is_none() {
        return group(concat([text("for (;;)"), loop_body(body, context)]));
    }
    let in_head =
        |value: Option<&Expr<'a>>| value.map_or_else(nothing, |value| expression(value, Place::ForHead, context));
    let head = concat([
        init.map_or_else(nothing, |init| head_statement(init, context)),
        text(";"),
        soft_line_or_space(),
        in_head(test),
        text(";"),
        soft_line_or_space(),
        in_head(update),
    ]);
    group(concat([text("for ("), group(soft_block(head)), text(")"), loop_body(body, context)]))
}

fn switch<'a>(value: &Expr<'a>, cases: &List<'a, Case<'a>>, context: &Context<'a>) -> Doc<'a> {
    let mut parts = Vec::new();
    for (index, item) in cases.items.iter().enumerate() {
        if index > 0 {
            parts.push(if item.trivia.after_blank { empty_line() } else { hard_line() });
        }
        parts.extend([lead(&item.trivia), case(&item.node, trail(&item.trivia), context)]);
    }
    parts.push(list_end(cases));
    let head = concat([text("switch "), condition(value, context), text(" {")]);
    concat([head, block_lines(concat(parts)), text("}")])
}

fn case<'a>(case: &Case<'a>, comment: Doc<'a>, context: &Context<'a>) -> Doc<'a> {
    let head = match &case.test {
        Some(test) => concat([text("case "), expression(test, Place::Other, context), text(":")]),
        None => text("default:"),
    };
    let body = statement_items(&case.body, context);
    let body = match case.body.as_slice() {
        [] => nothing(),
        [Item { node: Statement::Block(_), .. }] => concat([space(), body]),
        _ => indent(concat([hard_line(), body])),
    };
    concat([head, comment, body])
}

fn returned<'a>(word: &'a str, value: Option<&Expr<'a>>, context: &Context<'a>) -> Doc<'a> {
    let Some(value) = value else { return concat([text(word), text(";")]) };
    let printed = expression(value, Place::Returned, context);
    let printed = if matches!(value.kind, ExprKind::Binary { .. }) {
        group(concat([if_broken(text("(")), soft_block(printed), if_broken(text(")"))]))
    } else {
        printed
    };
    concat([text(word), space(), printed, text(";")])
}
