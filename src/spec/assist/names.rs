//! The names that a spec declares.

use super::super::ast::{Argument, Base, Entity, Field, Given, Literal, Spec};

/// The names that a spec declares, as far as it could be read.
#[derive(Debug)]
pub(super) struct Names {
    spec: Option<Spec>,
}

/// The entity that exists with a login, declared or not.
const USER: &str = "User";

impl Names {
    pub(super) fn new(spec: Option<Spec>) -> Self {
        Self { spec }
    }

    fn declared(&self) -> &[Entity] {
        let entities = self.spec.as_ref().and_then(|spec| spec.entities.value());
        entities.map_or(&[], Vec::as_slice)
    }

    fn has_login(&self) -> bool {
        self.spec.as_ref().is_some_and(|spec| !spec.auth.is_absent())
    }

    /// The entities, `User` included where there is a login.
    pub(super) fn entities(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.declared().iter().map(|entity| entity.name.value.as_str()).collect();
        if self.has_login() && !names.contains(&USER) {
            names.push(USER);
        }
        names
    }

    /// An entity that the spec declares.
    pub(super) fn entity(&self, name: &str) -> Option<&Entity> {
        self.declared().iter().find(|entity| entity.name.value == name)
    }

    /// The roles, in the order in which they are written.
    pub(super) fn roles(&self) -> Vec<&str> {
        let auth = self.spec.as_ref().and_then(|spec| spec.auth.value());
        let chains = auth.and_then(|auth| auth.roles.value()).into_iter().flatten().flatten();
        let mut names: Vec<&str> = Vec::new();
        for role in chains {
            if !names.contains(&role.value.as_str()) {
                names.push(&role.value);
            }
        }
        names
    }

    /// The declared fields of an entity.
    pub(super) fn fields(&self, entity: &str) -> &[Field] {
        match self.entity(entity).map(|entity| &entity.fields) {
            Some(Given::Value(fields)) => fields,
            _ => &[],
        }
    }

    /// A field of an entity.
    pub(super) fn field(&self, entity: &str, name: &str) -> Option<&Field> {
        self.fields(entity).iter().find(|field| field.name.value == name)
    }

    /// The entity that a field refers to.
    pub(super) fn target<'n>(&'n self, field: &'n Field) -> Option<&'n str> {
        match &field.line.as_ref()?.ty.base {
            Base::Named { word, .. } => self.entities().into_iter().find(|name| *name == word.value),
            Base::Choice(_) => None,
        }
    }

    /// The field at the end of a path that begins in an entity, with the entity that holds it.
    pub(super) fn follow<'n>(&'n self, entity: &'n str, path: &[&str]) -> Option<(&'n str, &'n Field)> {
        let (first, rest) = path.split_first()?;
        let field = self.field(entity, first)?;
        if rest.is_empty() { Some((entity, field)) } else { self.follow(self.target(field)?, rest) }
    }
}

/// The values of a field that has only so many.
pub(super) fn values(field: &Field) -> Vec<&str> {
    match field.line.as_ref().map(|line| &line.ty.base) {
        Some(Base::Choice(words)) => words.iter().map(|word| word.value.as_str()).collect(),
        Some(Base::Named { word, arguments }) if word.value == "enum" => arguments
            .iter()
            .map(|argument| match &argument.value {
                Argument::Word(text)
                | Argument::Literal(
                    Literal::Number(text)
                    | Literal::String(text)
                    | Literal::Date(text)
                    | Literal::Time(text)
                    | Literal::DateTime(text),
                ) => text.as_str(),
            })
            .collect(),
        Some(Base::Named { word, .. }) if word.value == "boolean" => vec!["true", "false"],
        _ => Vec::new(),
    }
}
