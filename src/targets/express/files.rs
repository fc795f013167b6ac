//! From templates to files.

use askama::Template;

use crate::code::{Language, compact_json};
use crate::project::{File, Part, ProjectPath};
use crate::targets::{Draft, RenderError};

/// A TypeScript file, to be laid out as its formatter would.
pub(super) fn typescript(path: &str, part: Part, template: &impl Template) -> Result<Draft, RenderError> {
    Ok(Draft::rendered(rendered(path, part, template)?, Language::TypeScript))
}

/// The same with the number of tests it holds.
pub(super) fn tests(path: &str, count: usize, template: &impl Template) -> Result<Draft, RenderError> {
    let file = File { tests: count, ..rendered(path, Part::Test, template)? };
    Ok(Draft::rendered(file, Language::TypeScript))
}

/// The same for people to write in.
pub(super) fn made_once(path: &str, template: &impl Template) -> Result<Draft, RenderError> {
    let file = File { made_once: true, ..rendered(path, Part::Source, template)? };
    Ok(Draft::rendered(file, Language::TypeScript))
}

fn rendered(path: &str, part: Part, template: &impl Template) -> Result<File, RenderError> {
    let (path, text) = (ProjectPath::new(path)?, template.render()?);
    // Its lines are counted when they are decided.
    Ok(File { path, part, text, lines: 0, origins: Vec::new(), tests: 0, made_once: false })
}

/// A file of another language, as its template has it.
pub(super) fn plain(path: &str, part: Part, template: &impl Template) -> Result<Draft, RenderError> {
    fixed(path, part, format!("{}\n", template.render()?.trim_end()))
}

/// A file that is the same in every project, or finished already.
pub(super) fn fixed(path: &str, part: Part, text: impl Into<String>) -> Result<Draft, RenderError> {
    Ok(Draft::finished(File::new(ProjectPath::new(path)?, part, text.into())))
}

/// Tests that are the same in every project, with how many there are.
pub(super) fn fixed_tests(path: &str, count: usize, text: &str) -> Result<Draft, RenderError> {
    Ok(Draft::finished(File { tests: count, ..File::new(ProjectPath::new(path)?, Part::Test, text.to_owned()) }))
}

/// A JSON file in the form that formatters leave alone: objects opened, lists on one line as long as they fit.
pub(super) fn json(path: &str, part: Part, value: &serde_json::Value) -> Result<Draft, RenderError> {
    let mut text = String::new();
    write_json(&mut text, value, 0, 0);
    text.push('\n');
    fixed(path, part, text)
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
