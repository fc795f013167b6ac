//! Imports and exports.

use super::{Parsed, Parser};
use crate::code::layout::typescript::ast::{List, ModuleClause, Statement};
use crate::code::layout::typescript::lexer::TokenKind;

impl<'a> Parser<'a> {
    pub(super) fn import(&mut self) -> Parsed<Statement<'a>> {
        let word = self.expect("import")?;
        let mut clause =
            ModuleClause { word, type_only: false, names: &[], specifiers: None, source: None, attributes: &[] };
        if self.token().kind != TokenKind::String {
            // `import type from "x"` imports a default of that name.
            let is_type = self.is("type") && !self.is_ahead(1, "from") && !self.is_ahead(1, ",");
            clause.type_only = is_type && self.eat("type")?;
            self.import_names(&mut clause)?;
            self.expect("from")?;
        }
        clause.source = Some(self.string()?);
        self.end_of_module_clause(clause)
    }

    fn import_names(&mut self, clause: &mut ModuleClause<'a>) -> Parsed<()> {
        let mut names = self.growing();
        loop {
            if self.is("{") {
                clause.specifiers = Some(self.specifiers()?);
            } else {
                let start = self.token().start;
                if self.eat("*")? {
                    self.expect("as")?;
                }
                self.word()?;
                names.push(self.text_since(start));
            }
            if !self.eat(",")? {
                clause.names = names.into_bump_slice();
                return Ok(());
            }
        }
    }

    fn specifiers(&mut self) -> Parsed<List<'a, &'a str>> {
        self.expect("{")?;
        self.list("}", &[","], |parser| {
            let start = parser.token().start;
            while parser.at_word() || parser.token().kind == TokenKind::String {
                parser.advance()?;
            }
            Ok(parser.text_since(start))
        })
    }

    fn end_of_module_clause(&mut self, mut clause: ModuleClause<'a>) -> Parsed<Statement<'a>> {
        if self.eat("with")? {
            self.expect("{")?;
            let mut attributes = self.growing();
            while !self.is("}") {
                let key = self.advance()?;
                self.expect(":")?;
                attributes.push((key, self.string()?));
                self.eat(",")?;
            }
            self.expect("}")?;
            clause.attributes = attributes.into_bump_slice();
        }
        self.eat(";")?;
        Ok(Statement::Module(self.arena.alloc(clause)))
    }

    pub(super) fn export(&mut self) -> Parsed<Statement<'a>> {
        let type_only_at = usize::from(self.is_ahead(1, "type"));
        let is_clause = self.is_ahead(1 + type_only_at, "{") || self.is_ahead(1 + type_only_at, "*");
        let word = self.expect("export")?;
        if is_clause {
            return self.export_clause(word);
        }
        if self.eat("default")? {
            let declaration = if let Some(declaration) = self.declaration()? {
                declaration
            } else {
                let value = self.assignment()?;
                self.eat(";")?;
                Statement::Expr(value)
            };
            return Ok(Statement::Export { is_default: true, declaration: self.arena.alloc(declaration) });
        }
        let declaration = if self.is("@") {
            self.statement()?
        } else {
            self.declaration()?.map_or_else(|| self.expected("a declaration"), Ok)?
        };
        Ok(Statement::Export { is_default: false, declaration: self.arena.alloc(declaration) })
    }

    fn export_clause(&mut self, word: &'a str) -> Parsed<Statement<'a>> {
        let type_only = self.eat("type")?;
        let mut clause = ModuleClause { word, type_only, names: &[], specifiers: None, source: None, attributes: &[] };
        if self.is("{") {
            clause.specifiers = Some(self.specifiers()?);
        } else {
            let start = self.token().start;
            self.expect("*")?;
            if self.eat("as")? {
                self.word()?;
            }
            clause.names = std::slice::from_ref(self.arena.alloc(self.text_since(start)));
        }
        if self.eat("from")? {
            clause.source = Some(self.string()?);
        }
        self.end_of_module_clause(clause)
    }
}
