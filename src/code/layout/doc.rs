//! A document that does not yet know where its lines break, in the terms of Wadler's and Prettier's printers.
//!
//! A *group* is printed on one line if it and what follows it, up to the next possible break, fits the width;
//! otherwise the lines that stand directly in it break.

use super::Origin;
use std::borrow::Cow;
use std::rc::Rc;

/// A piece of the document. Cloning is cheap, since alternatives share their parts.
#[derive(Clone, Debug)]
pub(super) struct Doc<'a> {
    pub(super) kind: Kind<'a>,
    /// Printing it breaks a line in any case, even in its flattest form.
    pub(super) will_break: bool,
    /// It makes the groups around it break. Alternatives are a boundary for this.
    propagates: bool,
    /// Somewhere in it, outside of alternatives, a line may break.
    pub(super) may_break: bool,
}

/// What a piece consists of.
#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    Nothing,
    Text(Cow<'a, str>),
    /// A blank that vanishes at the end of a line.
    Space,
    /// A blank that vanishes too, but has to have room on the line.
    HardSpace,
    Line(Line),
    Concat(Rc<[Doc<'a>]>),
    Group {
        content: Rc<Doc<'a>>,
        expanded: bool,
        id: Option<GroupId>,
    },
    Indent(Rc<Doc<'a>>),
    /// So many blanks more, regardless of the unit of indentation.
    Align(usize, Rc<Doc<'a>>),
    /// One of two, by the state of a group: the named one, or the innermost.
    IfBroken {
        broken: Rc<Doc<'a>>,
        flat: Rc<Doc<'a>>,
        id: Option<GroupId>,
    },
    IndentIfBroken(Rc<Doc<'a>>, GroupId),
    /// Items and separators in turn; each separator breaks only where the next item does not fit.
    Fill(Rc<[Doc<'a>]>),
    /// The first alternative that fits, or else the last one, broken. The flattest comes first.
    BestFitting(Rc<[Doc<'a>]>),
    /// Printed before the next line break, whatever comes in between.
    LineSuffix(Rc<Doc<'a>>),
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
pub(super) struct GroupId(pub(super) usize);

impl<'a> Doc<'a> {
    fn leaf(kind: Kind<'a>, breaks: bool, may_break: bool) -> Self {
        Self { kind, will_break: breaks, propagates: breaks, may_break }
    }

    fn around(content: &Self, kind: Kind<'a>) -> Self {
        Self { kind, will_break: content.will_break, propagates: content.propagates, may_break: content.may_break }
    }
}

pub(super) fn nothing<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Nothing, false, false)
}

pub(super) fn text<'a>(text: impl Into<Cow<'a, str>>) -> Doc<'a> {
    let text = text.into();
    let breaks = text.contains('\n');
    Doc::leaf(Kind::Text(text), breaks, false)
}

pub(super) fn space<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Space, false, false)
}

pub(super) fn hard_space<'a>() -> Doc<'a> {
    Doc::leaf(Kind::HardSpace, false, false)
}

pub(super) fn soft_line<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::Soft), false, true)
}

pub(super) fn soft_line_or_space<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::SoftOrSpace), false, true)
}

pub(super) fn hard_line<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::Hard), true, true)
}

pub(super) fn empty_line<'a>() -> Doc<'a> {
    Doc::leaf(Kind::Line(Line::Empty), true, true)
}

pub(super) fn expand_parent<'a>() -> Doc<'a> {
    Doc::leaf(Kind::ExpandParent, true, false)
}

pub(super) fn origin<'a>(origin: Origin) -> Doc<'a> {
    Doc::leaf(Kind::Origin(origin), false, false)
}

pub(super) fn concat<'a>(parts: impl IntoIterator<Item = Doc<'a>>) -> Doc<'a> {
    let parts: Rc<[Doc<'a>]> = parts.into_iter().collect();
    Doc {
        will_break: parts.iter().any(|part| part.will_break),
        propagates: parts.iter().any(|part| part.propagates),
        may_break: parts.iter().any(|part| part.may_break),
        kind: Kind::Concat(parts),
    }
}

