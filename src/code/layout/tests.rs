#![allow(clippy::unwrap_used)]
use super::{Language, Origin, layout};
use crate::code::text_corpus::HOSTILE;
use crate::code::{FreeText, TsComment, TsDocComment, TsString};

fn typescript(text: &str) -> String {
    let laid = layout(text, Language::TypeScript);
    assert_eq!(laid.problem, None);
    laid.text
}

#[test]
fn a_statement_goes_on_one_line_where_it_fits() {
    assert_eq!(typescript("router.get(\n  \"/books\",\n  list,\n)\n"), "router.get(\"/books\", list);\n");
}

#[test]
fn a_statement_takes_several_lines_where_it_does_not() {
    let long = "router.get(\"/a-long-path-of-this-router\", requireUser, controller.listEverything);\n";
    let expected = "router.get(
  \"/a-long-path-of-this-router\",
  requireUser,
  controller.listEverything,
);
";
    assert_eq!(typescript(long), expected);
}

#[test]
fn an_object_stays_open_where_the_template_has_it_open() {
    assert_eq!(typescript("const a = {\nb, c };\n"), "const a = {\n  b,\n  c,\n};\n");
    assert_eq!(typescript("const a = {b,\n c };\n"), "const a = { b, c };\n");
}

#[test]
fn one_empty_line_stays_where_the_template_has_some() {
    assert_eq!(typescript("a();\n\n\n\nb();\nc();\n\n\n"), "a();\n\nb();\nc();\n");
}

#[test]
fn comments_stay_where_they_are() {
    let text = "\
// First.
const a = 1; // behind

/**
 * Of several lines.
 */
function b(): void {
  // inside
}

const c = {
  d: 1, // of d
  // at the end
};
// Last.
";
    assert_eq!(typescript(text), text);
}

#[test]
fn lines_know_where_they_came_from() {
    let (first, second, none) = (Origin::new(7), Origin::new(8), Origin::NONE);
    let text = format!(
        "export const book = table({{\n  id: text(),\n{first}  title: text().notNull().default(\"no title was given at all\").references(() => other),\n\
         {second}  price: integer(),\n{none}}});\n"
    );
    let laid = layout(&text, Language::TypeScript);
    let expected = "export const book = table({
  id: text(),
  title: text()
    .notNull()
    .default(\"no title was given at all\")
    .references(() => other),
  price: integer(),
});
";
    assert_eq!(laid.text, expected);
    let lines: Vec<(u32, u32)> = laid.origins.iter().map(|o| (o.line, o.origin.number())).collect();
    assert_eq!(lines, [(3, 7), (4, 7), (5, 7), (6, 7), (7, 8)]);
}

#[test]
fn each_line_of_a_chain_has_its_own_origin() {
    let [first, second, none] = [Origin::new(7), Origin::new(8), Origin::NONE];
    let text = format!(
        "router\n  .route(\"/reviews\")\n  .all(endpoint(\"GET\", \"POST\"), authenticate)\n\
         {first}.get(controller.list){none}\n{second}.post(signedIn, controller.create);{none}\nf(a.b);\n"
    );
    let laid = layout(&text, Language::TypeScript);
    assert!(laid.text.ends_with("\n  .post(signedIn, controller.create);\nf(a.b);\n"), "{}", laid.text);
    let lines: Vec<(u32, u32)> = laid.origins.iter().map(|o| (o.line, o.origin.number())).collect();
    assert_eq!(lines, [(4, 7), (5, 8)]);
}

#[test]
fn what_is_not_understood_stays_as_it_is_and_says_so() {
    let laid = layout(&format!("a();\n{}b(;\n", Origin::new(3)), Language::TypeScript);
    assert_eq!(laid.text, "a();\nb(;\n");
    assert_eq!(laid.origins.len(), 1);
    let problem = laid.problem.unwrap();
    assert_eq!(problem.line, 2);
    assert_eq!(problem.what, "expected an expression, found \";\"");
}

#[test]
fn no_comment_is_ever_lost() {
    for text in
        ["f(a /* b */);\n", "f(/* b */);\n", "if (a /* b */) {\n}\n", "const a = /* b */ 1;\n", "type A = /* b */ B;\n"]
    {
        let laid = layout(text, Language::TypeScript);
        assert!(laid.text.contains("/* b */"), "{text}");
        assert!(laid.problem.is_some() || laid.text.matches("/* b */").count() == 1, "{text}");
    }
}

#[test]
fn hostile_wording_stays_in_its_literal_or_comment() {
    let render = |text: &str| {
        let text = FreeText::new(text);
        let (comment, doc) = (TsComment::from(&text), TsDocComment::from(&text));
        format!("{comment}\nexport const first = f({});\n\n{doc}\nexport const second = 1;\n", TsString::from(&text))
    };
    for text in HOSTILE {
        let laid = typescript(&render(text));
        let code: Vec<&str> = laid.lines().filter(|line| line.starts_with("export")).collect();
        assert_eq!(code.len(), 2, "{laid}");
        assert_eq!(code.last(), Some(&"export const second = 1;"), "{laid}");
        assert_eq!(typescript(&laid), laid);
    }
}

#[test]
fn other_languages_keep_their_lines() {
    let laid = layout(&format!("a:   1\n\n\n{}b: 2\n", Origin::new(1)), Language::Plain);
    assert_eq!(laid.text, "a:   1\n\n\nb: 2\n");
    assert_eq!(laid.origins.len(), 1);
}
