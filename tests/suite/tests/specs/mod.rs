//! The specs that the suite is tried on.

use backsmith::model::Model;

/// Every starter, and specs that use what no starter does.
pub(crate) fn all() -> Vec<(&'static str, Model)> {
    let starters = backsmith::starters::all().iter().map(|starter| (starter.id, starter.spec));
    let further = [
        ("magazine", include_str!("magazine.yaml")),
        ("values", include_str!("values.yaml")),
        ("open", include_str!("open.yaml")),
        ("tickets", include_str!("tickets.yaml")),
    ];
    starters.chain(further).map(|(name, text)| (name, model(name, text))).collect()
}

fn model(name: &str, text: &str) -> Model {
    let read = backsmith::spec::read(text);
    let problems: Vec<_> = read.diagnostics.iter().map(|problem| problem.message.clone()).collect();
    let spec = read.spec.unwrap_or_else(|| panic!("{name}: {problems:?}"));
    let (model, problems) = backsmith::model::resolve(&spec);
    let problems: Vec<_> = problems.into_iter().map(|problem| problem.message).collect();
    model.unwrap_or_else(|| panic!("{name}: {problems:?}"))
}
