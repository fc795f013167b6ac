//! From the text of a pattern to its parts.

use super::{Misformed, Node, Set};

/// The most that a count in braces may say.
const COUNT_MAX: u32 = 1000;
/// The deepest nesting of groups.
const LEVELS_MAX: usize = 32;

type Parsed<T> = Result<T, Misformed>;

pub(super) fn parse(source: &str, ignore_case: bool) -> Parsed<Node> {
    let mut parser = Parser { source, at: 0, levels: 0, ignore_case };
    let root = parser.choice()?;
    match parser.peek() {
        None => Ok(root),
        Some(_) => Err(parser.here("This parenthesis closes nothing.", "Take it out, or write `\\)`.")),
    }
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    levels: usize,
    ignore_case: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, c: char) -> bool {
        let is_there = self.peek() == Some(c);
        if is_there {
            self.at += c.len_utf8();
        }
        is_there
    }

    fn wrong(&self, from: usize, message: impl Into<String>, help: impl Into<String>) -> Misformed {
        Misformed { from, to: self.at.max(from), message: message.into(), help: help.into(), instead: None }
    }

    /// The problem of the character that comes next.
    fn here(&mut self, message: &str, help: &str) -> Misformed {
        let from = self.at;
        self.advance();
        self.wrong(from, message, help)
    }

    fn choice(&mut self) -> Parsed<Node> {
        let mut parts = vec![self.sequence()?];
        let mut takes_nothing = parts[0].is_nullable();
        while self.eat('|') {
            let from = self.at;
            let part = self.sequence()?;
            // Nothing is matched in one way only, or engines try each of them.
            if part.is_nullable() && takes_nothing {
                let rest = part.but_nothing().ok_or_else(|| {
                    let message = "This matches nothing at all, as an alternative before it does.";
                    self.wrong(from, message, "Let one alternative at most be empty.")
                })?;
                parts.extend(rest);
                continue;
            }
            takes_nothing |= part.is_nullable();
            parts.push(part);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Choice(parts) })
    }

    fn sequence(&mut self) -> Parsed<Node> {
        let mut parts = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let from = self.at;
            let atom = self.atom()?;
            parts.push(self.repeated(from, atom)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Sequence(parts) })
    }

    fn atom(&mut self) -> Parsed<Node> {
        let from = self.at;
        let Some(c) = self.advance() else { return Ok(Node::Sequence(Vec::new())) };
        match c {
            '(' => self.group(from),
            '[' => self.class(from),
            '.' => Ok(Node::One(Set::any())),
            '\\' => self.escape(from).map(|set| self.one(&set)),
            '^' | '$' => {
                let problem = self.wrong(from, format!("`{c}` is not needed."), "A pattern matches the whole value.");
                Err(Misformed { instead: Some(String::new()), ..problem })
            }
            '*' | '+' | '?' | '{' => Err(self.wrong(
                from,
                format!("There is nothing before `{c}` that it could repeat."),
                format!("Take it out, or write `\\{c}` for the character itself."),
            )),
            ']' | '}' => Err(self.wrong(
                from,
                format!("`{c}` closes nothing."),
                format!("Write `\\{c}` for the character itself."),
            )),
            c => Ok(self.one(&Set::of(c))),
        }
    }

    fn one(&self, set: &Set) -> Node {
        Node::One(if self.ignore_case { set.either_case() } else { set.clone() })
    }

    fn group(&mut self, from: usize) -> Parsed<Node> {
        if self.eat('?') {
            // A group without a number is a group like any other here: nothing refers to groups.
            if !self.eat(':') {
                self.advance();
                return Err(self.wrong(
                    from,
                    "A group that begins with `(?` looks around or has a name.",
                    "Patterns have plain groups only: `(ab|cd)`.",
                ));
            }
        }
        self.levels += 1;
        if self.levels > LEVELS_MAX {
            return Err(self.wrong(from, "Groups are nested too deeply.", "Write the pattern with fewer groups."));
        }
        let inner = self.choice()?;
        self.levels -= 1;
        if !self.eat(')') {
            self.at = from + 1;
            return Err(self.wrong(from, "This group is never closed.", "Write `)` at its end, or `\\(`."));
        }
        Ok(inner)
    }

    fn repeated(&mut self, from: usize, atom: Node) -> Parsed<Node> {
        let sign = self.at;
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.count()?,
            _ => return Ok(atom),
        };
        if self.source[sign..].starts_with(['*', '+', '?']) {
            self.at = sign + 1;
        }
        if let Some(second @ ('*' | '+' | '?' | '{')) = self.peek() {
            let at = self.at;
            self.advance();
            return Err(match second {
                '?' => Misformed {
                    instead: Some(String::new()),
                    ..self.wrong(at, "How greedy a repetition is makes no difference.", "Take the `?` out.")
                },
                _ => self.wrong(at, "This repeats what is repeated already.", "Keep one of the two signs."),
            });
        }
        if max.is_none() && atom.is_unbounded() && !atom.is_delimited() {
            return Err(self.wrong(
                from,
                "This repeats without an end something that does so itself.",
                "Let what repeats begin or end with a character that the rest of it cannot have, as in `(-[a-z]+)*`, \
                 or bound the inner repetition: `{1,50}`.",
            ));
        }
        // Rounds of nothing add nothing but more ways to match the same, which engines may try one by one.
        let min = if atom.is_nullable() { 0 } else { min };
        Ok(Node::Repeat { of: Box::new(atom), min, max })
    }

    /// `{3}`, `{1,3}`, `{1,}`
    fn count(&mut self) -> Parsed<(u32, Option<u32>)> {
        let from = self.at;
        let rest = &self.source[from + 1..];
        let text = rest.split('}').next().filter(|text| text.len() < rest.len()).unwrap_or_default().to_owned();
        self.at = from + 1 + text.len() + usize::from(!text.is_empty());
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().ok()).flatten()
        };
        let counts = match text.split_once(',') {
            None => number(&text).map(|count| (count, Some(count))),
            Some((min, "")) => number(min).map(|min| (min, None)),
            Some((min, max)) => number(min).zip(number(max)).map(|(min, max)| (min, Some(max))),
        };
        let Some((min, max)) = counts else {
            return Err(self.wrong(
                from,
                "These braces say no number of times.",
                "Write `{3}`, `{1,3}` or `{1,}`; `\\{` is the character itself.",
            ));
        };
        if max.is_some_and(|max| max < min || max == 0) {
            return Err(self.wrong(from, "No number of times lies in these braces.", "The lower number comes first."));
        }
        if min > COUNT_MAX || max.is_some_and(|max| max > COUNT_MAX) {
            let help = format!("A pattern looks at no more than {COUNT_MAX} characters.");
            return Err(self.wrong(from, "This number is too large.", help));
        }
        Ok((min, max))
    }

    /// What follows a backslash, outside and inside a class.
    fn escape(&mut self, from: usize) -> Parsed<Set> {
        let Some(c) = self.advance() else {
            return Err(self.wrong(from, "Nothing follows this backslash.", "Write `\\\\` for the character itself."));
        };
        Ok(match c {
            'd' => Set::digits(),
            'D' => Set::digits().complement(),
            'w' => Set::word(),
            'W' => Set::word().complement(),
            's' => Set::space(),
            'S' => Set::space().complement(),
            't' => Set::of('\t'),
            'n' => Set::of('\n'),
            'r' => Set::of('\r'),
            c if c.is_ascii_punctuation() => Set::of(c),
            c => {
                let help = match c {
                    '1'..='9' | 'k' => "Patterns do not refer back; write the part out again.",
                    'b' | 'B' | 'A' | 'z' | 'Z' => "A pattern matches the whole value and looks at no boundaries.",
                    'p' | 'P' => "Name the characters in a class instead: `[A-Za-z]`.",
                    'x' | 'u' | '0' => "Write the character itself.",
                    _ => "Escapes are `\\d \\w \\s \\D \\W \\S \\t \\n \\r` and a backslash before punctuation.",
                };
                return Err(self.wrong(from, format!("`\\{c}` is no escape of the language."), help));
            }
        })
    }

    /// `[^a-z\d-]`
    fn class(&mut self, from: usize) -> Parsed<Node> {
        let is_negated = self.eat('^');
        let mut set = Set::new([]);
        let mut is_first = true;
        loop {
            let at = self.at;
            match self.peek() {
                Some(']') if !is_first => {
                    self.advance();
                    break;
                }
                Some(']') => {
                    self.advance();
                    return Err(self.wrong(from, "This class has no characters.", "Write some: `[a-z]`."));
                }
                None => {
                    self.at = from + 1;
                    return Err(self.wrong(from, "This class is never closed.", "Write `]` at its end, or `\\[`."));
                }
                Some(_) => {}
            }
            is_first = false;
            let first = self.class_item()?;
            let is_range = self.peek() == Some('-') && !self.source[self.at + 1..].starts_with(']');
            if !is_range {
                set = set.union(&first);
                continue;
            }
            self.advance();
            if self.peek().is_none() {
                continue;
            }
            let last = self.class_item()?;
            let ends = first.single().zip(last.single()).filter(|(first, last)| first <= last);
            let Some((first, last)) = ends else {
                let help = "Write the lower end first, as in `a-z`, or put the `-` last: `[a-z-]`.";
                return Err(self.wrong(at, "This is no range of characters.", help));
            };
            set = set.union(&Set::new([(first, last)]));
        }
        let set = if self.ignore_case { set.either_case() } else { set };
        let set = if is_negated { set.complement() } else { set };
        if set.is_empty() {
            return Err(self.wrong(from, "No character is in this class.", "Leave some characters in it."));
        }
        Ok(Node::One(set))
    }

    fn class_item(&mut self) -> Parsed<Set> {
        let from = self.at;
        match self.advance() {
            Some('\\') => self.escape(from),
            Some('[') => {
                Err(self.wrong(from, "A class holds no other class.", "Write `\\[` for the character itself."))
            }
            Some(c) => Ok(Set::of(c)),
            None => Ok(Set::new([])),
        }
    }
}
