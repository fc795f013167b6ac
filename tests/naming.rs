//! How names are written in bodies, queries and answers.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use backsmith::{Request, generate};

/// A spec whose names have several words.
const PRESS: &str = "
backsmith: 1
name: press
framework: express
database: sqlite
auth: { roles: [staff] }
entities:
  Story:
    owner: written_by
    fields:
      written_by: User
      head_line: string 1..60
      told_again: Story[0..3]
    access: { read: owner, write: owner }
";

/// Every name of a document that clients write or read, in its order: members, parameters, orders, relations.
fn names(document: &serde_json::Value) -> Vec<String> {
    let schema = |name: &str| &document["components"]["schemas"][name]["properties"];
    let members = ["Story", "StoryPatch", "Session", "RefreshToken", "PasswordChange"].map(schema);
    let members = members.into_iter().flat_map(|members| members.as_object().unwrap().keys().cloned());
    let parameters = document["paths"]["/api/v1/stories"]["get"]["parameters"].as_array().unwrap();
    let values = |parameter: &serde_json::Value| parameter["schema"]["items"]["enum"].as_array().cloned();
    let listed = parameters.iter().filter_map(values).flatten().map(|value| value.as_str().unwrap().to_owned());
    let named = parameters.iter().filter_map(|parameter| parameter["name"].as_str().map(str::to_owned));
    members.chain(named).chain(listed).collect()
}

#[test]
fn all_names_of_an_api_are_in_one_case() {
    let named = |naming: &str| {
        let spec = PRESS.replace("entities:", &format!("api: {{ naming: {naming} }}\nentities:"));
        let project = generate(&Request::new(&spec)).unwrap().result.unwrap().project;
        let document = project.files().iter().find(|file| file.path.as_str() == "openapi.json").unwrap();
        names(&serde_json::from_str(&document.text).unwrap())
    };
    let (camel, snake) = (named("camel"), named("snake"));
    let joined = |text: &str, names: &[String]| names.iter().any(|name| name.contains(text));
    for (old, new) in [
        ("writtenById", "written_by_id"),
        ("headLine", "head_line"),
        ("toldAgain", "told_again"),
        ("toldAgainIds", "told_again_ids"),
        ("createdAt", "created_at"),
        ("updatedAt", "updated_at"),
        ("accessToken", "access_token"),
        ("refreshToken", "refresh_token"),
        ("expiresIn", "expires_in"),
        ("currentPassword", "current_password"),
        ("newPassword", "new_password"),
        ("headLine[ne]", "head_line[ne]"),
        ("-createdAt", "-created_at"),
    ] {
        assert!(joined(old, &camel) && joined(new, &snake), "{old} and {new}: {camel:?} {snake:?}");
    }
    assert_eq!(camel.len(), snake.len());
    assert!(!snake.iter().any(|name| name.chars().any(char::is_uppercase)), "{snake:?}");
    assert!(!camel.iter().any(|name| name.contains('_')), "{camel:?}");
}

/// Entities whose names begin or end as names of the app do.
const LISTS: &str = "
backsmith: 1
name: lists
framework: express
database: sqlite
entities:
  List:
    fields: { title: string 1..60 }
  Status:
    fields: { title: string 1..60, updates: \"StatusUpdate[] by status\" }
  StatusUpdate:
    fields: { status: Status cascade, text: string 1..200 }
";

#[test]
fn names_of_the_app_and_of_other_rows_stay_theirs() {
    let project = generate(&Request::new(LISTS)).unwrap().result.unwrap().project;
    let text = |path: &str| project.files().iter().find(|file| file.path.as_str() == path).unwrap().text.clone();
    assert!(text("src/schemas/list.schema.ts").contains("export const listEntityQuery = listQuery({"));
    let model = text("src/models/status-update.model.ts");
    assert!(model.contains("export type StatusUpdateRow ="), "{model}");
    assert!(text("src/schemas/status.schema.ts").contains("export type StatusUpdate ="));
}
