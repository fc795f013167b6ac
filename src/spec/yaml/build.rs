//! From the parser's events to the tree.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks};

use super::{
    super::{
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        limits::Limits,
        span::{Span, Spanned},
    },
    Entry, Form, Insertion, List, Map, Node, Scalar, characters, flow,
    source::{HOLE, Source},
};

/// Where and why the parser stopped.
pub(super) struct SyntaxError {
    /// The character.
    pub(super) index: usize,
    /// The parser's own words.
    pub(super) info: String,
}

type Read<T> = Result<T, SyntaxError>;

/// The document's tree; `None` for a document with nothing in it.
pub(super) fn tree(source: &Source<'_>, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Read<Option<Node>> {
    let text: String = source.chars.iter().collect();
    let mut reading = Reading { events: Parser::new_from_str(&text), source, limits, problems, too_deep: false };
    let mut root = None;
    loop {
        let (event, marks) = reading.next()?;
        match event {
            Event::StreamEnd => return Ok(root),
            Event::DocumentStart(_) if root.is_some() => {
                reading.several_documents(marks);
                return Ok(root);
            }
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
            event => root = reading.root(event, marks)?,
        }
    }
}

/// The parser and what its events are read with.
struct Reading<'r, 't> {
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
    source: &'r Source<'r>,
    limits: &'r Limits,
    problems: &'r mut Vec<Diagnostic>,
    too_deep: bool,
}

