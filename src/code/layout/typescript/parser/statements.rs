//! Statements and declarations.

use super::{Parsed, Parser};
use crate::code::layout::typescript::ast::{
    Block, Case, Catch, Declarator, Interface, Item, Key, List, Statement, Trivia, Variables,
};
use crate::code::layout::typescript::lexer::TokenKind;

impl<'a> Parser<'a> {
    /// Statements up to a closing brace, or up to the end of the file if `close` is empty.
    pub(super) fn statements_until(&mut self, close: &str) -> Parsed<Block<'a>> {
        let items = self.statement_items(|parser| {
            parser.token().kind == TokenKind::End || (!close.is_empty() && parser.is(close))
        })?;
        let end = self.lead();
        if !close.is_empty() {
            self.expect(close)?;
        }
        Ok(List { items, end })
    }

    fn statement_items(&mut self, is_end: impl Fn(&Self) -> bool) -> Parsed<&'a [Item<'a, Statement<'a>>]> {
        let mut items = self.growing();
        while !is_end(self) {
            let mut trivia = self.lead();
            let node = self.statement()?;
            trivia.trailing = self.trail();
            items.push(Item { trivia, node });
        }
        Ok(items.into_bump_slice())
    }

    pub(super) fn block(&mut self) -> Parsed<Block<'a>> {
        self.expect("{")?;
        self.statements_until("}")
    }

    fn end_of_statement(&mut self) -> Parsed<()> {
        let may_be_omitted = self.is("}") || self.token().on_new_line || self.token().kind == TokenKind::End;
        if self.eat(";")? || may_be_omitted { Ok(()) } else { self.expected("the end of the statement") }
    }

    pub(super) fn statement(&mut self) -> Parsed<Statement<'a>> {
        if self.is("{") {
            return Ok(Statement::Block(self.arena.alloc(self.block()?)));
        }
        if self.is("@") {
            let decorators = self.decorators()?;
            return self.decorated_class(decorators);
        }
        if !self.at_word() {
            return self.expression_statement();
        }
        match self.token().text {
            "import" if !self.is_ahead(1, "(") && !self.is_ahead(1, ".") => self.import(),
            "export" => self.export(),
            "if" => self.if_statement(),
            "for" => self.for_statement(),
            "while" => {
                self.advance()?;
                let test = self.in_parens()?;
                Ok(Statement::While { test, body: self.inner_statement()? })
            }
            "do" => {
                self.advance()?;
                let body = self.inner_statement()?;
                self.expect("while")?;
                let test = self.in_parens()?;
                self.eat(";")?;
                Ok(Statement::DoWhile { body, test })
            }
            "switch" => self.switch(),
            "try" => self.try_statement(),
            "return" => {
                self.advance()?;
                let ends = self.is(";") || self.is("}") || self.token().on_new_line;
                let value = if ends { None } else { Some(self.expression()?) };
                self.end_of_statement()?;
                Ok(Statement::Return(value))
            }
            "throw" => {
                self.advance()?;
                let value = self.expression()?;
                self.end_of_statement()?;
                Ok(Statement::Throw(value))
            }
            "break" | "continue" | "debugger" => {
                let word = self.advance()?;
                let has_label = self.at_word() && !self.token().on_new_line;
                let label = if has_label { Some(self.advance()?) } else { None };
                self.end_of_statement()?;
                Ok(Statement::Jump { word, label })
            }
            _ if self.is_ahead(1, ":") => {
                let label = self.advance()?;
                self.expect(":")?;
                Ok(Statement::Labelled { label, body: self.inner_statement()? })
            }
            _ => match self.declaration()? {
                Some(declaration) => Ok(declaration),
                None => self.expression_statement(),
            },
        }
    }

    fn inner_statement(&mut self) -> Parsed<&'a Statement<'a>> {
        Ok(self.arena.alloc(self.statement()?))
    }

    fn expression_statement(&mut self) -> Parsed<Statement<'a>> {
        let expression = self.expression()?;
        self.end_of_statement()?;
        Ok(Statement::Expr(expression))
    }

    fn in_parens(&mut self) -> Parsed<crate::code::layout::typescript::ast::Expr<'a>> {
        self.expect("(")?;
        let value = self.expression()?;
        self.expect(")")?;
        Ok(value)
    }

    /// What begins with a word of declarations, if it is one.
    pub(super) fn declaration(&mut self) -> Parsed<Option<Statement<'a>>> {
        let next_is_name = self.ahead(1).kind == TokenKind::Word && !self.ahead(1).on_new_line;
        let declaration = match self.token().text {
            "const" if self.is_ahead(1, "enum") => {
                self.advance()?;
                self.enumeration(true)?
            }
            "const" | "var" => self.variables()?,
            "let" if next_is_name || self.is_ahead(1, "{") || self.is_ahead(1, "[") => self.variables()?,
            "using" if next_is_name => self.variables()?,
            "function" => Statement::Function(self.arena.alloc(self.function()?)),
            "async" if self.is_ahead(1, "function") => Statement::Function(self.arena.alloc(self.function()?)),
            "class" => self.decorated_class(&[])?,
            "abstract" if self.is_ahead(1, "class") => self.decorated_class(&[])?,
            "enum" if next_is_name => self.enumeration(false)?,
            "interface" if next_is_name => self.interface()?,
            "type" if next_is_name => self.type_alias()?,
            "declare" if next_is_name => {
                self.advance()?;
                Statement::Declare(self.inner_statement()?)
            }
            "namespace" | "module" if next_is_name || self.ahead(1).kind == TokenKind::String => self.namespace()?,
            "global" if self.is_ahead(1, "{") => self.namespace()?,
            _ => return Ok(None),
        };
        Ok(Some(declaration))
    }

    fn variables(&mut self) -> Parsed<Statement<'a>> {
        let variables = self.variable_list()?;
        self.end_of_statement()?;
        Ok(Statement::Variables(variables))
    }

    fn variable_list(&mut self) -> Parsed<Variables<'a>> {
        let word = self.advance()?;
        let mut declarators = self.growing();
        loop {
            let pattern = self.pattern()?;
            let definite = self.eat("!")?;
            let ty = self.annotation()?;
            let init = if self.eat("=")? { Some(self.assignment()?) } else { None };
            declarators.push(Declarator { pattern, definite, ty, init });
            if !self.eat(",")? {
                return Ok(Variables { word, declarators: declarators.into_bump_slice() });
            }
        }
    }

    fn enumeration(&mut self, is_const: bool) -> Parsed<Statement<'a>> {
        self.expect("enum")?;
        let name = self.word()?;
        self.expect("{")?;
        let members = self.list("}", &[","], |parser| {
            let key = parser.key()?;
            let value = if parser.eat("=")? { Some(parser.assignment()?) } else { None };
            Ok((key, value))
        })?;
        Ok(Statement::Enum { is_const, name, members: self.arena.alloc(members) })
    }

    fn interface(&mut self) -> Parsed<Statement<'a>> {
        self.expect("interface")?;
        let name = self.word()?;
        let type_params = self.type_params()?;
        let mut extends = self.growing();
        if self.eat("extends")? {
            extends.push(self.ty()?);
            while self.eat(",")? {
                extends.push(self.ty()?);
            }
        }
        self.expect("{")?;
        let members = self.type_members()?;
        Ok(Statement::Interface(self.arena.alloc(Interface {
            name,
            type_params,
            extends: extends.into_bump_slice(),
            members,
        })))
    }

    fn type_alias(&mut self) -> Parsed<Statement<'a>> {
        self.expect("type")?;
        let name = self.word()?;
        let params = self.type_params()?;
        self.expect("=")?;
        let ty = self.ty()?;
        self.end_of_statement()?;
        Ok(Statement::TypeAlias { name, params, ty })
    }

    fn namespace(&mut self) -> Parsed<Statement<'a>> {
        let mut head = self.growing();
        head.push(self.advance()?);
        if self.token().kind == TokenKind::String {
            head.push(self.advance()?);
        } else if self.at_word() {
            let start = self.token().start;
            self.advance()?;
            while self.eat(".")? {
                self.word()?;
            }
            head.push(self.text_since(start));
        }
        Ok(Statement::Namespace { head: head.into_bump_slice(), body: self.arena.alloc(self.block()?) })
    }

    fn if_statement(&mut self) -> Parsed<Statement<'a>> {
        self.expect("if")?;
        let test = self.in_parens()?;
        let yes = self.inner_statement()?;
        let no = if self.eat("else")? { Some(self.inner_statement()?) } else { None };
        Ok(Statement::If { test, yes, no })
    }

    fn for_statement(&mut self) -> Parsed<Statement<'a>> {
        self.expect("for")?;
        let is_await = self.eat("await")?;
        self.expect("(")?;
        self.no_in = true;
        let init = self.for_init();
        self.no_in = false;
        let init = init?;
        if self.is("of") || self.is("in") {
            let word = self.advance()?;
            let target = self.arena.alloc(init.map_or_else(|| self.expected("a variable"), Ok)?);
            let iterated = self.arena.alloc(self.expression()?);
            self.expect(")")?;
            return Ok(Statement::ForEach { is_await, target, word, iterated, body: self.inner_statement()? });
        }
        self.expect(";")?;
        let test = if self.is(";") { None } else { Some(&*self.arena.alloc(self.expression()?)) };
        self.expect(";")?;
        let update = if self.is(")") { None } else { Some(&*self.arena.alloc(self.expression()?)) };
        self.expect(")")?;
        let init = init.map(|init| &*self.arena.alloc(init));
        Ok(Statement::For { init, test, update, body: self.inner_statement()? })
    }

    fn for_init(&mut self) -> Parsed<Option<Statement<'a>>> {
        if self.is(";") {
            Ok(None)
        } else if matches!(self.token().text, "const" | "let" | "var") {
            Ok(Some(Statement::Variables(self.variable_list()?)))
        } else {
            Ok(Some(Statement::Expr(self.expression()?)))
        }
    }

    fn switch(&mut self) -> Parsed<Statement<'a>> {
        self.expect("switch")?;
        let value = self.in_parens()?;
        self.expect("{")?;
        let mut items = self.growing();
        while !self.is("}") {
            let mut trivia = self.lead();
            let test = if self.eat("default")? {
                None
            } else {
                self.expect("case")?;
                Some(self.expression()?)
            };
            self.expect(":")?;
            trivia.trailing = self.trail();
            let body = self.statement_items(|parser| parser.is("case") || parser.is("default") || parser.is("}"))?;
            items.push(Item { trivia, node: Case { test, body } });
        }
        let end: Trivia<'a> = self.lead();
        self.expect("}")?;
        let cases = self.arena.alloc(List { items: items.into_bump_slice(), end });
        Ok(Statement::Switch { value, cases })
    }

    fn try_statement(&mut self) -> Parsed<Statement<'a>> {
        self.expect("try")?;
        let body = self.arena.alloc(self.block()?);
        let catch = if self.eat("catch")? {
            let param = if self.eat("(")? {
                let pattern = self.pattern()?;
                let ty = self.annotation()?;
                self.expect(")")?;
                Some((pattern, ty))
            } else {
                None
            };
            Some(&*self.arena.alloc(Catch { param, body: self.block()? }))
        } else {
            None
        };
        let finally = if self.eat("finally")? { Some(&*self.arena.alloc(self.block()?)) } else { None };
        Ok(Statement::Try { body, catch, finally })
    }

    /// The key of a property, member or enum value.
    pub(super) fn key(&mut self) -> Parsed<Key<'a>> {
        match self.token().kind {
            TokenKind::Word | TokenKind::String | TokenKind::Number | TokenKind::PrivateName => {
                Ok(Key::Plain(self.advance()?))
            }
            _ => {
                self.expect("[")?;
                let key = self.assignment()?;
                self.expect("]")?;
                Ok(Key::Computed(self.arena.alloc(key)))
            }
        }
    }
}
