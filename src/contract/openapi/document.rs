//! The document as parts, each made and printed for itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use super::parts::map;
use crate::code::{Piece, pretty_part, pretty_pieces};
use crate::memo::Memo;

/// The document of an API.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document(Arc<Parts>);

#[derive(Debug, PartialEq, Default)]
struct Parts {
    /// What is said of the API as a whole.
    head: Vec<(&'static str, Json)>,
    /// The operations of each path, by method.
    paths: Vec<Path>,
    /// What they refer to, by kind and name.
    schemas: Vec<Named>,
    responses: Vec<Named>,
    security: Option<Json>,
}

/// A part with its name.
pub(super) type Named = (String, Arc<Part>);

/// A path, and its operations by method.
pub(super) type Path = (String, Vec<Named>);

/// An operation, a schema, an answer.
#[derive(Debug, PartialEq)]
pub(in crate::contract) struct Part {
    pub(in crate::contract) value: Json,
    /// Its text, where that does not depend on what stands beside it.
    text: Option<String>,
    refers_to: BTreeSet<Reference>,
    /// What an operation takes as its body.
    body: Option<Reference>,
}

/// Where an operation says what its body is.
pub(in crate::contract) const BODY: &str = "/requestBody/content/application~1json/schema";

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Reference {
    Schema(String),
    Response(String),
}

/// All parts stand as deep: an operation in a path of the paths, a schema among those of the components.
const DEPTH: usize = 3;

impl Part {
    pub(super) fn new(value: Json) -> Arc<Self> {
        let mut refers_to = BTreeSet::new();
        add_references(&value, &mut refers_to);
        let body = value.pointer(BODY).and_then(Reference::of);
        Arc::new(Self { text: pretty_part(&value, DEPTH), value, refers_to, body })
    }

    fn piece(&self) -> Piece<'_> {
        self.text.as_deref().map_or(Piece::Value(&self.value), Piece::Printed)
    }
}

impl Reference {
    /// What a value refers to by itself.
    fn of(value: &Json) -> Option<Self> {
        value.as_object()?.get("$ref")?.as_str().and_then(Self::parse)
    }

    /// What a pointer leads to.
    fn parse(pointer: &str) -> Option<Self> {
        let (kind, name) = pointer.strip_prefix("#/components/")?.split_once('/')?;
        match kind {
            "schemas" => Some(Self::Schema(name.to_owned())),
            "responses" => Some(Self::Response(name.to_owned())),
            _ => None,
        }
    }
}

