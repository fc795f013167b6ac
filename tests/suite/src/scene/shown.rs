//! Planning who looks whether answers show the fields that not everybody may read.

use backsmith::contract::{Case, FieldAccess, FieldGuard, KnownFacts, Verb};
use backsmith::model::{EntityId, FieldId};

use super::asking::{Asked, field_of};
use super::cells::{AboutField, Ask};
use super::giving::told;
use super::plan::Planner;
use super::{Asker, RowId};

impl Planner<'_> {
    /// Whether a row shows each field that not everybody may read, where the row itself may be read.
    pub(super) fn shown(&self, entity: EntityId, case: &Case, (row, asker): (RowId, Asker)) -> Vec<Asked> {
        if !self.succeeds(entity, case) {
            return Vec::new();
        }
        let about = |guard: &FieldGuard| {
            let wire = self.wire(entity, guard.source)?;
            let ask = if case.verb == Verb::List { Ask::List(row) } else { Ask::Get(row) };
            Some((format!("shows.{wire}"), AboutField::Shows(guard.source), ask, asker))
        };
        self.guards(entity, FieldAccess::Read).filter_map(about).collect()
    }

    /// Whether the answer of a permitted change shows each field of which the row decides who reads it: once for each kind
    /// of row that the rule tells apart, and for updates that make one kind of row another.
    pub(super) fn answered(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Vec<Asked> {
        if !self.succeeds(entity, case) {
            return Vec::new();
        }
        let guards: Vec<FieldGuard> = self.guards(entity, FieldAccess::Read).cloned().collect();
        let mut found = Vec::new();
        for guard in guards.into_iter().filter(FieldGuard::reads_row) {
            // A new row may be evidence for itself, once it is stored.
            if case.verb == Verb::Create && guard.predicate.leads_back(entity) {
                continue;
            }
            let Some(wire) = self.wire(entity, guard.source) else { continue };
            let about = AboutField::Shows(guard.source);
            let question = (asker, format!("{} answered {:?}", guard.id, told(&guard, case, &case.row)), case.verb);
            if !self.asked.contains(&question)
                && let Some((ask, own)) = self.neutral_write(entity, case, asker)
            {
                self.asked.insert(question);
                found.push((format!("answers.{wire}"), about, ask, own));
            }
            let turned = self.turned_answer(entity, case, asker, &guard);
            found.extend(turned.map(|(ask, own)| (format!("turns.{wire}"), about, ask, own)));
        }
        found
    }

    /// A row with these facts that is made, or changed in what no rule looks at.
    fn neutral_write(&mut self, entity: EntityId, case: &Case, asker: Asker) -> Option<(Ask, Asker)> {
        let asker = self.begin(entity, asker);
        if case.verb == Verb::Create {
            return self.creation(entity, case, asker).map(|fields| (Ask::Create(fields), asker));
        }
        let inputs = self.contract.resource(entity).update.iter().filter(|input| input.write.admits(&case.caller));
        let inputs: Vec<FieldId> = inputs.filter_map(|input| field_of(&input.property)).collect();
        let changes = self.neutral(entity, &inputs, case);
        let row = self.row_to_change(entity, &case.row, asker)?;
        Some((Ask::Update(case.verb, row, changes), asker))
    }

    /// A change after which a row says otherwise who reads a field: one for each answer before it.
    fn turned_answer(
        &mut self,
        entity: EntityId,
        case: &Case,
        asker: Asker,
        guard: &FieldGuard,
    ) -> Option<(Ask, Asker)> {
        let shows = |row: &KnownFacts| guard.predicate.holds(&case.caller, row);
        let before = shows(&case.row);
        let question = (asker, format!("{} turned from {before}", guard.id), case.verb);
        if case.verb != Verb::Patch || self.asked.contains(&question) {
            return None;
        }
        let asker = self.begin(entity, asker);
        let fields = self.turning(entity, case, asker, &|row| shows(row) != before)?;
        let row = self.row_to_change(entity, &case.row, asker)?;
        self.asked.insert(question);
        Some((Ask::Update(case.verb, row, fields), asker))
    }
}
