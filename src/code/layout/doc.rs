//! A document that does not yet know where its lines break, in the terms of Wadler's and Prettier's printers.
//!
//! A *group* is printed on one line if it and what follows it, up to the next possible break, fits the width;
//! otherwise the lines that stand directly in it break.

use super::Origin;
use super::flat::{Flat, width};
use bumpalo::Bump;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// A piece of the document. Copying is cheap, since its parts lie in the arena of their [`Docs`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Doc<'a> {
    pub(super) kind: Kind<'a>,
    /// Printing it breaks a line in any case, even in its flattest form.
    pub(super) will_break: bool,
    /// It makes the groups around it break. Alternatives are a boundary for this.
    propagates: bool,
    /// Somewhere in it, outside of alternatives, a line may break.
    pub(super) may_break: bool,
    /// What it takes on one line.
    pub(super) flat: Flat,
}

/// What a piece consists of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'a> {
    Nothing,
    Text(&'a str),
    /// A blank that vanishes at the end of a line.
    Space,
    /// A blank that vanishes too, but has to have room on the line.
    HardSpace,
    Line(Line),
    Concat(&'a [Doc<'a>]),
    Group {
        content: &'a Doc<'a>,
        expanded: bool,
        id: Option<GroupId>,
    },
    Indent(&'a Doc<'a>),
    /// So many blanks more, regardless of the unit of indentation.
    Align(usize, &'a Doc<'a>),
    /// One of two, by the state of a group: the named one, or the innermost.
    IfBroken {
        broken: &'a Doc<'a>,
        flat: &'a Doc<'a>,
        id: Option<GroupId>,
    },
    IndentIfBroken(&'a Doc<'a>, GroupId),
    /// Items and separators in turn; each separator breaks only where the next item does not fit.
    Fill(&'a [Doc<'a>]),
    /// The first alternative that fits, or else the last one, broken. The flattest comes first.
    BestFitting(&'a [Doc<'a>]),
    /// Printed before the next line break, whatever comes in between.
    LineSuffix(&'a Doc<'a>),
    ExpandParent,
    Origin(Origin),
}

/// A place where a line may or must break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A break, or nothing.
    Soft,
    /// A break, or a blank.
    SoftOrSpace,
    /// A break.
    Hard,
    /// A break and an empty line.
    Empty,
}

/// The name of a group whose state others ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GroupId(NonZeroU32);

impl GroupId {
    /// Its place among all names.
    pub(super) const fn index(self) -> usize {
        self.0.get() as usize
    }
}

impl<'a> Doc<'a> {
    const fn leaf(kind: Kind<'a>, breaks: bool, may_break: bool, flat: Flat) -> Self {
        Self { kind, will_break: breaks, propagates: breaks, may_break, flat }
    }

    fn around(content: Self, kind: Kind<'a>) -> Self {
        Self { kind, ..content }
    }

    fn sequence(parts: &'a [Self]) -> Self {
        let mut all = Self { kind: Kind::Concat(parts), ..NOTHING };
        for part in parts {
            all.will_break |= part.will_break;
            all.propagates |= part.propagates;
            all.may_break |= part.may_break;
            all.flat = all.flat.then(part.flat);
        }
        all
    }

    const fn is_nothing(&self) -> bool {
        matches!(self.kind, Kind::Nothing)
    }
}

const NOTHING: Doc<'static> = Doc::leaf(Kind::Nothing, false, false, Flat::NOTHING);
const SOFT_LINE: Doc<'static> = Doc::leaf(Kind::Line(Line::Soft), false, true, Flat::NOTHING);
const COMMA: Doc<'static> = Doc::leaf(Kind::Text(","), false, false, Flat::COMMA);
const TRAILING_COMMA: Doc<'static> =
    Doc::leaf(Kind::IfBroken { broken: &COMMA, flat: &NOTHING, id: None }, false, false, Flat::NOTHING);

pub(super) const fn nothing<'a>() -> Doc<'a> {
    NOTHING
}

pub(super) fn text(text: &str) -> Doc<'_> {
    if text.is_empty() {
        return nothing();
    }
    let (mut has_lines, mut is_ascii) = (false, true);
    for byte in text.bytes() {
        has_lines |= byte == b'\n';
        is_ascii &= byte.is_ascii();
    }
    let flat = match (has_lines, is_ascii) {
        (true, _) => Flat::UNKNOWN,
        (false, true) => Flat::text(text.len()),
        (false, false) => Flat::text(width(text)),
    };
    Doc::leaf(Kind::Text(text), has_lines, false, flat)
}

pub(super) const fn space<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Space, false, false, Flat::BLANK)
}

