//! Register and log in with an e-mail address and a password; sessions with rotating refresh tokens.

use crate::contract::{Action, AuthAction, Contract, Operation, Predicate, Site};
use crate::model::{AccessOperation, Model};
use crate::storage::{Column, ColumnType, ForeignKey, OnDelete, Storage, Table, TableOf};

use super::Feature;

pub(super) const FEATURE: Feature =
    Feature { id: "password", wanted: |model| model.auth.is_some(), contract: operations, storage: tables };

fn operations(model: &Model, contract: &mut Contract) {
    let operation = |action: AuthAction| Operation {
        id: match action {
            AuthAction::Register => "register".to_owned(),
            AuthAction::Login => "logIn".to_owned(),
            AuthAction::Refresh => "refreshSession".to_owned(),
            AuthAction::Logout => "logOut".to_owned(),
            AuthAction::Me => "getMe".to_owned(),
            AuthAction::UpdateMe => "updateMe".to_owned(),
            AuthAction::ChangePassword => "changePassword".to_owned(),
        },
        method: action.method(),
        path: format!("{}/auth/{}", contract.base, action.segment()),
        action: Action::Auth(action),
    };
    // Where users have nothing to change of themselves, or nobody may change users, there is no way to do so.
    let has_profile = model.auth.as_ref().is_some_and(|auth| {
        let nobody = *contract.plan.predicate(auth.user, AccessOperation::Update, Site::Row) == Predicate::Never;
        !nobody && !contract.resource(auth.user).update.is_empty()
    });
    let exists = |action: &AuthAction| *action != AuthAction::UpdateMe || has_profile;
    let operations: Vec<Operation> = AuthAction::ALL.into_iter().filter(exists).map(operation).collect();
    contract.operations.splice(0..0, operations);
}

/// What an account keeps beside its fields, and the sessions.
///
/// A session is a family of refresh tokens of which only the last is valid, so one row with the hash of that one
/// suffices: a token of the same session with another hash was used before.
fn tables(model: &Model, storage: &mut Storage) {
    let Some(auth) = &model.auth else { return };
    let accounts = storage.table_of_mut(auth.user);
    accounts.columns.extend([
        Column::plain("password_hash", ColumnType::Text),
        Column::plain("epoch", ColumnType::Integer),
        Column { nullable: true, ..Column::plain("disabled_at", ColumnType::DateTime) },
    ]);
    let user = ForeignKey { table: accounts.name.clone(), on_delete: OnDelete::Cascade };
    storage.tables.push(Table {
        name: "auth_sessions".to_owned(),
        of: TableOf::Feature("sessions"),
        columns: vec![
            Column::key(),
            Column { foreign_key: Some(user), indexed: true, ..Column::plain("user_id", ColumnType::Uuid) },
            Column::plain("token_hash", ColumnType::Text),
            Column::plain("expires_at", ColumnType::DateTime),
            Column { nullable: true, ..Column::plain("revoked_at", ColumnType::DateTime) },
            Column::plain("created_at", ColumnType::DateTime),
            Column::plain("updated_at", ColumnType::DateTime),
        ],
        unique: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        renamed: std::collections::BTreeMap::new(),
    });
}
