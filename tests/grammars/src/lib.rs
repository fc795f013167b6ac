//! Generated files, read with the grammar of their own language.
//!
//! The grammars are those that editors use. They have nothing to do with what wrote the files, so that a text which ends
//! its literal too early shows as another tree.

mod language;
mod shape;

use anyhow::{Context, Result};
use tree_sitter::{Node, Parser, Tree};

pub use language::Language;

/// A file's text and its tree.
#[derive(Debug)]
pub struct Parsed<'t> {
    text: &'t str,
    language: Language,
    tree: Tree,
}

impl<'t> Parsed<'t> {
    /// Reads a file in its language. A grammar takes any text: what it could not read is among the [`Self::problems`].
    pub fn of(language: Language, text: &'t str) -> Result<Self> {
        let mut parser = Parser::new();
        parser.set_language(&language.grammar())?;
        let tree = parser.parse(text, None).context("the parser was stopped")?;
        Ok(Self { text, language, tree })
    }

    /// The lines, counted from 1, that the grammar cannot read, each with its text.
    pub fn problems(&self) -> Vec<(usize, String)> {
        let mut problems = Vec::new();
        walk(self.tree.root_node(), &mut |node| {
            if node.is_error() || node.is_missing() {
                let row = node.start_position().row;
                problems.push((row + 1, self.text.lines().nth(row).unwrap_or_default().to_owned()));
            }
            node.has_error()
        });
        problems.dedup();
        problems
    }

    /// The tree without what strings, comments and prose say, and without what a formatter adds and takes away.
    pub fn shape(&self) -> String {
        shape::of(self.language, self.tree.root_node(), self.text)
    }
}

/// Visits a node and, where `visit` says so, what is in it.
fn walk<'n>(node: Node<'n>, visit: &mut impl FnMut(Node<'n>) -> bool) {
    if visit(node) {
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            walk(child, visit);
        }
    }
}
