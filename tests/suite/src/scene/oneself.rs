//! Planning what users change of themselves along arrows.

use std::collections::BTreeMap;

use backsmith::contract::{Caller, KnownFacts, MoveCase, Verb, moves_of_oneself};
use backsmith::model::{EntityId, FieldId, Relation, RoleId};
use serde_json::Value as Json;

use super::asking::in_sets;
use super::cells::{AboutField, Ask, Cell};
use super::plan::Planner;
use super::{Asker, Held, RowId};

impl Planner<'_> {
    /// Each arrow as a change by a fresh account, as its rule looks for it, and from each value one change without an
    /// arrow.
    pub(super) fn moves_of_oneself(&mut self) {
        let Some(auth) = &self.model.auth else { return };
        for (number, about) in moves_of_oneself(self.model, self.contract, &self.of_caller).into_iter().enumerate() {
            let Caller::User { role } = about.case.caller else { continue };
            let Some(account) = self.oneself(auth.user, role, &about.case.row) else { continue };
            let change = BTreeMap::from([(about.field, Held::Value(Json::from(about.to.as_str())))]);
            self.scene.cells.push(Cell {
                id: self.id_of_move(auth.user, &about, account, number),
                entity: auth.user,
                ask: Ask::Update(Verb::Patch, account, change),
                asker: Asker::Account(account),
                field: Some(AboutField::Gives),
            });
        }
    }

    fn id_of_move(&self, user: EntityId, about: &MoveCase, account: RowId, number: usize) -> String {
        let field = &self.model.entity(user).field(about.field).name;
        let name = self.scene.name(self.model, Asker::Account(account));
        format!("accounts.me.moves.{field}.{}-{}.{name}.{number}", about.from, about.to)
    }

    /// A fresh account of which these facts hold for itself: what it names and what names it is there after it, since
    /// that may lead back to it.
    fn oneself(&mut self, user: EntityId, role: Option<RoleId>, facts: &KnownFacts) -> Option<RowId> {
        let asker = self.begin(user, Asker::Anonymous);
        let (values, nulls) = (facts.values.clone(), facts.nulls.clone());
        let alone = KnownFacts { values, nulls, another: facts.another.clone(), ..KnownFacts::default() };
        let account = self.account(user, role, &alone, asker, None)?;
        let other = self.others.get(&Asker::Anonymous).copied()?;
        let oneself = Asker::Account(account);
        self.others.insert(oneself, other);
        self.stand_ins.insert(account);
        // What lies behind callers comes first: the rest may be compared with it.
        self.lead(oneself);
        let leads = self.of_caller.leads();
        let (behind, beside): (Vec<_>, Vec<_>) =
            facts.at.iter().partition(|(field, _)| self.of_caller.leads_by(*field));
        let behind = behind.into_iter().filter(|at| !leads.contains(at));
        for field in &facts.mine {
            self.refer(account, *field, account);
        }
        for (field, at) in behind.chain(beside).filter(|(field, _)| !facts.mine.contains(field)) {
            let reference = self.model.entity(user).field(*field).reference().copied()?;
            let to = self.row(reference.to, at, oneself)?;
            self.refer(account, *field, to);
        }
        for (field, rows) in in_sets(facts) {
            let to = self.model.entity(user).field(*field).many()?.to;
            if let Held::Rows(rows) = self.in_set(user, to, rows, oneself)? {
                self.empty(account, *field);
                for row in rows {
                    self.refer(account, *field, row);
                }
            }
        }
        for (relation, rows) in &facts.related {
            let (Relation::Referring { entity, by, .. } | Relation::Having { entity, by, .. }) = relation else {
                continue;
            };
            for row in rows.iter().filter(|row| !row.itself) {
                self.row_with(*entity, row, oneself, Some((*by, account)))?;
            }
        }
        Some(account)
    }

    /// Takes all rows out of a set of an account.
    fn empty(&mut self, account: RowId, field: FieldId) {
        let held = self.scene.rows[account.0].fields.insert(field, Held::Rows(Vec::new()));
        for row in held.into_iter().flat_map(|held| if let Held::Rows(rows) = held { rows } else { Vec::new() }) {
            if let Some(referring) = self.scene.referring.get_mut(&(row, field)) {
                referring.retain(|of| *of != account);
            }
        }
    }
}
