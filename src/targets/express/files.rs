//! From templates to files.

use askama::Template;

use crate::code::{Language, LineOrigin, compact_json, layout_again};
use crate::model::Line;
use crate::project::{File, Part, ProjectPath, SharedFile};
use crate::targets::RenderError;

/// A TypeScript file, laid out as its formatter would.
pub(super) fn typescript(path: &str, part: Part, template: &impl Template) -> Result<SharedFile, RenderError> {
    laid_out(path, part, template).map(SharedFile::new)
}

/// The same with the number of tests it holds.
pub(super) fn tests(path: &str, count: usize, template: &impl Template) -> Result<SharedFile, RenderError> {
    Ok(SharedFile::new(File { tests: count, ..laid_out(path, Part::Test, template)? }))
}

/// The same for people to write in.
pub(super) fn made_once(path: &str, template: &impl Template) -> Result<SharedFile, RenderError> {
    Ok(SharedFile::new(File { made_once: true, ..laid_out(path, Part::Source, template)? }))
}

fn laid_out(path: &str, part: Part, template: &impl Template) -> Result<File, RenderError> {
    let laid = layout_again(path, template.render()?, Language::TypeScript);
    let origin = |at: &LineOrigin| Some((at.line, Line::from_number(at.origin.number())?));
    let origins = laid.origins.iter().filter_map(origin).collect();
    Ok(File { origins, ..File::new(ProjectPath::new(path)?, part, laid.text) })
}

/// A file of another language, as its template has it.
pub(super) fn plain(path: &str, part: Part, template: &impl Template) -> Result<SharedFile, RenderError> {
    fixed(path, part, &format!("{}\n", template.render()?.trim_end()))
}

/// A file that is the same in every project, or finished already.
pub(super) fn fixed(path: &str, part: Part, text: &str) -> Result<SharedFile, RenderError> {
    Ok(SharedFile::new(File::new(ProjectPath::new(path)?, part, text.to_owned())))
}

/// A finished file.
pub(super) fn finished(path: &str, part: Part, text: String) -> Result<SharedFile, RenderError> {
    Ok(SharedFile::new(File::new(ProjectPath::new(path)?, part, text)))
}

/// Tests that are the same in every project, with how many there are.
pub(super) fn fixed_tests(path: &str, count: usize, text: &str) -> Result<SharedFile, RenderError> {
    Ok(SharedFile::new(File { tests: count, ..File::new(ProjectPath::new(path)?, Part::Test, text.to_owned()) }))
}

/// A JSON file in the form that formatters leave alone: objects opened, lists on one line as long as they fit.
pub(super) fn json(path: &str, part: Part, value: &serde_json::Value) -> Result<SharedFile, RenderError> {
    let mut text = String::new();
    write_json(&mut text, value, 0, 0);
    text.push('\n');
    fixed(path, part, &text)
}

/// The longest line that formatters keep.
const WIDTH: usize = 80;

/// Prints a value; `used` characters of its line are taken already.
fn write_json(text: &mut String, value: &serde_json::Value, indent: usize, used: usize) {
    use serde_json::Value;
    let inner = " ".repeat(indent + 2);
    let separate = |text: &mut String, index: usize| text.push_str(if index == 0 { "\n" } else { ",\n" });
    match value {
        Value::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (key, member)) in members.iter().enumerate() {
                separate(text, index);
                let key = format!("{inner}{}: ", compact_json(&Value::from(key.as_str())));
                text.push_str(&key);
                write_json(text, member, indent + 2, key.chars().count());
            }
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            text.push('}');
        }
        Value::Array(items) if !items.is_empty() => {
            let flat = items.iter().map(compact_json).collect::<Vec<_>>().join(", ");
            let opens = items.iter().any(|item| item.as_object().is_some_and(|members| !members.is_empty()));
            // Two brackets, and the comma that may follow.
            if !opens && used + flat.chars().count() + 3 <= WIDTH {
                text.extend(["[", &flat, "]"]);
                return;
            }
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(text, index);
                text.push_str(&inner);
                write_json(text, item, indent + 2, indent + 2);
            }
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            text.push(']');
        }
        other => text.push_str(&compact_json(other)),
    }
}