pub(super) const fn hard_space<'a>() -> Doc<'a> {
    Doc::leaf(Kind::HardSpace, false, false, Flat::UNKNOWN)
}

pub(super) const fn soft_line<'a>() -> Doc<'a> {
    SOFT_LINE
}

pub(super) const fn soft_line_or_space<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::SoftOrSpace), false, true, Flat::BLANK)
}

pub(super) const fn hard_line<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::Hard), true, true, Flat::UNKNOWN)
}

pub(super) const fn empty_line<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::Empty), true, true, Flat::UNKNOWN)
}

pub(super) const fn expand_parent<'a>() -> Doc<'a> {
    Doc::leaf(Kind::ExpandParent, true, false, Flat::NOTHING)
}

pub(super) const fn origin<'a>(origin: Origin) -> Doc<'a> {
    Doc::leaf(Kind::Origin(origin), false, false, Flat::NOTHING)
}

/// A comma behind the last element of a list that is broken.
pub(super) const fn trailing_comma<'a>() -> Doc<'a> {
    TRAILING_COMMA
}

/// Makes the document of one file, and holds what its pieces share.
pub(super) struct Docs<'a> {
    arena: &'a Bump,
    next_group: Cell<NonZeroU32>,
    /// Pieces by the address of what they print. A function that is an argument is printed in several variants,
    /// and its body is the same in all.
    known: RefCell<BTreeMap<usize, Doc<'a>>>,
    /// Room for the parts of sequences that are being made, the inner ones above the outer ones.
    parts: RefCell<Vec<Doc<'a>>>,
}

impl<'a> Docs<'a> {
    pub(super) fn new(arena: &'a Bump) -> Self {
        Self { arena, next_group: Cell::new(NonZeroU32::MIN), known: RefCell::default(), parts: RefCell::default() }
    }

    pub(super) fn group_id(&self) -> GroupId {
        let id = self.next_group.get();
        self.next_group.set(id.saturating_add(1));
        GroupId(id)
    }

    /// What a node is printed as: the same each time.
    pub(super) fn once<T>(&self, node: &T, print: impl FnOnce() -> Doc<'a>) -> Doc<'a> {
        let address = std::ptr::from_ref(node) as usize;
        if let Some(known) = self.known.borrow().get(&address) {
            return *known;
        }
        let printed = print();
        self.known.borrow_mut().insert(address, printed);
        printed
    }

    fn kept(&self, doc: Doc<'a>) -> &'a Doc<'a> {
        self.arena.alloc(doc)
    }

    /// A text that the source does not hold as one piece.
    pub(super) fn joined_text(&self, parts: &[&str]) -> Doc<'a> {
        text(self.arena.alloc_str(&parts.concat()))
    }

