//! What remains of a file without its wording.

use tree_sitter::Node;

use super::{Language, walk};

/// Every token by its kind; what names something by its text as well.
pub(crate) fn of(language: Language, root: Node<'_>, text: &str) -> String {
    let mut shape = String::new();
    walk(root, &mut |node| {
        if is_comment(node) || is_layout(node) || is_prose(language, node) {
            return false;
        }
        if is_wording(language, node) {
            shape.push_str(node.kind());
            shape.push('\n');
            return false;
        }
        if node.child_count() == 0 {
            shape.push_str(&text[node.byte_range()]);
            shape.push('\n');
            return false;
        }
        shape.push_str(node.kind());
        shape.push('\n');
        true
    });
    shape
}

fn is_comment(node: Node<'_>) -> bool {
    node.kind().contains("comment")
}

/// A formatter adds commas and brackets where it breaks a line.
fn is_layout(node: Node<'_>) -> bool {
    !node.is_named() && [",", ";"].contains(&node.kind())
}

/// What stands between the tags of a page, in as many pieces as it has escapes.
fn is_prose(language: Language, node: Node<'_>) -> bool {
    language == Language::Html && ["text", "entity"].contains(&node.kind())
}

/// Text that means nothing to the language.
fn is_wording(language: Language, node: Node<'_>) -> bool {
    let kinds: &[&str] = match language {
        Language::TypeScript => &["string", "regex_pattern"],
        Language::Json => &["string"],
        Language::Sql => &["literal"],
        Language::Markdown => &["inline", "pipe_table_cell", "code_fence_content"],
        Language::Html => &["raw_text", "attribute_value"],
        Language::Yaml => &["double_quote_scalar", "single_quote_scalar", "block_scalar"],
        Language::Css | Language::Dockerfile => &[],
    };
    kinds.contains(&node.kind())
}
