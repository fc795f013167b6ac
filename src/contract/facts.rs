//! Facts about a row, written down.

use std::collections::BTreeMap;

use crate::model::{FieldId, FieldPath, Literal, Relation};

use super::Facts;

/// What fields hold; `None` is null.
pub type RowValues = BTreeMap<FieldId, Option<Literal>>;

/// What is known of a row, seen by one caller; of all else, guards do not ask.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnownFacts {
    /// Whether the row is the calling user.
    pub me: bool,
    /// Whether it is the very row that this stands among the facts of; there is no other row to it.
    pub itself: bool,
    /// The fields that refer to the caller.
    pub mine: Vec<FieldId>,
    /// The fields other than the owner that refer to a user who is not the caller, where that matters.
    pub another: Vec<FieldId>,
    /// The values that are not null.
    pub values: Vec<(FieldId, Literal)>,
    /// The fields that are null.
    pub nulls: Vec<FieldId>,
    /// References to the row that a reference of the caller names as well, or one of a row behind the caller: this row's
    /// field and the path from the caller.
    pub shared: Vec<(FieldId, FieldPath)>,
    /// The references of the caller, or of rows behind the caller, that name this very row.
    pub behind: Vec<FieldPath>,
    /// References that name one and the same row, together with all others of the situation's that refer to its entity
    /// and are told so.
    pub same: Vec<FieldId>,
    /// References to a row that no other reference names.
    pub apart: Vec<FieldId>,
    /// The rows that references name.
    pub at: Vec<(FieldId, KnownFacts)>,
    /// The related rows, all there are.
    pub related: Vec<(Relation, Vec<KnownFacts>)>,
    /// What fields of the caller hold that are no references, and those of rows behind the caller.
    pub of_caller: Vec<(FieldPath, Literal)>,
}

impl KnownFacts {
    /// What stands for the row that references name which are told to name the same, in comparisons of references.
    pub(super) fn the_same() -> Literal {
        Literal::String("the same".to_owned())
    }

    /// Adds what a field holds.
    pub fn say(&mut self, field: FieldId, value: Option<Literal>) {
        match value {
            Some(literal) => self.values.push((field, literal)),
            None => self.nulls.push(field),
        }
    }

    /// Adds what a field holds unless that is known; `None` where it holds something else.
    pub fn agree(&mut self, field: FieldId, value: &Literal) -> Option<()> {
        match self.said(field) {
            Some(known) => return (known == value).then_some(()),
            None if self.nulls.contains(&field) => return None,
            None => self.values.push((field, value.clone())),
        }
        Some(())
    }

    /// Whether they say what a field holds.
    pub fn says(&self, field: FieldId) -> bool {
        self.nulls.contains(&field) || self.values.iter().any(|(of, _)| *of == field)
    }

    /// Whether they say anything of the row that a reference names.
    pub fn tells_of(&self, field: FieldId) -> bool {
        let lists = [&self.mine, &self.another, &self.nulls, &self.same, &self.apart];
        lists.into_iter().any(|fields| fields.contains(&field))
            || self.shared.iter().any(|(of, _)| *of == field)
            || self.at.iter().any(|(of, _)| *of == field)
    }

    /// What they say that a field holds, unless it is null.
    pub fn said(&self, field: FieldId) -> Option<&Literal> {
        self.values.iter().find(|(of, _)| *of == field).map(|(_, value)| value)
    }

    /// What they say of the values of the row itself.
    pub fn row_values(&self) -> RowValues {
        let values = self.values.iter().map(|(field, value)| (*field, Some(value.clone())));
        values.chain(self.nulls.iter().map(|field| (*field, None))).collect()
    }

    /// Whether only a row seen by a user can be so.
    pub fn needs_user(&self) -> bool {
        let inner = self.at.iter().map(|(_, facts)| facts);
        let mut others = inner.chain(self.related.iter().flat_map(|(_, rows)| rows));
        let is_told_of_user = self.me || !self.mine.is_empty() || !self.shared.is_empty() || !self.behind.is_empty();
        is_told_of_user || others.any(Self::needs_user)
    }

    /// Whether they speak of a row that others refer to behind the caller.
    pub fn is_led_to(&self) -> bool {
        let mut inner = self.at.iter().map(|(_, at)| at).chain(self.related.iter().flat_map(|(_, rows)| rows));
        !self.behind.is_empty() || inner.any(Self::is_led_to)
    }