    pub(super) fn concat<const N: usize>(&self, parts: [Doc<'a>; N]) -> Doc<'a> {
        if parts.iter().any(Doc::is_nothing) {
            return self.concat_all(parts);
        }
        Doc::sequence(self.arena.alloc(parts))
    }

    pub(super) fn concat_all(&self, parts: impl IntoIterator<Item = Doc<'a>>) -> Doc<'a> {
        let begin = self.parts.borrow().len();
        for part in parts {
            if !part.is_nothing() {
                self.parts.borrow_mut().push(part);
            }
        }
        let mut all = self.parts.borrow_mut();
        let joined = match all.get(begin..).unwrap_or_default() {
            [] => nothing(),
            [only] => *only,
            several => Doc::sequence(self.arena.alloc_slice_copy(several)),
        };
        all.truncate(begin);
        joined
    }

    pub(super) fn group(&self, content: Doc<'a>) -> Doc<'a> {
        self.group_with(content, false, None)
    }

    pub(super) fn group_expanded(&self, content: Doc<'a>, expanded: bool) -> Doc<'a> {
        self.group_with(content, expanded, None)
    }

    pub(super) fn group_with(&self, content: Doc<'a>, expanded: bool, id: Option<GroupId>) -> Doc<'a> {
        let propagates = expanded || content.propagates;
        // Measuring a group with a name tells others its state, unless it says nothing itself.
        let is_known = !propagates && (id.is_none() || !content.flat.has_text());
        Doc {
            will_break: expanded || content.will_break,
            propagates,
            may_break: content.may_break,
            flat: if is_known { content.flat } else { Flat::UNKNOWN },
            kind: Kind::Group { content: self.kept(content), expanded: propagates, id },
        }
    }

    pub(super) fn indent(&self, content: Doc<'a>) -> Doc<'a> {
        Doc::around(content, Kind::Indent(self.kept(content)))
    }

    pub(super) fn align(&self, width: usize, content: Doc<'a>) -> Doc<'a> {
        Doc::around(content, Kind::Align(width, self.kept(content)))
    }

    pub(super) fn if_broken(&self, content: Doc<'a>) -> Doc<'a> {
        self.if_broken_or(content, nothing(), None)
    }

    pub(super) fn if_flat(&self, content: Doc<'a>) -> Doc<'a> {
        self.if_broken_or(nothing(), content, None)
    }

    pub(super) fn if_broken_or(&self, broken: Doc<'a>, flat: Doc<'a>, id: Option<GroupId>) -> Doc<'a> {
        Doc {
            will_break: broken.will_break || flat.will_break,
            propagates: broken.propagates || flat.propagates,
            may_break: broken.may_break || flat.may_break,
            flat: if id.is_none() { flat.flat } else { Flat::UNKNOWN },
            kind: Kind::IfBroken { broken: self.kept(broken), flat: self.kept(flat), id },
        }
    }

    pub(super) fn indent_if_broken(&self, content: Doc<'a>, id: GroupId) -> Doc<'a> {
        Doc::around(content, Kind::IndentIfBroken(self.kept(content), id))
    }

    /// `parts` are items and separators in turn.
    pub(super) fn fill(&self, parts: &[Doc<'a>]) -> Doc<'a> {
        let parts: &'a [Doc<'a>] = self.arena.alloc_slice_copy(parts);
        Doc::around(Doc::sequence(parts), Kind::Fill(parts))
    }

    pub(super) fn best_fitting<const N: usize>(&self, variants: [Doc<'a>; N]) -> Doc<'a> {
        Doc {
            will_break: variants.first().is_some_and(|flattest| flattest.will_break),
            propagates: false,
            may_break: false,
            flat: variants.first().map_or(Flat::NOTHING, |flattest| flattest.flat),
            kind: Kind::BestFitting(self.arena.alloc(variants)),
        }
    }

    pub(super) fn line_suffix(&self, content: Doc<'a>) -> Doc<'a> {
        Doc::leaf(Kind::LineSuffix(self.kept(content)), false, false, Flat::NOTHING)
    }

    /// The content on lines of its own if the group around it breaks: `(`…`)`.
    pub(super) fn soft_block(&self, content: Doc<'a>) -> Doc<'a> {
        self.concat([self.indent(self.concat([soft_line(), content])), soft_line()])
    }

    /// Like [`Self::soft_block`], with blanks inside the brackets while it is flat: `{ … }`.
    pub(super) fn soft_block_spaced(&self, content: Doc<'a>) -> Doc<'a> {
        self.concat([self.indent(self.concat([soft_line_or_space(), content])), soft_line_or_space()])
    }

    /// The content on lines of its own.
    pub(super) fn block(&self, content: Doc<'a>) -> Doc<'a> {
        self.concat([self.indent(self.concat([hard_line(), content])), hard_line()])
    }

    /// The pieces with something between them.
    pub(super) fn join(&self, parts: impl IntoIterator<Item = Doc<'a>>, separator: Doc<'a>) -> Doc<'a> {
        let mut joined = Vec::new();
        for part in parts {
            if !joined.is_empty() {
                joined.push(separator);
            }
            joined.push(part);
        }
        self.concat_all(joined)
    }

    /// The same document with every soft line closed: what a signature in a hugged argument must look like.
    pub(super) fn without_soft_lines(&self, doc: Doc<'a>) -> Doc<'a> {
        match doc.kind {
            Kind::Line(Line::Soft) => nothing(),
            Kind::Line(Line::SoftOrSpace) => space(),
            Kind::Concat(parts) | Kind::Fill(parts) => {
                self.concat_all(parts.iter().map(|part| self.without_soft_lines(*part)))
            }
            Kind::Group { content, id, .. } => self.group_with(self.without_soft_lines(*content), false, id),
            Kind::Indent(content) => self.indent(self.without_soft_lines(*content)),
            Kind::Align(width, content) => self.align(width, self.without_soft_lines(*content)),
            Kind::IfBroken { flat, .. } => self.without_soft_lines(*flat),
            Kind::IndentIfBroken(content, _) => self.without_soft_lines(*content),
            Kind::BestFitting(variants) => {
                variants.first().map_or_else(nothing, |flattest| self.without_soft_lines(*flattest))
            }
            Kind::Nothing
            | Kind::Text(_)
            | Kind::Space
            | Kind::HardSpace
            | Kind::Line(Line::Hard | Line::Empty)
            | Kind::LineSuffix(_)
            | Kind::ExpandParent
            | Kind::Origin(_) => doc,
        }
    }
}
