//! Primary expressions, calls and functions.

use super::operators::plain;
use super::{Parsed, Parser};
use crate::code::layout::typescript::ast::{
    Arrow, ArrowBody, Call, Expr, ExprKind, Key, List, Literal, Method, New, Object, Param, Pattern, Property,
    Signature, Template, Trivia, Type,
};
use crate::code::layout::typescript::lexer::TokenKind;

impl<'a> Parser<'a> {
    /// An arrow function, if one begins here.
    pub(super) fn arrow_function(&mut self) -> Parsed<Option<Expr<'a>>> {
        let is_async = self.is("async")
            && !self.ahead(1).on_new_line
            && (self.ahead(1).kind == TokenKind::Word || self.is_ahead(1, "(") || self.is_ahead(1, "<"));
        let begin = self.at + usize::from(is_async);
        if !self.arrow_begins_at(begin) {
            return Ok(None);
        }
        if is_async {
            self.advance()?;
        }
        let signature = if self.at_word() { self.bare_param()? } else { self.signature()? };
        self.expect("=>")?;
        let body = if self.is("{") {
            let outer = std::mem::replace(&mut self.in_conditional, false);
            let block = self.block();
            self.in_conditional = outer;
            ArrowBody::Block(block?)
        } else {
            ArrowBody::Expr(self.assignment()?)
        };
        Ok(Some(plain(ExprKind::Arrow(self.arena.alloc(Arrow { is_async, signature, body })))))
    }

    fn arrow_begins_at(&self, begin: usize) -> bool {
        let text_at = |index: usize| self.tokens.get(index).map_or("", |token| token.text);
        let Some(first) = self.tokens.get(begin) else { return false };
        if first.kind == TokenKind::Word {
            return text_at(begin + 1) == "=>";
        }
        let params = match first.text {
            "(" => begin,
            "<" => match self.behind_angles(begin) {
                Some(behind) if text_at(behind) == "(" => behind,
                _ => return false,
            },
            _ => return false,
        };
        let behind = self.behind_brackets(params);
        match text_at(behind) {
            "=>" => true,
            ":" if !self.in_conditional => self.arrow_follows_type(behind + 1),
            _ => false,
        }
    }

    /// Whether what looks like the type of a result is followed by an arrow.
    fn arrow_follows_type(&self, start: usize) -> bool {
        let mut index = start;
        while let Some(token) = self.tokens.get(index) {
            match token.text {
                "=>" => return true,
                "(" | "[" | "{" => index = self.behind_brackets(index),
                ")" | "]" | "}" | "," | ";" | "=" | "?" | "" => return false,
                "<" => match self.behind_angles(index) {
                    Some(behind) => index = behind,
                    None => return false,
                },
                _ => index += 1,
            }
        }
        false
    }

    fn bare_param(&mut self) -> Parsed<Signature<'a>> {
        let trivia = self.lead();
        let param = Param {
            decorators: &[],
            decorators_on_own_line: false,
            modifiers: &[],
            rest: false,
            pattern: Pattern::Name(self.word()?),
            optional: false,
            ty: None,
            default: None,
        };
        let items = std::slice::from_ref(self.arena.alloc(super::Item { trivia, node: param }));
        Ok(Signature { type_params: None, params: List { items, end: Trivia::default() }, returns: None })
    }

    /// An expression with its calls, members and indexes.
    pub(super) fn call_or_member(&mut self) -> Parsed<Expr<'a>> {
        let start = self.token().start;
        let mut value = if self.is("new") && !self.is_ahead(1, ".") { self.new_expression()? } else { self.primary()? };
        loop {
            if self.is("!") && !self.token().on_new_line {
                self.advance()?;
                value = plain(ExprKind::NonNull(self.arena.alloc(value)));
                continue;
            }
            if self.token().kind == TokenKind::Template {
                value = self.template(Some(self.arena.alloc(value)), None)?;
                continue;
            }
            let after_blank = self.token().after_blank;
            match self.token().text {
                "." => {
                    self.advance()?;
                    value = self.member(value, false, after_blank)?;
                }
                "?." => {
                    self.advance()?;
                    value = match self.token().text {
                        "(" | "<" => self.call(value, true)?,
                        "[" => self.index(value, true)?,
                        _ => self.member(value, true, after_blank)?,
                    };
                }
                "[" => value = self.index(value, false)?,
                "(" => value = self.call(value, false)?,
                "<" => {
                    let behind = self.behind_angles(self.at).and_then(|index| self.tokens.get(index));
                    match behind.map(|token| (token.kind, token.text)) {
                        Some((TokenKind::Template, _)) => {
                            let type_args = self.type_args()?;
                            value = self.template(Some(self.arena.alloc(value)), type_args)?;
                        }
                        Some((_, "(")) => value = self.call(value, false)?,
                        Some((_, ")" | "," | ";" | "]" | ".")) => {
                            // A generic function or class with its types but without a call.
                            self.type_args()?;
                            value = plain(ExprKind::Name(self.text_since(start)));
                        }
                        _ => return Ok(value),
                    }
                }
                _ => return Ok(value),
            }
        }
    }

    fn member(&mut self, object: Expr<'a>, optional: bool, after_blank: bool) -> Parsed<Expr<'a>> {
        // The mark before the dot has moved on to the name by now.
        let origin = self.tokens.get_mut(self.at).and_then(|token| token.origin.take());
        let name = match self.token().kind {
            TokenKind::Word | TokenKind::PrivateName => self.advance()?,
            _ => return self.expected("a name"),
        };
        Ok(plain(ExprKind::Member { object: self.arena.alloc(object), optional, name, after_blank, origin }))
    }

    fn index(&mut self, object: Expr<'a>, optional: bool) -> Parsed<Expr<'a>> {
        self.expect("[")?;
        let index = self.arena.alloc(self.expression()?);
        self.expect("]")?;
        Ok(plain(ExprKind::Index { object: self.arena.alloc(object), optional, index }))
    }

    fn call(&mut self, callee: Expr<'a>, optional: bool) -> Parsed<Expr<'a>> {
        let type_args = self.type_args()?;
        let args = self.args()?;
        Ok(plain(ExprKind::Call(self.arena.alloc(Call { callee, optional, type_args, args }))))
    }

    fn args(&mut self) -> Parsed<List<'a, Expr<'a>>> {
        self.expect("(")?;
        let outer = std::mem::replace(&mut self.in_conditional, false);
        let args = self.list(")", &[","], Self::element);
        self.in_conditional = outer;
        args
    }

    fn element(&mut self) -> Parsed<Expr<'a>> {
        if self.eat("...")? {
            return Ok(plain(ExprKind::Spread(self.arena.alloc(self.assignment()?))));
        }
        self.assignment()
    }

    fn new_expression(&mut self) -> Parsed<Expr<'a>> {
        self.expect("new")?;
        let mut callee = self.primary()?;
        loop {
            callee = match self.token().text {
                "." => {
                    self.advance()?;
                    self.member(callee, false, false)?
                }
                "[" => self.index(callee, false)?,
                "!" => {
                    self.advance()?;
                    plain(ExprKind::NonNull(self.arena.alloc(callee)))
                }
                _ => break,
            };
        }
        let type_args: Option<&'a List<'a, Type<'a>>> = self.type_args()?;
        let args = if self.is("(") { self.args()? } else { List { items: &[], end: Trivia::default() } };
        Ok(plain(ExprKind::New(self.arena.alloc(New { callee, type_args, args }))))
    }

    fn primary(&mut self) -> Parsed<Expr<'a>> {
        match self.token().kind {
            TokenKind::Number => self.literal(Literal::Number),
            TokenKind::String => self.literal(Literal::String),
            TokenKind::Regex => self.literal(Literal::Regex),
            TokenKind::Template => self.template(None, None),
            TokenKind::PrivateName => Ok(plain(ExprKind::Name(self.advance()?))),
            TokenKind::Word => self.word_expression(),
            _ => match self.token().text {
                "(" => self.parenthesized(),
                "[" => self.array(),
                "{" => {
                    self.advance()?;
                    let members = self.list("}", &[","], Self::property)?;
                    Ok(plain(ExprKind::Object(self.arena.alloc(Object { members }))))
                }
                _ => self.expected("an expression"),
            },
        }
    }

    fn literal(&mut self, literal: Literal) -> Parsed<Expr<'a>> {
        Ok(plain(ExprKind::Literal(literal, self.advance()?)))
    }

    fn word_expression(&mut self) -> Parsed<Expr<'a>> {
        match self.token().text {
            "true" | "false" => self.literal(Literal::Boolean),
            "null" => self.literal(Literal::Null),
            "function" => Ok(plain(ExprKind::Function(self.arena.alloc(self.function()?)))),
            "async" if self.is_ahead(1, "function") => {
                Ok(plain(ExprKind::Function(self.arena.alloc(self.function()?))))
            }
            "class" => Ok(plain(ExprKind::Class(self.arena.alloc(self.class(&[])?)))),
            "import" | "new" if self.is_ahead(1, ".") => {
                let start = self.token().start;
                self.advance()?;
                self.expect(".")?;
                self.word()?;
                Ok(plain(ExprKind::Name(self.text_since(start))))
            }
            _ => Ok(plain(ExprKind::Name(self.advance()?))),
        }
    }

    fn parenthesized(&mut self) -> Parsed<Expr<'a>> {
        self.expect("(")?;
        let outer_conditional = std::mem::replace(&mut self.in_conditional, false);
        let outer_in = std::mem::replace(&mut self.no_in, false);
        let inner = self.expression();
        self.in_conditional = outer_conditional;
        self.no_in = outer_in;
        let inner = inner?;
        self.expect(")")?;
        Ok(Expr { parens: true, ..inner })
    }

    fn array(&mut self) -> Parsed<Expr<'a>> {
        self.expect("[")?;
        let outer = std::mem::replace(&mut self.in_conditional, false);
        let elements = self.list("]", &[","], |parser| Ok(if parser.is(",") { None } else { Some(parser.element()?) }));
        self.in_conditional = outer;
        Ok(plain(ExprKind::Array(self.arena.alloc(elements?))))
    }

    fn property(&mut self) -> Parsed<Property<'a>> {
        if self.eat("...")? {
            return Ok(Property::Spread(self.assignment()?));
        }
        let modifiers = self.member_modifiers()?;
        let generator = self.eat("*")?;
        let is_word = self.at_word();
        let key = self.key()?;
        if self.is("(") || self.is("<") {
            let signature = self.signature()?;
            let body = Some(self.block()?);
            return Ok(Property::Method(self.arena.alloc(Method {
                modifiers,
                generator,
                key,
                optional: false,
                signature,
                body,
            })));
        }
        if self.eat(":")? {
            let outer = std::mem::replace(&mut self.in_conditional, false);
            let value = self.assignment();
            self.in_conditional = outer;
            return Ok(Property::KeyValue { key, value: value? });
        }
        match key {
            Key::Plain(name) if is_word => {
                let default = if self.eat("=")? { Some(self.assignment()?) } else { None };
                Ok(Property::Shorthand { name, default })
            }
            _ => self.expected("\":\""),
        }
    }

    fn template(&mut self, tag: Option<&'a Expr<'a>>, type_args: Option<&'a List<'a, Type<'a>>>) -> Parsed<Expr<'a>> {
        let on_new_line = self.token().on_new_line;
        let text = self.advance()?;
        let interpolations = self.interpolations(text)?;
        Ok(plain(ExprKind::Template(self.arena.alloc(Template { tag, type_args, text, interpolations, on_new_line }))))
    }

    /// The expressions within a template literal.
    fn interpolations(&self, template: &'a str) -> Parsed<&'a [Expr<'a>]> {
        let mut expressions = self.growing();
        let mut rest = template;
        while let Some(start) = rest.find("${") {
            let escaped =
                rest.get(..start).unwrap_or_default().bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
            rest = rest.get(start + 2..).unwrap_or_default();
            if escaped {
                continue;
            }
            let mut parser = Parser::over_interpolation(rest, self.arena)?;
            expressions.push(parser.expression()?);
            rest = rest.get(parser.token().start..).unwrap_or_default();
        }
        Ok(expressions.into_bump_slice())
    }
}
