//! Which target and which database a spec asks for.

use crate::spec::ast::{Given, Spec};
use crate::spec::{Code, Diagnostic};
use crate::storage::Database;

use super::Target;

/// The target and the database of a spec, or those given instead. Only a pair that is offered comes back.
pub fn choose(
    spec: &Spec,
    framework: Option<&'static Target>,
    database: Option<Database>,
) -> (Option<(&'static Target, Database)>, Option<Diagnostic>) {
    let target = framework.or_else(|| spec.framework.value().and_then(|word| super::find(&word.value)));
    let database = database.or_else(|| spec.database.value().and_then(|word| Database::find(&word.value)));
    // A word that is missing or unknown is reported by the reader, whose vocabulary lists what there is.
    let Some((target, database)) = target.zip(database) else {
        return (None, None);
    };
    if target.databases.contains(&database) {
        return (Some((target, database)), None);
    }
    let offered = target.databases.iter().map(|database| database.name()).collect::<Vec<_>>().join(", ");
    let at = match (&spec.database, &spec.framework) {
        (Given::Value(word), _) | (_, Given::Value(word)) => word.span,
        _ => crate::spec::Span::default(),
    };
    let message = format!("{} is not built for {} yet", target.name, database.name());
    let diagnostic = Diagnostic::error(Code::NotYetAvailable, at, message).help(format!("it is built for {offered}"));
    (None, Some(diagnostic))
}
