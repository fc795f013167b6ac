//! What an editor asks about a place in a spec: which words may stand there, what the word there means, and how a
//! choice is written into the text.

mod choose;
mod complete;
mod cursor;
mod expect;
mod explain;
mod names;
mod tree;

#[cfg(test)]
mod tests;

pub use choose::choose;
pub use complete::{Completion, CompletionKind, Completions, complete};
pub use explain::{Explanation, explain};

use super::{limits::Limits, yaml};
use names::Names;

/// The tree of a text and the names that it declares. Its problems are reported elsewhere.
fn read(text: &str) -> Option<(yaml::Node, Names)> {
    if text.len() > Limits::DEFAULT.bytes {
        return None;
    }
    let root = yaml::read(text, &Limits::DEFAULT, &mut Vec::new())?;
    let spec = super::document::spec(Some(&root), text, &Limits::DEFAULT, &mut Vec::new());
    Some((root, Names::new(spec)))
}