impl<'t> Reading<'_, 't> {
    fn next(&mut self) -> Read<(Event<'t>, Marks)> {
        match self.events.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(SyntaxError { index: error.marker().index(), info: error.info().to_owned() }),
            None => Ok((Event::StreamEnd, Marks::default())),
        }
    }

    fn root(&mut self, event: Event<'t>, marks: Marks) -> Read<Option<Node>> {
        let is_nothing = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty());
        if is_nothing { Ok(None) } else { self.node(event, marks, 1, false).map(Some) }
    }

    fn several_documents(&mut self, marks: Marks) {
        let span = self.span(marks);
        self.problems.push(
            Diagnostic::error(Code::SeveralDocuments, span, "A spec is one YAML document; a second one begins here.")
                .help("Take out the `---` line and what follows it."),
        );
    }

    fn span(&self, marks: Marks) -> Span {
        self.source.span(marks.start.index(), marks.end.index())
    }

    fn node(&mut self, event: Event<'t>, marks: Marks, level: usize, in_flow: bool) -> Read<Node> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(marks, anchor, tag.is_some());
                Ok(self.scalar(&text, style, marks, in_flow))
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_properties(marks, anchor, tag.is_some());
                if level > self.limits.levels { self.skip(marks) } else { self.map(marks, level) }
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_properties(marks, anchor, tag.is_some());
                if level > self.limits.levels { self.skip(marks) } else { self.list(marks, level, in_flow) }
            }
            _ => {
                let span = self.span(marks);
                self.problems.push(
                    Diagnostic::error(Code::Anchor, span, "YAML aliases are not part of the language.")
                        .help("Write out what it stands for."),
                );
                Ok(Node::Hole(span))
            }
        }
    }

    fn refuse_properties(&mut self, marks: Marks, anchor: usize, tagged: bool) {
        let start = marks.start.index();
        let sign = self.source.chars.get(start).copied();
        let word_end = self.source.chars[start..].iter().position(|c| c.is_whitespace());
        let end = start + word_end.unwrap_or(self.source.chars.len() - start);
        let has_sign = matches!(sign, Some('&' | '!'));
        let span = if has_sign { self.source.span(start, end) } else { self.span(marks) };
        let removal = has_sign.then(|| {
            let blanks = self.source.chars[end..].iter().take_while(|&&c| c == ' ').count();
            TextEdit::replace(self.source.span(start, end + blanks), "")
        });
        let refused = [
            (anchor != 0, Code::Anchor, "YAML anchors are not part of the language."),
            (tagged, Code::Tag, "YAML tags are not part of the language."),
        ];
        for (found, code, message) in refused {
            if found {
                let mut problem = Diagnostic::error(code, span, message).help("Take it out.");
                problem.edits.extend(removal.clone());
                self.problems.push(problem);
            }
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, marks: Marks, in_flow: bool) -> Node {
        let (start, end) = (marks.start.index(), marks.end.index());
        let span = self.trimmed(self.source.span(start, end));
        if text.starts_with(HOLE) {
            return Node::Hole(span);
        }
        let inner = if style == ScalarStyle::Plain { start } else { start + 1 };
        let offset = self.source.origin(inner);
        let is_straight = self.source.text[offset..].starts_with(text);
        let is_folded = self.source.written(span).contains('\n');
        let form = match style {
            _ if is_folded => Form::Folded,
            ScalarStyle::Plain => Form::Plain,
            _ => Form::Marked,
        };
        if let Some(problem) = characters::escaped(text, span).filter(|_| !is_straight) {
            self.problems.push(problem);
            return Node::Hole(span);
        }
        let comment = if form == Form::Plain { self.comment(span) } else { None };
        Node::Scalar(Scalar {
            text: text.to_owned(),
            span,
            offset: is_straight.then_some(offset),
            form,
            comment,
            in_flow,
        })
    }

    fn comment(&self, scalar: Span) -> Option<Spanned<String>> {
        let rest = self.source.text.get(scalar.end..)?.lines().next()?;
        let comment = rest.trim_start();
        let start = scalar.end + rest.len() - comment.len();
        let text = comment.trim_end();
        let is_comment = comment.starts_with('#') && start > scalar.end;
        is_comment.then(|| Spanned::new(text.to_owned(), Span::new(start, start + text.len())))
    }

    /// A block of text is said to end where the next token begins.
    fn trimmed(&self, span: Span) -> Span {
        Span::new(span.start, span.start + self.source.written(span).trim_end().len())
    }

    /// Passes over a map or list that is nested too deep.
    fn skip(&mut self, marks: Marks) -> Read<Node> {
        let span = self.span(marks);
        if !self.too_deep {
            self.too_deep = true;
            let message = format!("Maps and lists are nested deeper than {} levels.", self.limits.levels);
            self.problems
                .push(Diagnostic::error(Code::TooDeep, span, message).help("No word of the language goes that deep."));
        }
        let mut open = 1;
        while open > 0 {
            match self.next()?.0 {
                Event::MappingStart(..) | Event::SequenceStart(..) => open += 1,
                Event::MappingEnd | Event::SequenceEnd => open -= 1,
                _ => {}
            }
        }
        Ok(Node::Hole(span))
    }

    fn opens_with(&self, marks: Marks, bracket: char) -> bool {
        self.source.chars.get(marks.start.index()) == Some(&bracket)
    }

    fn list(&mut self, marks: Marks, level: usize, in_flow: bool) -> Read<Node> {
        let is_flow = self.opens_with(marks, '[');
        let mut span = self.span(marks);
        let mut items = Vec::new();
        loop {
            let (event, item_marks) = self.next()?;
            if event == Event::SequenceEnd {
                let end = if is_flow { self.trimmed(self.span(item_marks)) } else { span };
                return Ok(Node::List(List { items, span: span.to(end), in_flow }));
            }
            let item = self.node(event, item_marks, level + 1, is_flow)?;
            let item = self.refuse_empty(item, None);
            span = span.to(item.span());
            items.push(item);
        }
    }

    fn map(&mut self, marks: Marks, level: usize) -> Read<Node> {
        let is_flow = self.opens_with(marks, '{');
        let mut span = self.span(marks);
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys: BTreeMap<String, Span> = BTreeMap::new();
        let mut split: Vec<usize> = Vec::new();
        loop {
            let (event, key_marks) = self.next()?;
            if event == Event::MappingEnd {
                let end = if is_flow { self.trimmed(self.span(key_marks)) } else { span };
                let whole = span.to(end);
                flow::report_split(&entries, &split, self.problems);
                let insertion = self.insertion(is_flow, span, &entries);
                return Ok(Node::Map(Map { entries, span: whole, insertion }));
            }
            let key = self.node(event, key_marks, level + 1, is_flow)?;
            let (event, value_marks) = self.next()?;
            let value = self.node(event, value_marks, level + 1, is_flow)?;
            span = span.to(key.span()).to(value.span());
            if is_flow
                && is_empty(&value)
                && !flow::has_colon(self.source, key_marks.end.index())
                && flow::join(self.source, &mut entries, key.span())
            {
                split.push(entries.len() - 1);
                continue;
            }
            let Some(key) = self.key(key) else { continue };
            let value = self.refuse_empty(value, Some(&key));
            if let Some(&first) = keys.get(&key.text) {
                self.problems.push(
                    Diagnostic::error(Code::DuplicateKey, key.span, format!("`{}` is given twice.", key.text))
                        .label(first, "first given here")
                        .help("Keep one of them."),
                );
                continue;
            }
            keys.insert(key.text.clone(), key.span);
            entries.push(Entry { key, value });
        }
    }

    fn key(&mut self, key: Node) -> Option<Scalar> {
        match key {
            Node::Hole(_) => None,
            Node::Scalar(scalar) if scalar.text == "<<" => {
                self.problems.push(
                    Diagnostic::error(Code::Anchor, scalar.span, "YAML merge keys are not part of the language.")
                        .help("Write out what it brings in."),
                );
                None
            }
            Node::Scalar(scalar) => Some(scalar),
            Node::Map(Map { span, .. }) | Node::List(List { span, .. }) => {
                let message = "A key is one word, not a map or a list.";
                self.problems.push(
                    Diagnostic::error(Code::WrongShape, span, message)
                        .help("Write `key: value`, the key a plain word."),
                );
                None
            }
        }
    }

    fn refuse_empty(&mut self, value: Node, key: Option<&Scalar>) -> Node {
        if !is_empty(&value) {
            return value;
        }
        let (span, message, help) = match key {
            Some(key) => (
                key.span,
                format!("`{}` has no value.", key.text),
                "Write a value after the colon, or on indented lines below, or take the key out.",
            ),
            None => (value.span(), "This item is empty.".to_owned(), "Write a value, or take the item out."),
        };
        self.problems.push(Diagnostic::error(Code::EmptyValue, span, message).help(help));
        Node::Hole(span)
    }

    fn insertion(&self, is_flow: bool, span: Span, entries: &[Entry]) -> Insertion {
        if is_flow {
            let opened = Span::new(span.start, span.start + 1);
            let last = entries.last().map(|entry| entry.value.span());
            return Insertion::Flow { offset: last.unwrap_or(opened).end, more: last.is_some() };
        }
        let text = self.source.text;
        let rest = &text[span.end..];
        let line_end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let start = entries.first().map_or(span.start, |entry| entry.key.span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        Insertion::Line { offset: span.end + line_end, indent: start - line_start }
    }
}

/// What YAML makes of nothing at all.
fn is_empty(node: &Node) -> bool {
    matches!(node, Node::Scalar(scalar) if scalar.text.is_empty() && scalar.form == Form::Plain)
}
