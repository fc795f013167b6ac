//! Patterns, parameters and functions.

use super::{Parsed, Parser};
use crate::code::layout::typescript::ast::{
    Function, Key, List, Param, Pattern, PatternElement, PatternProperty, Signature, Type,
};

/// Words before a parameter of a constructor that make it a property.
const PARAM_MODIFIERS: &[&str] = &["public", "private", "protected", "readonly", "override"];

impl<'a> Parser<'a> {
    pub(super) fn pattern(&mut self) -> Parsed<Pattern<'a>> {
        if self.eat("{")? {
            return Ok(Pattern::Object(self.arena.alloc(self.list("}", &[","], Self::pattern_property)?)));
        }
        if self.eat("[")? {
            let elements = self
                .list("]", &[","], |parser| Ok(if parser.is(",") { None } else { Some(parser.pattern_element()?) }))?;
            return Ok(Pattern::Array(self.arena.alloc(elements)));
        }
        Ok(Pattern::Name(self.word()?))
    }

    fn pattern_element(&mut self) -> Parsed<PatternElement<'a>> {
        let rest = self.eat("...")?;
        let pattern = self.pattern()?;
        let default = if self.eat("=")? { Some(self.assignment()?) } else { None };
        Ok(PatternElement { rest, pattern, default })
    }

    fn pattern_property(&mut self) -> Parsed<PatternProperty<'a>> {
        if self.is("...") {
            return Ok(PatternProperty { key: None, value: self.pattern_element()? });
        }
        let key = self.key()?;
        if self.eat(":")? {
            return Ok(PatternProperty { key: Some(key), value: self.pattern_element()? });
        }
        let Key::Plain(name) = key else { return self.expected("\":\"") };
        let default = if self.eat("=")? { Some(self.assignment()?) } else { None };
        Ok(PatternProperty { key: None, value: PatternElement { rest: false, pattern: Pattern::Name(name), default } })
    }

    /// A type behind a colon, if there is one.
    pub(super) fn annotation(&mut self) -> Parsed<Option<Type<'a>>> {
        if self.eat(":")? { Ok(Some(self.ty()?)) } else { Ok(None) }
    }

    pub(super) fn params(&mut self) -> Parsed<List<'a, Param<'a>>> {
        self.expect("(")?;
        let outer = std::mem::replace(&mut self.in_conditional, false);
        let params = self.list(")", &[","], Self::param);
        self.in_conditional = outer;
        params
    }

    fn param(&mut self) -> Parsed<Param<'a>> {
        let decorators = self.decorators()?;
        let decorators_on_own_line = !decorators.is_empty() && self.token().on_new_line;
        let mut modifiers = self.growing();
        while PARAM_MODIFIERS.contains(&self.token().text)
            && (self.ahead(1).kind == super::TokenKind::Word || self.is_ahead(1, "{") || self.is_ahead(1, "["))
        {
            modifiers.push(self.advance()?);
        }
        let modifiers = modifiers.into_bump_slice();
        let rest = self.eat("...")?;
        let pattern = self.pattern()?;
        let optional = self.eat("?")?;
        let ty = self.annotation()?;
        let default = if self.eat("=")? { Some(self.assignment()?) } else { None };
        Ok(Param { decorators, decorators_on_own_line, modifiers, rest, pattern, optional, ty, default })
    }

    /// Type parameters, parameters and the type of the result.
    pub(super) fn signature(&mut self) -> Parsed<Signature<'a>> {
        let type_params = self.type_params()?;
        let params = self.params()?;
        let returns = if self.eat(":")? { Some(self.return_type()?) } else { None };
        Ok(Signature { type_params, params, returns })
    }

    /// A function that begins with `function` or `async function`.
    pub(super) fn function(&mut self) -> Parsed<Function<'a>> {
        let is_async = self.eat("async")?;
        self.expect("function")?;
        let generator = self.eat("*")?;
        let name = if self.at_word() { Some(self.advance()?) } else { None };
        let signature = self.signature()?;
        let body = if self.is("{") {
            Some(self.block()?)
        } else {
            self.eat(";")?;
            None
        };
        Ok(Function { is_async, generator, name, signature, body })
    }
}
