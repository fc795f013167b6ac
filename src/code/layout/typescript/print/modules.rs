//! Imports and re-exports.

use super::elements;
use crate::code::layout::doc::{Doc, Docs, text, trailing_comma};
use crate::code::layout::typescript::ast::{List, ModuleClause};

pub(super) fn module_clause<'a>(clause: &ModuleClause<'a>, docs: &Docs<'a>) -> Doc<'a> {
    let mut parts = vec![text(clause.word), text(" ")];
    if clause.type_only {
        parts.push(text("type "));
    }
    let stands_alone = clause.names.is_empty() && clause.source.is_some();
    let names = clause.names.iter().map(|name| text(name));
    let keeps_lines = clause.word == "export" && clause.source.is_some();
    let specifiers = clause.specifiers.iter().map(|list| specifiers(list, stands_alone, keeps_lines, docs));
    let bindings: Vec<Doc<'a>> = names.chain(specifiers).collect();
    let has_bindings = !bindings.is_empty();
    parts.push(docs.join(bindings, text(", ")));
    if let Some(source) = clause.source {
        parts.extend([text(if has_bindings { " from " } else { "" }), text(source)]);
    }
    if !clause.attributes.is_empty() {
        let attributes: Vec<String> = clause.attributes.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        parts.push(docs.joined_text(&[" with { ", &attributes.join(", "), " }"]));
    }
    parts.push(text(";"));
    docs.concat_all(parts)
}

/// Names in braces. A single one that stands alone never breaks; those of a re-export stay on lines of their own.
fn specifiers<'a>(list: &List<'a, &'a str>, stands_alone: bool, keeps_lines: bool, docs: &Docs<'a>) -> Doc<'a> {
    if list.is_empty() {
        return text("{}");
    }
    let has_comments = list.items.iter().any(|item| item.trivia.has_comments()) || !list.end.leading.is_empty();
    if let (true, false, Some(only)) = (stands_alone, has_comments, list.only()) {
        return docs.joined_text(&["{ ", only, " }"]);
    }
    let names = elements(list, trailing_comma(), docs, |name| text(name));
    let on_new_line = list.items.first().is_some_and(|first| first.trivia.on_new_line);
    docs.group_expanded(docs.concat([text("{"), docs.soft_block_spaced(names), text("}")]), keeps_lines && on_new_line)
}
