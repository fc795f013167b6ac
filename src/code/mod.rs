//! Text that is safe in its place, and its layout.
//!
//! What a person wrote in a spec arrives as [`FreeText`], which cannot be printed. It reaches a template only
//! through a type made for one language and one position, and each such type quotes and escapes itself.
//! After a template is rendered, [`layout()`] decides the line breaks as the language's formatter would, so
//! templates stay plain code.

mod case;
mod html;
mod imports;
mod json;
pub mod layout;
mod lines;
mod markdown;
mod plain_json;
mod pretty_json;
mod pretty_parts;
mod sql;
mod text;
#[cfg(test)]
mod text_corpus;
mod typescript;
mod unsafe_chars;

pub use case::capitalised;
pub use html::HtmlText;
pub use imports::{ImportKind, TsImports};
pub use json::{ComposeString, JsonString, YamlString};
pub use layout::{Laid, Language, LineOrigin, Origin, layout};
pub use lines::count_lines;
pub use markdown::MarkdownText;
pub use plain_json::{compact_json, indented_json};
pub use pretty_json::pretty_json;
pub use pretty_parts::{Piece, pretty_part, pretty_pieces};
pub use sql::{SqlIdent, SqlString};
pub use text::{EnvValue, FreeText, Ident, Slug};
pub use typescript::{TsComment, TsDocComment, TsIdent, TsPropertyKey, TsRegex, TsString, TsTemplateText};
