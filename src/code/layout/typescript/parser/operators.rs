//! Expressions made with operators.

use super::{Parsed, Parser};
use crate::code::layout::typescript::ast::{Expr, ExprKind};
use crate::code::layout::typescript::lexer::TokenKind;

pub(super) fn plain(kind: ExprKind<'_>) -> Expr<'_> {
    Expr { parens: false, kind }
}

const ASSIGNMENTS: &[&str] =
    &["=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="];

/// How tightly a binary operator binds; 0 for what is none.
pub(in crate::code::layout::typescript) fn precedence(operator: &str) -> u8 {
    match operator {
        "??" => 1,
        "||" => 2,
        "&&" => 3,
        "|" => 4,
        "^" => 5,
        "&" => 6,
        "==" | "!=" | "===" | "!==" => 7,
        "<" | ">" | "<=" | ">=" | "instanceof" | "in" | "as" | "satisfies" => 8,
        "<<" | ">>" | ">>>" => 9,
        "+" | "-" => 10,
        "*" | "/" | "%" => 11,
        "**" => 12,
        _ => 0,
    }
}

impl<'a> Parser<'a> {
    /// A whole expression. The comma operator is not among them.
    pub(super) fn expression(&mut self) -> Parsed<Expr<'a>> {
        self.assignment()
    }

    pub(super) fn assignment(&mut self) -> Parsed<Expr<'a>> {
        if self.is("yield") {
            return self.yield_expression();
        }
        if let Some(arrow) = self.arrow_function()? {
            return Ok(arrow);
        }
        let left = self.conditional()?;
        let (operator, tokens) = self.operator();
        if !ASSIGNMENTS.contains(&operator) {
            return Ok(left);
        }
        for _ in 0..tokens {
            self.advance()?;
        }
        let right = self.arena.alloc(self.assignment()?);
        Ok(plain(ExprKind::Assign { left: self.arena.alloc(left), operator, right }))
    }

    fn yield_expression(&mut self) -> Parsed<Expr<'a>> {
        self.expect("yield")?;
        let delegate = self.eat("*")?;
        let ends = matches!(self.token().text, ")" | "]" | "}" | "," | ";" | ":" | "") || self.token().on_new_line;
        let value = if ends { None } else { Some(&*self.arena.alloc(self.assignment()?)) };
        Ok(plain(ExprKind::Yield { delegate, value }))
    }

    fn conditional(&mut self) -> Parsed<Expr<'a>> {
        let test = self.binary(0)?;
        if !self.is("?") {
            return Ok(test);
        }
        self.advance()?;
        let outer = std::mem::replace(&mut self.in_conditional, true);
        let yes = self.assignment();
        self.in_conditional = outer;
        let yes = self.arena.alloc(yes?);
        self.expect(":")?;
        let no = self.arena.alloc(self.assignment()?);
        Ok(plain(ExprKind::Conditional { test: self.arena.alloc(test), yes, no }))
    }

    /// The operator that begins at the current token, and how many tokens it takes: `>` comes alone from the lexer.
    fn operator(&self) -> (&'a str, usize) {
        let first = self.token();
        if !matches!(first.kind, TokenKind::Punctuation | TokenKind::Word) {
            return ("", 0);
        }
        if first.text != ">" {
            return (first.text, 1);
        }
        let mut count = 1;
        let mut end = first.start + 1;
        while count < 4 {
            let next = self.ahead(count);
            if next.start != end || !matches!(next.text, ">" | "=") {
                break;
            }
            end += 1;
            count += 1;
            if next.text == "=" {
                break;
            }
        }
        (self.source.get(first.start..end).unwrap_or(first.text), count)
    }

    fn binary(&mut self, weakest: u8) -> Parsed<Expr<'a>> {
        let mut left = self.unary()?;
        loop {
            let (operator, tokens) = self.operator();
            let strength = precedence(operator);
            if strength <= weakest || (operator == "in" && self.no_in) {
                return Ok(left);
            }
            if matches!(operator, "as" | "satisfies") && self.token().on_new_line {
                return Ok(left);
            }
            for _ in 0..tokens {
                self.advance()?;
            }
            left = if matches!(operator, "as" | "satisfies") {
                let ty = self.arena.alloc(self.ty()?);
                plain(ExprKind::As { value: self.arena.alloc(left), word: operator, ty })
            } else {
                // Powers associate to the right.
                let right = self.binary(if operator == "**" { strength - 1 } else { strength })?;
                plain(ExprKind::Binary { left: self.arena.alloc(left), operator, right: self.arena.alloc(right) })
            };
        }
    }

    fn unary(&mut self) -> Parsed<Expr<'a>> {
        match self.token().text {
            "++" | "--" => {
                let operator = self.advance()?;
                let operand = self.arena.alloc(self.unary()?);
                Ok(plain(ExprKind::Update { operator, prefix: true, operand }))
            }
            "!" | "~" | "+" | "-" if self.token().kind == TokenKind::Punctuation => self.unary_operator(),
            "typeof" | "void" | "delete" if self.at_word() => self.unary_operator(),
            "await" if self.at_word() => {
                self.advance()?;
                Ok(plain(ExprKind::Await(self.arena.alloc(self.unary()?))))
            }
            _ => {
                let operand = self.call_or_member()?;
                if (self.is("++") || self.is("--")) && !self.token().on_new_line {
                    let operator = self.advance()?;
                    return Ok(plain(ExprKind::Update { operator, prefix: false, operand: self.arena.alloc(operand) }));
                }
                Ok(operand)
            }
        }
    }

    fn unary_operator(&mut self) -> Parsed<Expr<'a>> {
        let operator = self.advance()?;
        Ok(plain(ExprKind::Unary { operator, operand: self.arena.alloc(self.unary()?) }))
    }
}
