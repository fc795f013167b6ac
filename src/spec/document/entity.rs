//! Entities.

use super::{
    super::{
        ast::{Access, Condition, Entity, Field, Given, Key, Rule, Transitions, Word},
        code::Code,
        diagnostic::Diagnostic,
        limits::Limits,
        line,
        span::{Span, Spanned},
        vocabulary::Place,
        yaml::{Entry, Insertion, Map, Node},
    },
    Problems,
    field::field,
    free_text,
    keys::known,
    map, scalar, texts,
};

/// One entity. Even one that cannot be read keeps its name, so that references to it are no problems.
pub(super) fn entity(entry: &Entry, limits: &Limits, problems: &mut Problems) -> Entity {
    let end = entry.value.span().end;
    let mut entity = Entity {
        name: Spanned::new(entry.key.text.clone(), entry.key.inner()),
        label: Given::Absent,
        description: Given::Absent,
        plural: Given::Absent,
        table: Given::Absent,
        owner: Given::Absent,
        fields: Given::Absent,
        access: Given::Absent,
        checks: Vec::new(),
        transitions: Vec::new(),
        unique: Vec::new(),
        index: Vec::new(),
        search: Vec::new(),
        insertion: Insertion::Flow { offset: end, more: false },
    };
    let help = "Write the fields below: `fields:`, then `title: string 1..200` on indented lines.";
    let Some(map) = map(&entry.value, "the words of an entity", help, problems) else {
        entity.fields = Given::Unreadable;
        entity.access = Given::Unreadable;
        return entity;
    };
    entity.insertion = map.insertion;
    read_words(map, &mut entity, limits, problems);
    if entity.fields.is_absent() {
        let message = format!("`{}` has no fields.", entity.name.value);
        problems.push(Diagnostic::error(Code::MissingWord, entity.name.span, message).help(help));
    }
    entity
}

fn read_words(map: &Map, entity: &mut Entity, limits: &Limits, problems: &mut Problems) {
    for pair in known(map, Place::Entity, problems) {
        let (key, value) = (pair.entry.key.span, &pair.entry.value);
        match pair.word {
            "label" => entity.label = free_text(value, problems),
            "description" => entity.description = free_text(value, problems),
            "fields" => entity.fields = fields(value, limits, problems).into(),
            "access" => entity.access = access(key, value, problems).into(),
            "owner" => {
                let what = "the field that holds the owner";
                let path = scalar(value, what, problems).and_then(|text| line::path(text, what, problems));
                entity.owner = path.into();
            }
            "plural" => entity.plural = name(value, "a plural such as `People`", problems),
            "table" => entity.table = name(value, "the name of a table such as `people`", problems),
            "check" => entity.checks = conditions(value, problems),
            "transitions" => entity.transitions = transitions(value, problems),
            "unique" => entity.unique = key_sets(value, problems),
            "index" => entity.index = key_sets(value, problems),
            "search" => entity.search = search(value, problems),
            _ => {}
        }
    }
}

fn name(node: &Node, what: &str, problems: &mut Problems) -> Given<Word> {
    scalar(node, what, problems).map(|scalar| Spanned::new(scalar.text.clone(), scalar.inner())).into()
}

fn fields(node: &Node, limits: &Limits, problems: &mut Problems) -> Option<Vec<Field>> {
    let help = "Write each field on a line of its own: `title: string 1..200`.";
    let map = map(node, "a map of fields", help, problems)?;
    if let Some(first_too_many) = map.entries.get(limits.fields) {
        let message = format!("There are more than {} fields.", limits.fields);
        problems.push(
            Diagnostic::error(Code::TooManyFields, first_too_many.key.span, message)
                .help("Move some of them to an entity of their own."),
        );
    }
    Some(map.entries.iter().take(limits.fields).map(|entry| field(entry, problems)).collect())
}

fn access(span: Span, node: &Node, problems: &mut Problems) -> Option<Access> {
    let help = "Write who may do what: `{ read: anyone, write: nobody }`.";
    let map = map(node, "a map of operations", help, problems)?;
    let mut access = Access {
        span,
        read: Given::Absent,
        write: Given::Absent,
        list: Given::Absent,
        get: Given::Absent,
        create: Given::Absent,
        update: Given::Absent,
        delete: Given::Absent,
    };
    for pair in known(map, Place::Access, problems) {
        let rule = rule(&pair.entry.value, problems).into();
        match pair.word {
            "read" => access.read = rule,
            "write" => access.write = rule,
            "list" => access.list = rule,
            "get" => access.get = rule,
            "create" => access.create = rule,
            "update" => access.update = rule,
            "delete" => access.delete = rule,
            _ => {}
        }
    }
    Some(access)
}

fn rule(node: &Node, problems: &mut Problems) -> Option<Rule> {
    let text = scalar(node, "a rule such as `owner, staff`", problems)?;
    line::rule(text, problems)
}

fn conditions(node: &Node, problems: &mut Problems) -> Vec<Condition> {
    let lines = texts(node, "conditions", problems).unwrap_or_default();
    lines.into_iter().filter_map(|text| line::condition(text, problems)).collect()
}

fn key_sets(node: &Node, problems: &mut Problems) -> Vec<Vec<Key>> {
    let lines = texts(node, "sets of fields", problems).unwrap_or_default();
    lines.into_iter().filter_map(|text| line::keys(text, problems)).collect()
}

fn search(node: &Node, problems: &mut Problems) -> Vec<Word> {
    let lines = texts(node, "fields", problems).unwrap_or_default();
    lines.into_iter().filter_map(|text| line::word(text, "a field", problems)).collect()
}

fn transitions(node: &Node, problems: &mut Problems) -> Vec<Transitions> {
    let help = "Write the field, and its moves below: `cart -> placed: owner`.";
    let Some(by_field) = map(node, "a map of fields", help, problems) else {
        return Vec::new();
    };
    let of_field = |entry: &Entry| {
        let moves = map(&entry.value, "a map of moves", help, problems)?;
        let moves = moves.entries.iter().filter_map(|entry| {
            let arrow = line::moves(&entry.key, problems);
            let rule = rule(&entry.value, problems);
            arrow.zip(rule)
        });
        let field = Spanned::new(entry.key.text.clone(), entry.key.inner());
        Some(Transitions { field, moves: moves.collect() })
    };
    by_field.entries.iter().filter_map(of_field).collect()
}
