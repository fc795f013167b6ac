//! Classes, their members, and decorators.

use super::{Parsed, Parser};
use crate::code::layout::typescript::ast::{
    Class, ClassMember, ClassMemberKind, Expr, IndexSignature, Method, Statement,
};
use crate::code::layout::typescript::lexer::TokenKind;

/// Words before a member.
const MODIFIERS: &[&str] = &[
    "public",
    "private",
    "protected",
    "static",
    "readonly",
    "override",
    "abstract",
    "declare",
    "async",
    "get",
    "set",
    "accessor",
];

impl<'a> Parser<'a> {
    pub(super) fn decorators(&mut self) -> Parsed<&'a [Expr<'a>]> {
        let mut decorators = self.growing();
        while self.eat("@")? {
            decorators.push(self.call_or_member()?);
        }
        Ok(decorators.into_bump_slice())
    }

    pub(super) fn decorated_class(&mut self, decorators: &'a [Expr<'a>]) -> Parsed<Statement<'a>> {
        if self.is("export") {
            // Decorators may stand before `export`; they belong to the class all the same.
            let exported = self.export()?;
            let Statement::Export { is_default, declaration } = exported else {
                return self.expected("a class");
            };
            let Statement::Class(class) = declaration else { return self.expected("a class") };
            let class = self.arena.alloc(Class { decorators, ..**class });
            return Ok(Statement::Export { is_default, declaration: self.arena.alloc(Statement::Class(class)) });
        }
        Ok(Statement::Class(self.arena.alloc(self.class(decorators)?)))
    }

    pub(super) fn class(&mut self, decorators: &'a [Expr<'a>]) -> Parsed<Class<'a>> {
        let is_abstract = self.eat("abstract")?;
        self.expect("class")?;
        let is_named = self.at_word() && !self.is("extends") && !self.is("implements");
        let name = if is_named { Some(self.advance()?) } else { None };
        let type_params = self.type_params()?;
        let extends = if self.eat("extends")? {
            let parent = self.call_or_member()?;
            Some((parent, self.type_args()?))
        } else {
            None
        };
        let mut implements = self.growing();
        if self.eat("implements")? {
            implements.push(self.ty()?);
            while self.eat(",")? {
                implements.push(self.ty()?);
            }
        }
        let implements = implements.into_bump_slice();
        self.expect("{")?;
        let members = self.list("}", &[";"], Self::class_member)?;
        Ok(Class { decorators, is_abstract, name, type_params, extends, implements, members })
    }

    fn class_member(&mut self) -> Parsed<ClassMember<'a>> {
        let decorators = self.decorators()?;
        let decorators_on_own_line = !decorators.is_empty() && self.token().on_new_line;
        Ok(ClassMember { decorators, decorators_on_own_line, kind: self.class_member_kind()? })
    }

    fn class_member_kind(&mut self) -> Parsed<ClassMemberKind<'a>> {
        if self.is("static") && self.is_ahead(1, "{") {
            self.advance()?;
            return Ok(ClassMemberKind::Static(self.block()?));
        }
        let modifiers = self.member_modifiers()?;
        if self.at_index_signature() {
            return Ok(ClassMemberKind::Index { modifiers, signature: self.index_signature()? });
        }
        let generator = self.eat("*")?;
        let key = self.key()?;
        let optional = self.is("?");
        let mark = if self.is("?") || self.is("!") { Some(self.advance()?) } else { None };
        if self.is("(") || self.is("<") {
            let signature = self.signature()?;
            let body = if self.is("{") { Some(self.block()?) } else { None };
            return Ok(ClassMemberKind::Method(Method { modifiers, generator, key, optional, signature, body }));
        }
        let ty = self.annotation()?;
        let value = if self.eat("=")? { Some(self.assignment()?) } else { None };
        Ok(ClassMemberKind::Property { modifiers, key, mark, ty, value })
    }

    /// Words before a key, as long as they are not the key themselves.
    pub(super) fn member_modifiers(&mut self) -> Parsed<&'a [&'a str]> {
        let mut modifiers = self.growing();
        while MODIFIERS.contains(&self.token().text) && self.at_word() {
            let next = self.ahead(1);
            let key_follows = match next.kind {
                TokenKind::Word | TokenKind::String | TokenKind::Number | TokenKind::PrivateName => true,
                _ => matches!(next.text, "[" | "*" | "{"),
            };
            if !key_follows || next.on_new_line {
                break;
            }
            modifiers.push(self.advance()?);
        }
        Ok(modifiers.into_bump_slice())
    }

    /// `[name: …]`
    pub(super) fn at_index_signature(&self) -> bool {
        self.is("[") && self.ahead(1).kind == TokenKind::Word && self.is_ahead(2, ":")
    }

    pub(super) fn index_signature(&mut self) -> Parsed<IndexSignature<'a>> {
        self.expect("[")?;
        let name = self.word()?;
        self.expect(":")?;
        let key = self.ty()?;
        self.expect("]")?;
        self.expect(":")?;
        Ok(IndexSignature { name, key, value: self.ty()? })
    }
}
