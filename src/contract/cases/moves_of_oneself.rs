//! Every situation in which arrows can tell users apart who change themselves.

use crate::contract::{
    Action, AuthAction, Caller, Contract, Facts, KnownFacts, MoveGuard, MoveVerdict, Predicate, Verb,
};
use crate::model::{EntityId, FieldId, Literal, Model, Relation, Scalar, Transitions, Type};

use super::callers::CallerFacts;
use super::situations::Situations;
use super::{Case, callers};

/// A user who changes oneself along an arrow, or where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveCase {
    /// The field that changes.
    pub field: FieldId,
    /// What it is before.
    pub from: String,
    /// What it becomes.
    pub to: String,
    /// Who asks, and all that is known of that user, the field included.
    pub case: Case,
    /// What becomes of the change.
    pub verdict: MoveVerdict,
}

/// Each arrow of users × caller × row that its rule can tell apart, and from each value one change that there is no
/// arrow for, where the API has no routes on which users change.
pub fn moves_of_oneself(model: &Model, contract: &Contract, of_caller: &CallerFacts) -> Vec<MoveCase> {
    let is_offered = contract.operations.iter().any(|operation| operation.action == Action::Auth(AuthAction::UpdateMe));
    let by_login = |user| is_offered && contract.verb(user, Verb::Patch).is_none();
    let Some(auth) = model.auth.as_ref().filter(|auth| by_login(auth.user)) else { return Vec::new() };
    let moves = Moves { model, contract, user: auth.user, situations: Situations { model, of_caller } };
    let fields = model.entity(auth.user).transitions.iter();
    fields.flat_map(|transitions| moves.of_field(transitions)).collect()
}

struct Moves<'m> {
    model: &'m Model,
    contract: &'m Contract,
    user: EntityId,
    situations: Situations<'m>,
}

impl Moves<'_> {
    fn of_field(&self, transitions: &Transitions) -> Vec<MoveCase> {
        let field = transitions.field;
        let Type::Scalar(Scalar::Enum(values)) = &self.model.entity(self.user).field(field).ty else {
            return Vec::new();
        };
        let guards = self.contract.plan.moves_of(self.user).filter(|guard| guard.field == field);
        let mut found: Vec<MoveCase> = guards.flat_map(|guard| self.along(guard)).collect();
        for from in values {
            let rows = self.situations.of_oneself(self.user, &[]);
            let row = rows.into_iter().find_map(|row| with(self.user, row, field, from));
            let mut impossible = values.iter().filter_map(|to| {
                let about = self.case(field, (from, to), Caller::User { role: None }, row.clone()?);
                (about.verdict == MoveVerdict::Impossible).then_some(about)
            });
            found.extend(impossible.next());
        }
        found
    }

    /// One arrow for every caller, once for each kind of row that its rule tells apart.
    fn along(&self, guard: &MoveGuard) -> Vec<MoveCase> {
        let rows = self.situations.of_oneself(self.user, &[&guard.predicate]).into_iter();
        let rows = rows.filter_map(|row| with(self.user, row, guard.field, &guard.from));
        let rows: Vec<KnownFacts> = rows.filter(|row| !goes_on_from_caller(&guard.predicate, row)).collect();
        let mut found = Vec::new();
        for caller in callers(self.model).into_iter().filter(|caller| *caller != Caller::Anonymous) {
            let mut kinds: Vec<Vec<bool>> = Vec::new();
            for row in &rows {
                let mut kind = Vec::new();
                tell(&guard.predicate, &caller, row, &mut kind);
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                    found.push(self.case(guard.field, (&guard.from, &guard.to), caller, row.clone()));
                }
            }
        }
        found
    }

    fn case(&self, field: FieldId, (from, to): (&str, &str), caller: Caller, row: KnownFacts) -> MoveCase {
        let verdict = self.contract.plan.moves_to((self.user, field), (from, to), &caller, &row);
        let case = Case { verb: Verb::Patch, caller, row };
        MoveCase { field, from: from.to_owned(), to: to.to_owned(), case, verdict }
    }
}

/// Which parts of a rule hold of a row, and of those around it.
fn tell(rule: &Predicate, caller: &Caller, row: &dyn Facts, told: &mut Vec<bool>) {
    match rule {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| tell(part, caller, row, told)),
        Predicate::At(field, inner) => match row.at(*field) {
            Some(at) => tell(inner, caller, at.as_ref(), told),
            None => told.push(false),
        },
        Predicate::Some(relation, inner) => {
            told.push(rule.holds(caller, row));
            row.related(*relation).iter().for_each(|related| tell(inner, caller, related.as_ref(), told));
        }
        part => told.push(part.holds(caller, row)),
    }
}

/// A row with this value of a field, where whoever is the caller around it is the same; `None` where that is told
/// otherwise.
fn with(user: EntityId, mut row: KnownFacts, field: FieldId, value: &str) -> Option<KnownFacts> {
    row.agree(field, &Literal::Enum(value.to_owned()))?;
    for (relation, rows) in row.related.clone() {
        // Who refers to oneself is whom one refers to.
        if let Relation::Referring { entity, by, .. } = relation
            && entity == user
            && rows.iter().any(|row| row.me)
        {
            refer_to_oneself(&mut row, by)?;
        }
    }
    let mut around = Vec::new();
    each_caller(&mut row, &mut |caller| around.push(caller.clone()));
    for caller in &around {
        caller.values.iter().try_for_each(|(field, value)| row.agree(*field, value))?;
        caller.mine.iter().try_for_each(|field| refer_to_oneself(&mut row, *field))?;
        if caller.nulls.iter().any(|null| !row.nulls.contains(null)) {
            return None;
        }
    }
    let KnownFacts { values, nulls, mine, .. } = row.clone();
    each_caller(&mut row, &mut |caller| {
        (caller.values, caller.nulls, caller.mine) = (values.clone(), nulls.clone(), mine.clone());
    });
    Some(row)
}

/// Says that a reference of a user names that user; `None` where it names something else.
fn refer_to_oneself(row: &mut KnownFacts, field: FieldId) -> Option<()> {
    let is_told = row.mine.contains(&field);
    let names_another = row.another.contains(&field) || row.at.iter().any(|(of, _)| *of == field);
    if !is_told && (names_another || row.nulls.contains(&field)) {
        return None;
    }
    row.mine.extend((!is_told).then_some(field));
    Some(())
}

/// Shows what is said of the caller among the rows around one.
fn each_caller(row: &mut KnownFacts, show: &mut dyn FnMut(&mut KnownFacts)) {
    let at = row.at.iter_mut().map(|(_, at)| at);
    let related = row.related.iter_mut().flat_map(|(_, rows)| rows).filter(|row| !row.itself);
    for around in at.chain(related) {
        if around.me {
            show(around);
        } else {
            each_caller(around, show);
        }
    }
}

/// Whether a rule goes on from the caller among the rows around one: what is said of those rows is said once.
fn goes_on_from_caller(rule: &Predicate, row: &KnownFacts) -> bool {
    let goes_on = |inner: &Predicate, row: &KnownFacts| {
        if row.me { inner.reads_other_rows() } else { goes_on_from_caller(inner, row) }
    };
    match rule {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(|part| goes_on_from_caller(part, row)),
        Predicate::At(field, inner) => row.at.iter().any(|(of, at)| of == field && goes_on(inner, at)),
        Predicate::Some(relation, inner) => {
            let mut related = row.related.iter().filter(|(of, _)| of == relation).flat_map(|(_, rows)| rows);
            related.any(|row| goes_on(inner, row))
        }
        _ => false,
    }
}
