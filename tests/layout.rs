//! Templates rendered with names of many lengths come out as Biome would have formatted them.
//!
//! The expected files are Biome's own work. To renew them after a change of the shapes: run this test, which leaves
//! what the templates rendered in `target/tmp/layout`, run `biome format --write target/tmp/layout` (version 2.6.8)
//! there, and copy the files to `tests/layout/expected`.

#![allow(clippy::unwrap_used, clippy::panic)]

use askama::Template;
use backsmith::code::{FreeText, Laid, Language, TsDocComment, TsIdent, TsRegex, TsString, layout};
use std::fmt::Write;
use std::path::Path;

/// The lengths of names that are tried: the shortest, the longest a spec may have, and steps between.
const LENGTHS: &[usize] = &[1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 40];

/// The formatter's settings in every generated project.
const BIOME: &str = r#"{ "formatter": { "indentStyle": "space", "indentWidth": 2, "lineWidth": 80 } }"#;

/// What the shapes print.
struct Names {
    class: TsIdent,
    entity: TsIdent,
    table: TsIdent,
    field: TsIdent,
    other: TsIdent,
    value: TsString,
    doc: TsDocComment,
    regex: TsRegex,
}

impl Names {
    fn of_length(length: usize) -> Self {
        Self {
            class: name('A', length),
            entity: name('e', length),
            table: name('t', length),
            field: name('f', length),
            other: name('o', length),
            value: TsString::from(&FreeText::new("wording ".repeat(length / 4 + 1).trim())),
            doc: TsDocComment::from(&FreeText::new("A table of the store.")),
            regex: TsRegex::new("[0-9]{13}", false),
        }
    }
}

/// Everything a template of a generated project may look like.
#[derive(Template)]
enum Shape {
    #[template(path = "layout/shapes/table.ts")]
    Table { n: Names },
    #[template(path = "layout/shapes/schema.ts")]
    Schema { n: Names },
    #[template(path = "layout/shapes/router.ts")]
    Router { n: Names },
    #[template(path = "layout/shapes/service.ts")]
    Service { n: Names },
    #[template(path = "layout/shapes/test.ts")]
    Test { n: Names },
    #[template(path = "layout/shapes/types.ts")]
    Types { n: Names },
}

/// A name of the given length that begins with a letter.
fn name(first: char, length: usize) -> TsIdent {
    let text: String = std::iter::once(first).chain("bcdfghjklmnpqrstvwxz".chars().cycle()).take(length).collect();
    TsIdent::new(&text).unwrap()
}

/// Renders a shape with names of every length, lays it out, and compares.
fn check(name: &str, shape: impl Fn(Names) -> Shape) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("biome.json"), BIOME).unwrap();
    let render = |length: &usize| shape(Names::of_length(*length)).render().unwrap();
    let files: Vec<(String, String)> =
        LENGTHS.iter().map(|length| (format!("{name}-{length}.ts"), render(length))).collect();
    for (file, rendered) in &files {
        std::fs::write(folder.join(file), rendered).unwrap();
    }
    for (file, rendered) in &files {
        let expected = std::fs::read_to_string(Path::new("tests/layout/expected").join(file)).unwrap();
        assert_same(&laid(rendered), &expected, file);
        assert_same(&laid(&expected), &expected, file);
    }
}

fn laid(text: &str) -> String {
    let Laid { text, problem, .. } = layout(text, Language::TypeScript);
    assert_eq!(problem, None);
    text
}

fn assert_same(found: &str, expected: &str, file: &str) {
    for (index, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "line {} of {file}", index + 1);
    }
    assert_eq!(found.len(), expected.len(), "{file}");
}

#[test]
fn tables() {
    check("table", |n| Shape::Table { n });
}

#[test]
fn schemas() {
    check("schema", |n| Shape::Schema { n });
}

#[test]
fn routers() {
    check("router", |n| Shape::Router { n });
}

#[test]
fn services() {
    check("service", |n| Shape::Service { n });
}

#[test]
fn test_files() {
    check("test", |n| Shape::Test { n });
}

#[test]
fn types() {
    check("types", |n| Shape::Types { n });
}

/// A spec with every kind of field of the language, under names of one length.
fn spec(length: usize) -> String {
    let field = |index: usize| {
        let letter = char::from(b'a' + u8::try_from(index).unwrap());
        std::iter::once(letter).chain("bcdfghjklmnpqrstvwxz".chars().cycle()).take(length).collect::<String>()
    };
    let kinds = [
        "string 1..200 unique",
        "text?",
        "integer 0..",
        "bigint?",
        "number >= 0",
        "decimal(10,2) >= 0",
        "boolean = false",
        "date?",
        "datetime = now",
        "time?",
        "uuid",
        "email unique",
        "url? readonly",
        "json? private",
        "draft | on_sale | retired = draft",
        "string[0..5] 1..30",
    ];
    let (owner, class) = (field(kinds.len()), name('A', length));
    let mut fields = String::new();
    for (index, kind) in kinds.iter().chain([&"User restrict"]).enumerate() {
        writeln!(fields, "      {}: {kind}", field(index)).unwrap();
    }
    format!(
        "backsmith: 1\nname: shop\nframework: express\ndatabase: sqlite\nauth: {{ roles: admin > staff }}\n\
         entities:\n  {class}:\n    owner: {owner}\n    fields:\n{fields}    access:\n\
         \x20     read: anyone when {} = on_sale, owner, staff\n      write: owner, staff\n",
        field(14)
    )
}

#[test]
fn every_generated_file_is_as_the_layout_leaves_it() {
    let starters = backsmith::starters::all().iter().map(|starter| starter.spec.to_owned());
    let specs = starters.chain([1, 21, 40].map(spec));
    for spec in specs {
        let outcome = backsmith::generate(&backsmith::Request::new(&spec)).unwrap();
        let generated = outcome.result.unwrap_or_else(|| panic!("{:?}\n{spec}", outcome.diagnostics));
        for file in generated.project.files() {
            if Path::new(file.path.as_str()).extension().is_some_and(|extension| extension == "ts") {
                assert_same(&laid(&file.text), &file.text, file.path.as_str());
            }
        }
    }
}