fn add_references(part: &Json, found: &mut BTreeSet<Reference>) {
    match part {
        Json::Object(members) => {
            found.extend(Reference::of(part));
            members.values().for_each(|member| add_references(member, found));
        }
        Json::Array(items) => items.iter().for_each(|item| add_references(item, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}

impl Document {
    /// A document of these paths, with whatever they refer to, directly or through each other.
    pub(super) fn new(
        head: Vec<(&'static str, Json)>,
        paths: Vec<Path>,
        (schemas, responses): (Vec<Named>, Vec<Named>),
        security: Option<Json>,
        memo: &Memo,
    ) -> Self {
        let offered = Offered::of(&paths, schemas, responses);
        let wanted = memo.after_always("parts that are wanted", |last: Option<Arc<Wanted>>| {
            let same = last.filter(|last| last.of.refers_as(&offered)).map(|last| last.flags.clone());
            Arc::new(Wanted { flags: same.unwrap_or_else(|| offered.wanted()), of: offered })
        });
        let keep = |parts: &[Named], flags: &[bool]| {
            parts.iter().zip(flags).filter(|(_, wanted)| **wanted).map(|(part, _)| part.clone()).collect()
        };
        let [schemas, responses] = &wanted.flags;
        let (schemas, responses) = (keep(&wanted.of.schemas, schemas), keep(&wanted.of.responses, responses));
        Self(Arc::new(Parts { head, paths, schemas, responses, security }))
    }

    /// The document as text, laid out as formatters want it.
    pub fn text(&self) -> String {
        let Parts { head, paths, schemas, responses, security } = &*self.0;
        let paths = paths.iter().map(|(path, operations)| (path.as_str(), members(operations)));
        let mut components = vec![("schemas", members(schemas)), ("responses", members(responses))];
        components.extend(security.iter().map(|security| ("securitySchemes", Piece::Value(security))));
        let head = head.iter().map(|(name, value)| (*name, Piece::Value(value)));
        let rest = [("paths", Piece::Members(paths.collect())), ("components", Piece::Members(components))];
        pretty_pieces(&Piece::Members(head.chain(rest).collect()))
    }

    /// What is said of the API as a whole.
    pub(in crate::contract) fn head(&self, name: &str) -> &Json {
        self.0.head.iter().find(|(of, _)| *of == name).map_or(&Json::Null, |(_, value)| value)
    }

    /// Every operation with its path and method.
    pub(in crate::contract) fn operations(&self) -> impl Iterator<Item = (&str, &str, &Arc<Part>)> {
        self.0.paths.iter().flat_map(|(path, operations)| {
            operations.iter().map(move |(method, part)| (path.as_str(), method.as_str(), part))
        })
    }

    /// Every schema with its name.
    pub(in crate::contract) fn schemas(&self) -> &[Named] {
        &self.0.schemas
    }

    /// What a part stands for that may be a reference.
    pub(in crate::contract) fn resolved<'d>(&'d self, part: &'d Json) -> &'d Json {
        let reference = Reference::of(part);
        let (parts, name) = match &reference {
            Some(Reference::Schema(name)) => (&self.0.schemas, name),
            Some(Reference::Response(name)) => (&self.0.responses, name),
            None => return part,
        };
        parts.iter().find(|(of, _)| of == name).map_or(part, |(_, found)| &found.value)
    }

    /// The schemas and answers that are not what they are in another document.
    pub(in crate::contract) fn news(&self, former: &Self) -> BTreeSet<Reference> {
        let news = |one: &[Named], other: &[Named], reference: fn(String) -> Reference| -> Vec<Reference> {
            let same = |(place, (name, part)): (usize, &Named)| {
                let known = other.get(place).is_some_and(|(of, other)| of == name && Arc::ptr_eq(part, other));
                (!known).then(|| reference(name.clone()))
            };
            one.iter().enumerate().filter_map(same).collect()
        };
        let schemas = news(&self.0.schemas, &former.0.schemas, Reference::Schema);
        schemas.into_iter().chain(news(&self.0.responses, &former.0.responses, Reference::Response)).collect()
    }
}

impl Part {
    /// Whether one has to look at any of these to tell what an operation takes and answers. Of schemas beside that of
    /// its body, their names are enough.
    pub(in crate::contract) fn is_told_by_any(&self, of: &BTreeSet<Reference>) -> bool {
        let tells = |reference: &&Reference| match reference {
            Reference::Schema(_) => self.body.as_ref() == Some(*reference),
            Reference::Response(_) => true,
        };
        !of.is_empty() && self.refers_to.iter().filter(tells).any(|reference| of.contains(reference))
    }
}

fn members(parts: &[Named]) -> Piece<'_> {
    Piece::Members(parts.iter().map(|(name, part)| (name.as_str(), part.piece())).collect())
}

/// Everything that a document may hold.
struct Offered {
    operations: Vec<Arc<Part>>,
    schemas: Vec<Named>,
    responses: Vec<Named>,
}

/// What a document holds of it: which schemas, and which answers.
struct Wanted {
    of: Offered,
    flags: [Vec<bool>; 2],
}

impl Offered {
    fn of(paths: &[Path], schemas: Vec<Named>, responses: Vec<Named>) -> Self {
        let operations = paths.iter().flat_map(|(_, operations)| operations).map(|(_, part)| Arc::clone(part));
        Self { operations: operations.collect(), schemas, responses }
    }

    /// Whether the same is offered, as far as it matters for what is wanted.
    fn refers_as(&self, other: &Self) -> bool {
        let alike = |one: &Arc<Part>, other: &Arc<Part>| Arc::ptr_eq(one, other) || one.refers_to == other.refers_to;
        let all_alike = |one: &[Named], other: &[Named]| {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| one.0 == other.0 && alike(&one.1, &other.1))
        };
        self.operations.len() == other.operations.len()
            && self.operations.iter().zip(&other.operations).all(|(one, other)| alike(one, other))
            && all_alike(&self.schemas, &other.schemas)
            && all_alike(&self.responses, &other.responses)
    }

    /// Which schemas and which answers the operations refer to, directly or through each other.
    fn wanted(&self) -> [Vec<bool>; 2] {
        let offered = [&self.schemas, &self.responses];
        let places: [BTreeMap<&str, usize>; 2] =
            offered.map(|parts| parts.iter().enumerate().map(|(place, (name, _))| (name.as_str(), place)).collect());
        let mut wanted = offered.map(|parts| vec![false; parts.len()]);
        let mut waiting: Vec<&Part> = self.operations.iter().map(|part| &**part).collect();
        while let Some(part) = waiting.pop() {
            for reference in &part.refers_to {
                let (kind, name) = match reference {
                    Reference::Schema(name) => (0, name),
                    Reference::Response(name) => (1, name),
                };
                let Some(place) = places[kind].get(name.as_str()) else { continue };
                if !std::mem::replace(&mut wanted[kind][*place], true) {
                    waiting.push(&offered[kind][*place].1);
                }
            }
        }
        wanted
    }
}

/// How tokens are sent.
pub(super) fn bearer() -> Json {
    let bearer = map([("type", "http".into()), ("scheme", "bearer".into()), ("bearerFormat", "JWT".into())]);
    map([("bearer", bearer)])
}