pub(super) fn group(content: Doc<'_>) -> Doc<'_> {
    group_with(content, false, None)
}

pub(super) fn group_expanded(content: Doc<'_>, expanded: bool) -> Doc<'_> {
    group_with(content, expanded, None)
}

pub(super) fn group_with(content: Doc<'_>, expanded: bool, id: Option<GroupId>) -> Doc<'_> {
    let propagates = expanded || content.propagates;
    Doc {
        will_break: expanded || content.will_break,
        propagates,
        may_break: content.may_break,
        kind: Kind::Group { content: Rc::new(content), expanded: propagates, id },
    }
}

pub(super) fn indent(content: Doc<'_>) -> Doc<'_> {
    let content = Rc::new(content);
    Doc::around(&content, Kind::Indent(content.clone()))
}

pub(super) fn align(width: usize, content: Doc<'_>) -> Doc<'_> {
    let content = Rc::new(content);
    Doc::around(&content, Kind::Align(width, content.clone()))
}

pub(super) fn if_broken(content: Doc<'_>) -> Doc<'_> {
    if_broken_or(content, nothing(), None)
}

pub(super) fn if_flat(content: Doc<'_>) -> Doc<'_> {
    if_broken_or(nothing(), content, None)
}

pub(super) fn if_broken_or<'a>(broken: Doc<'a>, flat: Doc<'a>, id: Option<GroupId>) -> Doc<'a> {
    Doc {
        will_break: broken.will_break || flat.will_break,
        propagates: broken.propagates || flat.propagates,
        may_break: broken.may_break || flat.may_break,
        kind: Kind::IfBroken { broken: Rc::new(broken), flat: Rc::new(flat), id },
    }
}

pub(super) fn indent_if_broken(content: Doc<'_>, id: GroupId) -> Doc<'_> {
    let content = Rc::new(content);
    Doc::around(&content, Kind::IndentIfBroken(content.clone(), id))
}

/// `parts` are items and separators in turn.
pub(super) fn fill(parts: Vec<Doc<'_>>) -> Doc<'_> {
    let whole = concat(parts);
    match whole.kind {
        Kind::Concat(parts) => Doc { kind: Kind::Fill(parts), ..whole },
        _ => whole,
    }
}

pub(super) fn best_fitting(variants: Vec<Doc<'_>>) -> Doc<'_> {
    Doc {
        will_break: variants.first().is_some_and(|flattest| flattest.will_break),
        propagates: false,
        may_break: false,
        kind: Kind::BestFitting(variants.into()),
    }
}

pub(super) fn line_suffix(content: Doc<'_>) -> Doc<'_> {
    let content = Rc::new(content);
    Doc::leaf(Kind::LineSuffix(content), false, false)
}

/// The content on lines of its own if the group around it breaks: `(`…`)`.
pub(super) fn soft_block(content: Doc<'_>) -> Doc<'_> {
    concat([indent(concat([soft_line(), content])), soft_line()])
}

/// Like [`soft_block`], with blanks inside the brackets while it is flat: `{ … }`.
pub(super) fn soft_block_spaced(content: Doc<'_>) -> Doc<'_> {
    concat([indent(concat([soft_line_or_space(), content])), soft_line_or_space()])
}

/// The content on lines of its own.
pub(super) fn block(content: Doc<'_>) -> Doc<'_> {
    concat([indent(concat([hard_line(), content])), hard_line()])
}

/// The pieces with something between them.
pub(super) fn join<'a>(parts: impl IntoIterator<Item = Doc<'a>>, separator: &Doc<'a>) -> Doc<'a> {
    let mut joined = Vec::new();
    for part in parts {
        if !joined.is_empty() {
            joined.push(separator.clone());
        }
        joined.push(part);
    }
    concat(joined)
}

/// The same document with every soft line closed: what a signature in a hugged argument must look like.
pub(super) fn without_soft_lines<'a>(doc: &Doc<'a>) -> Doc<'a> {
    match &doc.kind {
        Kind::Line(Line::Soft) => nothing(),
        Kind::Line(Line::SoftOrSpace) => space(),
        Kind::Concat(parts) | Kind::Fill(parts) => concat(parts.iter().map(without_soft_lines)),
        Kind::Group { content, id, .. } => group_with(without_soft_lines(content), false, *id),
        Kind::Indent(content) => indent(without_soft_lines(content)),
        Kind::Align(width, content) => align(*width, without_soft_lines(content)),
        Kind::IfBroken { flat, .. } => without_soft_lines(flat),
        Kind::IndentIfBroken(content, _) => without_soft_lines(content),
        Kind::BestFitting(variants) => variants.first().map_or_else(nothing, without_soft_lines),
        Kind::Nothing
        | Kind::Text(_)
        | Kind::Space
        | Kind::HardSpace
        | Kind::Line(Line::Hard | Line::Empty)
        | Kind::LineSuffix(_)
        | Kind::ExpandParent
        | Kind::Origin(_) => doc.clone(),
    }
}
