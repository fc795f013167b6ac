//! Types.

use super::{Growing, Parsed, Parser};
use crate::code::layout::typescript::ast::{
    Item, List, Mapped, Method, Signature, Trivia, TupleElement, Type, TypeKind, TypeMember, TypeParam,
};
use crate::code::layout::typescript::lexer::TokenKind;

fn plain(kind: TypeKind<'_>) -> Type<'_> {
    Type { parens: false, kind }
}

impl<'a> Parser<'a> {
    pub(super) fn type_params(&mut self) -> Parsed<Option<&'a List<'a, TypeParam<'a>>>> {
        if !self.eat("<")? {
            return Ok(None);
        }
        let params = self.list(">", &[","], |parser| {
            let mut modifiers = parser.growing();
            while matches!(parser.token().text, "const" | "in" | "out") && parser.ahead(1).kind == TokenKind::Word {
                modifiers.push(parser.advance()?);
            }
            let name = parser.word()?;
            let extends = if parser.eat("extends")? { Some(parser.ty()?) } else { None };
            let default = if parser.eat("=")? { Some(parser.ty()?) } else { None };
            Ok(TypeParam { modifiers: modifiers.into_bump_slice(), name, extends, default })
        })?;
        Ok(Some(self.arena.alloc(params)))
    }

    pub(super) fn type_args(&mut self) -> Parsed<Option<&'a List<'a, Type<'a>>>> {
        if !self.eat("<")? {
            return Ok(None);
        }
        Ok(Some(self.arena.alloc(self.list(">", &[","], Self::ty)?)))
    }

    /// The type of a function's result, which may also be a predicate.
    pub(super) fn return_type(&mut self) -> Parsed<Type<'a>> {
        let asserts = self.is("asserts") && self.ahead(1).kind == TokenKind::Word && !self.is_ahead(1, "is");
        if asserts || (self.at_word() && self.is_ahead(1, "is")) {
            if asserts {
                self.advance()?;
            }
            let name = self.word()?;
            let ty = if self.eat("is")? { Some(&*self.arena.alloc(self.ty()?)) } else { None };
            return Ok(plain(TypeKind::Predicate { asserts, name, ty }));
        }
        self.ty()
    }

    pub(super) fn ty(&mut self) -> Parsed<Type<'a>> {
        if self.at_function_type() {
            return self.function_type();
        }
        let check = self.union()?;
        if !self.is("extends") || self.token().on_new_line {
            return Ok(check);
        }
        self.advance()?;
        let extends = if self.at_function_type() { self.function_type()? } else { self.union()? };
        self.expect("?")?;
        let yes = self.arena.alloc(self.ty()?);
        self.expect(":")?;
        let no = self.arena.alloc(self.ty()?);
        Ok(plain(TypeKind::Conditional { check: self.arena.alloc(check), extends: self.arena.alloc(extends), yes, no }))
    }

    fn at_function_type(&self) -> bool {
        let start = match self.token().text {
            "new" => 1,
            "abstract" if self.is_ahead(1, "new") => 2,
            _ => 0,
        };
        if start > 0 {
            return true;
        }
        let params = if self.is("<") { self.behind_angles(self.at) } else { Some(self.at) };
        params.is_some_and(|index| {
            self.tokens.get(index).is_some_and(|token| token.text == "(")
                && self.tokens.get(self.behind_brackets(index)).is_some_and(|token| token.text == "=>")
        })
    }

    fn function_type(&mut self) -> Parsed<Type<'a>> {
        let mut words = self.growing();
        while self.is("abstract") || self.is("new") {
            words.push(self.advance()?);
        }
        let type_params = self.type_params()?;
        let params = self.params()?;
        self.expect("=>")?;
        let returns = Some(self.return_type()?);
        let signature = self.arena.alloc(Signature { type_params, params, returns });
        Ok(plain(TypeKind::Function { words: words.into_bump_slice(), signature }))
    }

    fn union(&mut self) -> Parsed<Type<'a>> {
        let mut items: Growing<'a, Item<'a, Type<'a>>> = self.growing();
        let mut trivia = if self.is("|") { self.lead() } else { Trivia::default() };
        self.eat("|")?;
        loop {
            let node = self.intersection()?;
            items.push(Item { trivia, node });
            if !self.is("|") {
                break;
            }
            if let Some(last) = items.last_mut() {
                last.trivia.trailing = self.trail();
            }
            trivia = self.lead();
            self.advance()?;
        }
        if items.len() == 1
            && items.iter().all(|item| !item.trivia.has_comments())
            && let Some(item) = items.pop()
        {
            return Ok(item.node);
        }
        Ok(plain(TypeKind::Union(items.into_bump_slice())))
    }

    fn intersection(&mut self) -> Parsed<Type<'a>> {
        self.eat("&")?;
        let first = self.operator_type()?;
        if !self.is("&") {
            return Ok(first);
        }
        let mut types = self.growing();
        types.push(first);
        while self.eat("&")? {
            types.push(self.operator_type()?);
        }
        Ok(plain(TypeKind::Intersection(types.into_bump_slice())))
    }

    fn operator_type(&mut self) -> Parsed<Type<'a>> {
        let next_is_type = !matches!(self.ahead(1).text, "," | ")" | ">" | ";" | "=" | "|" | "&" | "]" | "}" | "");
        match self.token().text {
            "keyof" | "unique" | "readonly" if self.at_word() && next_is_type => {
                let word = self.advance()?;
                Ok(plain(TypeKind::Operator { word, ty: self.arena.alloc(self.operator_type()?) }))
            }
            "infer" if self.at_word() && next_is_type => {
                self.advance()?;
                let name = self.word()?;
                let extends = if self.eat("extends")? { Some(&*self.arena.alloc(self.union()?)) } else { None };
                Ok(plain(TypeKind::Infer { name, extends }))
            }
            _ => self.postfix_type(),
        }
    }

    fn postfix_type(&mut self) -> Parsed<Type<'a>> {
        let mut ty = self.primary_type()?;
        while self.is("[") && !self.token().on_new_line {
            self.advance()?;
            ty = if self.eat("]")? {
                plain(TypeKind::Array(self.arena.alloc(ty)))
            } else {
                let index = self.arena.alloc(self.ty()?);
                self.expect("]")?;
                plain(TypeKind::Indexed { object: self.arena.alloc(ty), index })
            };
        }
        Ok(ty)
    }

    fn primary_type(&mut self) -> Parsed<Type<'a>> {
        let start = self.token().start;
        match self.token().kind {
            TokenKind::String | TokenKind::Number => Ok(plain(TypeKind::Literal(self.advance()?))),
            TokenKind::Template => Ok(plain(TypeKind::Template(self.advance()?))),
            TokenKind::Word => self.named_type(start),
            _ => match self.token().text {
                "-" => {
                    self.advance()?;
                    self.advance()?;
                    Ok(plain(TypeKind::Literal(self.text_since(start))))
                }
                "(" => {
                    self.advance()?;
                    let inner = self.ty()?;
                    self.expect(")")?;
                    Ok(Type { parens: true, ..inner })
                }
                "[" => {
                    self.advance()?;
                    let elements = self.list("]", &[","], Self::tuple_element)?;
                    Ok(plain(TypeKind::Tuple(self.arena.alloc(elements))))
                }
                "{" if self.at_mapped_type() => self.mapped_type(),
                "{" => {
                    self.advance()?;
                    let members = self.type_members()?;
                    Ok(plain(TypeKind::Object(self.arena.alloc(members))))
                }
                _ => self.expected("a type"),
            },
        }
    }

    fn named_type(&mut self, start: usize) -> Parsed<Type<'a>> {
        let is_typeof = self.is("typeof") && self.ahead(1).kind == TokenKind::Word;
        let name_start = if is_typeof { self.ahead(1).start } else { start };
        if is_typeof {
            self.advance()?;
        }
        let first = self.advance()?;
        if first == "import" {
            self.expect("(")?;
            self.string()?;
            self.expect(")")?;
        }
        while self.is(".") {
            self.advance()?;
            self.word()?;
        }
        let name = self.text_since(name_start);
        let args = if self.token().on_new_line { None } else { self.type_args()? };
        Ok(plain(if is_typeof { TypeKind::Typeof { name, args } } else { TypeKind::Name { name, args } }))
    }

    fn tuple_element(&mut self) -> Parsed<TupleElement<'a>> {
        let rest = self.eat("...")?;
        let named = self.at_word() && (self.is_ahead(1, ":") || (self.is_ahead(1, "?") && self.is_ahead(2, ":")));
        let name = if named { Some(self.advance()?) } else { None };
        let mut optional = named && self.eat("?")?;
        if named {
            self.expect(":")?;
        }
        let ty = self.ty()?;
        optional |= !named && self.eat("?")?;
        Ok(TupleElement { rest, name, optional, ty })
    }

    fn at_mapped_type(&self) -> bool {
        let mut index = 1;
        if self.is_ahead(index, "+") || self.is_ahead(index, "-") {
            index += 1;
        }
        if self.is_ahead(index, "readonly") {
            index += 1;
        }
        self.is_ahead(index, "[") && self.ahead(index + 1).kind == TokenKind::Word && self.is_ahead(index + 2, "in")
    }

    fn mapped_type(&mut self) -> Parsed<Type<'a>> {
        self.expect("{")?;
        let stays_open = self.token().on_new_line;
        let start = self.token().start;
        while !self.is("[") {
            self.advance()?;
        }
        let words = self.text_since(start);
        let readonly = (self.token().start > start).then_some(words);
        self.expect("[")?;
        let name = self.word()?;
        self.expect("in")?;
        let keys = self.ty()?;
        let renamed = if self.eat("as")? { Some(self.ty()?) } else { None };
        self.expect("]")?;
        let start = self.token().start;
        while self.is("+") || self.is("-") || self.is("?") {
            self.advance()?;
        }
        let optional = (self.token().start > start).then(|| self.text_since(start)).filter(|text| !text.is_empty());
        let value = self.annotation()?;
        self.eat(";")?;
        self.expect("}")?;
        let mapped = Mapped { stays_open, readonly, name, keys, renamed, optional, value };
        Ok(plain(TypeKind::Mapped(self.arena.alloc(mapped))))
    }

    /// The members of an interface or an object type, behind the opening brace.
    pub(super) fn type_members(&mut self) -> Parsed<List<'a, TypeMember<'a>>> {
        self.list("}", &[";", ","], Self::type_member)
    }

    fn type_member(&mut self) -> Parsed<TypeMember<'a>> {
        if self.is("(") || self.is("<") {
            return Ok(TypeMember::Call { is_new: false, signature: self.signature()? });
        }
        if self.is("new") && (self.is_ahead(1, "(") || self.is_ahead(1, "<")) {
            self.advance()?;
            return Ok(TypeMember::Call { is_new: true, signature: self.signature()? });
        }
        let modifiers = self.member_modifiers()?;
        let readonly = modifiers.contains(&"readonly");
        if self.at_index_signature() {
            return Ok(TypeMember::Index { readonly, signature: self.index_signature()? });
        }
        let key = self.key()?;
        let optional = self.eat("?")?;
        if self.is("(") || self.is("<") {
            let signature = self.signature()?;
            let method = Method { modifiers, generator: false, key, optional, signature, body: None };
            return Ok(TypeMember::Method(method));
        }
        Ok(TypeMember::Property { readonly, key, optional, ty: self.annotation()? })
    }
}