    /// Whether they say nothing that depends on who calls, or on rows that refer to the row.
    pub fn is_of_itself(&self) -> bool {
        let lists = [&self.mine, &self.another, &self.nulls, &self.same, &self.apart];
        !self.me && self.related.is_empty() && lists.into_iter().all(Vec::is_empty)
    }

    /// Whether they say no more of a row than others do of one that rules look for behind the caller.
    pub fn says_no_more_than(&self, other: &Self) -> bool {
        let at = |field: &FieldId| other.at.iter().find(|(of, _)| of == field).map(|(_, at)| at);
        self.is_of_itself()
            && self.values.iter().all(|value| other.values.contains(value))
            && self.shared.iter().all(|(field, _)| at(field).is_some())
            && self.at.iter().all(|(field, inner)| at(field).is_some_and(|at| inner.says_no_more_than(at)))
    }

    /// The same row, seen by nobody in particular.
    #[must_use]
    pub fn seen_by_nobody(&self) -> Self {
        let others = |facts: &[Self]| facts.iter().map(Self::seen_by_nobody).collect();
        Self {
            me: false,
            mine: Vec::new(),
            shared: Vec::new(),
            behind: Vec::new(),
            at: self.at.iter().map(|(field, facts)| (*field, facts.seen_by_nobody())).collect(),
            related: self.related.iter().map(|(relation, rows)| (*relation, others(rows))).collect(),
            ..self.clone()
        }
    }

    /// The same of a row that is not stored yet, and so is not among the related rows of any other.
    pub(super) fn without_itself(&self) -> Self {
        let mut facts = self.clone();
        let related = facts.related.iter_mut().flat_map(|(_, rows)| rows);
        for other in facts.at.iter_mut().map(|(_, at)| at).chain(related) {
            other.related.iter_mut().for_each(|(_, rows)| rows.retain(|row| !row.itself));
        }
        facts
    }
}

/// What stands for a row that a field names, in comparisons of references.
fn name_of(whose: &str, field: FieldId) -> Literal {
    Literal::String(format!("{whose} {}", field.0))
}

/// What stands for a row that a path from the caller leads to.
fn name_of_caller(path: &FieldPath) -> Literal {
    let steps: Vec<String> = path.references.iter().map(|step| format!("{}.", step.0)).collect();
    name_of(&format!("the caller's {}", steps.concat()), path.field)
}

impl Facts for KnownFacts {
    fn is_me(&self) -> bool {
        self.me
    }

    fn is_mine(&self, field: FieldId) -> bool {
        self.mine.contains(&field)
    }

    fn is_null(&self, field: FieldId) -> bool {
        self.nulls.contains(&field)
    }

    fn value(&self, field: FieldId) -> Option<Literal> {
        if self.is_null(field) {
            return None;
        }
        if let Some(value) = self.said(field) {
            return Some(value.clone());
        }
        if let Some((_, of_caller)) = self.shared.iter().find(|(of, _)| *of == field) {
            return Some(name_of_caller(of_caller));
        }
        if let Some(path) = self.behind.first() {
            return Some(name_of_caller(&path.then(field)));
        }
        if let Some(path) = self.at.iter().find(|(of, _)| *of == field).and_then(|(_, at)| at.behind.first()) {
            return Some(name_of_caller(path));
        }
        if self.mine.contains(&field) {
            return Some(Literal::String("the caller".to_owned()));
        }
        if self.same.contains(&field) {
            return Some(Self::the_same());
        }
        Some(name_of(if self.apart.contains(&field) { "apart" } else { "a row's" }, field))
    }

    fn of_caller(&self, path: &FieldPath) -> Option<Literal> {
        if self.me && !path.leads_on() {
            return self.value(path.field);
        }
        let known = self.of_caller.iter().find(|(of, _)| of == path).map(|(_, value)| value.clone());
        known.or_else(|| Some(name_of_caller(path)))
    }

    fn at(&self, field: FieldId) -> Option<Box<dyn Facts + '_>> {
        let found = self.at.iter().find(|(of, _)| *of == field);
        found.map(|(_, facts)| Box::new(facts.clone()) as Box<dyn Facts>)
    }

    fn related(&self, relation: Relation) -> Vec<Box<dyn Facts + '_>> {
        let found = self.related.iter().filter(|(of, _)| *of == relation);
        found.flat_map(|(_, rows)| rows.iter().map(|row| Box::new(row.clone()) as Box<dyn Facts>)).collect()
    }
}
