//! The spec's upper levels.

use super::{
    super::{
        ast::{Auth, Chain, Entity, Given, Lines, Range, Spec, Word},
        code::Code,
        diagnostic::{Diagnostic, TextEdit},
        limits::Limits,
        line,
        span::{Span, Spanned},
        vocabulary::Place,
        yaml::{Map, Node, Scalar},
    },
    Problems, api, entity, free_text,
    keys::{known, refuse_unavailable, unknown_word},
    map, scalar, texts,
};

/// The version of the language that this reader reads.
const VERSION: u32 = 1;

/// The whole spec.
pub(crate) fn spec(root: Option<&Node>, text: &str, limits: &Limits, problems: &mut Problems) -> Option<Spec> {
    let lines = Lines::new(text);
    let mut spec = Spec {
        version: Given::Absent,
        name: Given::Absent,
        description: Given::Absent,
        framework: Given::Absent,
        database: Given::Absent,
        auth: Given::Absent,
        api: Given::Absent,
        entities: Given::Absent,
        lines,
    };
    let Some(root) = root else {
        problems.push(empty_spec());
        return None;
    };
    let top = map(root, "a spec", "A spec begins with `backsmith: 1`.", problems)?;
    let found = known(top, Place::Top, problems);
    for pair in &found {
        let value = &pair.entry.value;
        match pair.word {
            "backsmith" => spec.version = version(value, problems).into(),
            "name" => spec.name = project_name(value, problems).into(),
            "description" => spec.description = free_text(value, problems),
            "framework" => spec.framework = chosen(value, Place::Framework, problems).into(),
            "database" => spec.database = chosen(value, Place::Database, problems).into(),
            "auth" => spec.auth = auth(pair.entry.key.span, value, problems).into(),
            "api" => spec.api = api::api(value, problems).into(),
            "entities" => spec.entities = entities(value, limits, problems).into(),
            _ => {}
        }
    }
    refuse_missing(&spec, top, problems);
    Some(spec)
}

fn empty_spec() -> Diagnostic {
    let start = "backsmith: 1\nname: my-project\nframework: express\ndatabase: sqlite\nentities:\n  Note:\n    \
                 fields:\n      title: string 1..200\n";
    Diagnostic::error(Code::MissingWord, Span::at(0), "There is no spec here yet.")
        .help("Begin with `backsmith: 1`, a `name`, a `framework`, a `database` and `entities`.")
        .edit(TextEdit::insert(0, start))
}

fn refuse_missing(spec: &Spec, top: &Map, problems: &mut Problems) {
    let start = Span::at(top.entries.first().map_or(top.span.start, |entry| entry.key.span.start));
    let missing = |word: &str| {
        let what = Place::Top.find(word).map_or("", |word| word.help);
        Diagnostic::error(Code::MissingWord, start, format!("`{word}` is missing.")).help(what)
    };
    if spec.version.is_absent() {
        let edit = match top.insertion {
            super::super::yaml::Insertion::Line { .. } => TextEdit::insert(start.start, "backsmith: 1\n"),
            flow @ super::super::yaml::Insertion::Flow { .. } => flow.pair("backsmith", "1"),
        };
        problems.push(missing("backsmith").edit(edit));
    }
    let choices = [("framework", &spec.framework, "express"), ("database", &spec.database, "sqlite")];
    if spec.name.is_absent() {
        problems.push(missing("name").edit(top.insertion.pair("name", "my-project")));
    }
    for (word, given, choice) in choices {
        if given.is_absent() {
            problems.push(missing(word).edit(top.insertion.pair(word, choice)));
        }
    }
    if spec.entities.is_absent() {
        problems.push(missing("entities"));
    }
}

fn version(node: &Node, problems: &mut Problems) -> Option<Spanned<u32>> {
    let scalar = scalar(node, "the version of the language", problems)?;
    if scalar.text == VERSION.to_string() {
        return Some(Spanned::new(VERSION, scalar.span));
    }
    let message = format!("`{}` is not a version of the language that is known here.", scalar.text);
    problems.push(
        Diagnostic::error(Code::UnsupportedVersion, scalar.span, message)
            .help(format!("Write `backsmith: {VERSION}`."))
            .edit(TextEdit::replace(scalar.inner(), VERSION.to_string())),
    );
    None
}

/// The longest project name; it becomes part of host names and package names.
const MAX_SLUG: usize = 40;

