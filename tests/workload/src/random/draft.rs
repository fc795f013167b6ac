//! A spec while it is made, and how it is written down.

use std::fmt::{self, Display, Formatter};

/// A whole spec.
pub(super) struct Spec {
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// From the most to the least.
    pub(super) roles: Vec<String>,
    pub(super) default_role: Option<String>,
    /// How long passwords are.
    pub(super) password: Option<(usize, usize)>,
    /// How the API writes names.
    pub(super) naming: &'static str,
    pub(super) entities: Vec<Draft>,
}

/// An entity.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) fields: Vec<Field>,
    /// Blocks after the fields, each with its lines.
    pub(super) blocks: Vec<(&'static str, Vec<String>)>,
}

/// A field and what may be done with it.
pub(super) struct Field {
    pub(super) name: String,
    /// Its type and what follows.
    pub(super) line: String,
    pub(super) kind: Kind,
}

/// What a rule can do with a field.
#[derive(Clone, PartialEq)]
pub(super) enum Kind {
    /// Searched and ordered.
    Text,
    /// Ordered, and copied where it is required.
    Plain { required: bool },
    /// A choice that always holds one of these values.
    Choice(Vec<String>),
    /// A reference to the entity with this index.
    Reference { to: usize, required: bool },
    /// Rows of the entity with this index: those that refer to this one, or those of a set.
    Related { from: usize },
    /// Nothing.
    Other,
}

impl Draft {
    pub(super) fn new(name: String) -> Self {
        Self { name, description: None, owner: None, fields: Vec::new(), blocks: Vec::new() }
    }

    /// Adds to what must hold of its rows.
    pub(super) fn check(&mut self, checks: Vec<String>) {
        match self.blocks.iter_mut().find(|(block, _)| *block == "check") {
            Some((_, known)) => known.extend(checks),
            None => self.blocks.push(("check", checks)),
        }
    }

    /// The choices that it has, each with its values.
    pub(super) fn choices(&self) -> Vec<(String, Vec<String>)> {
        let choice = |field: &Field| match &field.kind {
            Kind::Choice(values) => Some((field.name.clone(), values.clone())),
            _ => None,
        };
        self.fields.iter().filter_map(choice).collect()
    }
}

impl Display for Spec {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "backsmith: 1\nname: {}\nframework: express\ndatabase: sqlite", self.name)?;
        if let Some(description) = &self.description {
            writeln!(f, "description: {description}")?;
        }
        if !self.roles.is_empty() {
            write!(f, "auth: {{ roles: \"{}\"", self.roles.join(" > "))?;
            if let Some(role) = &self.default_role {
                write!(f, ", default_role: {role}")?;
            }
            if let Some((least, most)) = self.password {
                write!(f, ", password: {{ length: {least}..{most} }}")?;
            }
            writeln!(f, " }}")?;
        }
        writeln!(f, "api: {{ naming: {} }}", self.naming)?;
        writeln!(f, "entities:")?;
        self.entities.iter().try_for_each(|entity| write!(f, "{entity}"))
    }
}

impl Display for Draft {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}:", self.name)?;
        for (word, text) in [("description", &self.description), ("owner", &self.owner)] {
            if let Some(text) = text {
                writeln!(f, "    {word}: {text}")?;
            }
        }
        writeln!(f, "    fields:")?;
        for Field { name, line, .. } in &self.fields {
            writeln!(f, "      {name}: {line}")?;
        }
        for (word, lines) in &self.blocks {
            writeln!(f, "    {word}:")?;
            for line in lines {
                writeln!(f, "      {line}")?;
            }
        }
        Ok(())
    }
}