fn project_name(node: &Node, problems: &mut Problems) -> Option<Word> {
    let scalar = scalar(node, "the project's name", problems)?;
    if is_slug(&scalar.text) {
        return Some(Spanned::new(scalar.text.clone(), scalar.span));
    }
    let message = format!("`{}` cannot be the name of a project.", scalar.text);
    let problem = Diagnostic::error(Code::BadName, scalar.span, message).help(format!(
        "A name begins with a letter and has small letters, digits and single hyphens, at most {MAX_SLUG}."
    ));
    let proposal = to_slug(&scalar.text);
    problems.push(if is_slug(&proposal) { problem.edit(scalar.rewrite(&proposal)) } else { problem });
    None
}

fn is_slug(text: &str) -> bool {
    let word_fits =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.len() <= MAX_SLUG && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(word_fits)
}

fn to_slug(text: &str) -> String {
    if !text.is_ascii() {
        return String::new();
    }
    let lower = text.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// One of the vocabulary's words, available in this version.
pub(super) fn chosen(node: &Node, place: Place, problems: &mut Problems) -> Option<Word> {
    let scalar = scalar(node, place.noun(), problems)?;
    choice(scalar, place, problems)
}

fn choice(scalar: &Scalar, place: Place, problems: &mut Problems) -> Option<Word> {
    match place.find(&scalar.text) {
        Some(word) if refuse_unavailable(word, place, scalar.inner(), problems) => None,
        Some(word) => Some(Spanned::new(word.name.to_owned(), scalar.inner())),
        None => {
            let near = place.nearest(&scalar.text);
            problems.push(unknown_word(&scalar.text, scalar.inner(), place, near));
            None
        }
    }
}

fn auth(span: Span, node: &Node, problems: &mut Problems) -> Option<Auth> {
    let map =
        map(node, "a map", "Write `auth: { roles: [staff] }`, or `auth: {}` for a login without roles.", problems)?;
    let mut auth = Auth {
        span,
        methods: Given::Absent,
        roles: Given::Absent,
        default_role: Given::Absent,
        hash: Given::Absent,
        password_length: Given::Absent,
    };
    for pair in known(map, Place::Auth, problems) {
        let value = &pair.entry.value;
        match pair.word {
            "methods" => auth.methods = methods(value, problems).into(),
            "roles" => auth.roles = roles(value, problems).into(),
            "default_role" => {
                let role = scalar(value, "a role", problems);
                auth.default_role = role.and_then(|role| line::word(role, "a role", problems)).into();
            }
            "hash" => {
                let hash = scalar(value, "a way to hash passwords", problems);
                auth.hash = hash.and_then(|hash| choice(hash, Place::PasswordHash, problems)).into();
            }
            "password" => auth.password_length = password_length(value, problems),
            _ => {}
        }
    }
    Some(auth)
}

fn password_length(node: &Node, problems: &mut Problems) -> Given<Spanned<Range>> {
    let Some(map) = map(node, "a map", "Write `password: { length: 12..128 }`.", problems) else {
        return Given::Unreadable;
    };
    let pairs = known(map, Place::Password, problems);
    let Some(length) = pairs.iter().find(|pair| pair.word == "length") else { return Given::Absent };
    let length = scalar(&length.entry.value, "a range", problems);
    length.and_then(|length| line::long_form::range(length, problems)).into()
}

fn methods(node: &Node, problems: &mut Problems) -> Option<Vec<Word>> {
    let texts = texts(node, "a way to log in", problems)?;
    let found: Vec<Word> = texts.iter().filter_map(|scalar| choice(scalar, Place::AuthMethod, problems)).collect();
    (found.len() == texts.len()).then_some(found)
}

fn roles(node: &Node, problems: &mut Problems) -> Option<Vec<Chain>> {
    let texts = texts(node, "roles", problems)?;
    let found: Vec<Vec<Chain>> = texts.iter().filter_map(|scalar| line::chains(scalar, problems)).collect();
    (found.len() == texts.len()).then(|| found.concat())
}

fn entities(node: &Node, limits: &Limits, problems: &mut Problems) -> Option<Vec<Entity>> {
    let help = "Write each entity's name as a key: `Book:`, its words indented below.";
    let map = map(node, "a map of entities", help, problems)?;
    if let Some(first_too_many) = map.entries.get(limits.entities) {
        let message = format!("There are more than {} entities.", limits.entities);
        problems.push(
            Diagnostic::error(Code::TooManyEntities, first_too_many.key.span, message)
                .help("Split the spec into several projects."),
        );
    }
    let entries = map.entries.iter().take(limits.entities);
    Some(entries.map(|entry| entity::entity(entry, limits, problems)).collect())
}
