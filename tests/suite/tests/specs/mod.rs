//! The specs that the suite is tried on.

use backsmith::model::Model;
use backsmith::spec::Diagnostic;

/// A starter, or a spec that uses what no starter does.
pub(crate) fn text(name: &str) -> &'static str {
    match name {
        "cabins" => include_str!("cabins.yaml"),
        "queues" => include_str!("queues.yaml"),
        "badges" => include_str!("badges.yaml"),
        "boards" => include_str!("boards.yaml"),
        "bookings" => include_str!("bookings.yaml"),
        "clubs" => include_str!("clubs.yaml"),
        "crews" => include_str!("crews.yaml"),
        "couriers" => include_str!("couriers.yaml"),
        "courses" => include_str!("courses.yaml"),
        "invoices" => include_str!("invoices.yaml"),
        "leagues" => include_str!("leagues.yaml"),
        "loans" => include_str!("loans.yaml"),
        "guilds" => include_str!("guilds.yaml"),
        "hobbies" => include_str!("hobbies.yaml"),
        "topics" => include_str!("topics.yaml"),
        "keys" => include_str!("keys.yaml"),
        "library" => include_str!("library.yaml"),
        "doors" => include_str!("doors.yaml"),
        "desk" => include_str!("desk.yaml"),
        "members" => include_str!("members.yaml"),
        "matches" => include_str!("matches.yaml"),
        "magazine" => include_str!("magazine.yaml"),
        "errands" => include_str!("errands.yaml"),
        "fairs" => include_str!("fairs.yaml"),
        "fares" => include_str!("fares.yaml"),
        "forms" => include_str!("forms.yaml"),
        "guests" => include_str!("guests.yaml"),
        "note" => include_str!("note.yaml"),
        "values" => include_str!("values.yaml"),
        "papers" => include_str!("papers.yaml"),
        "press" => include_str!("press.yaml"),
        "parcels" => include_str!("parcels.yaml"),
        "wares" => include_str!("wares.yaml"),
        "offices" => include_str!("offices.yaml"),
        "orders" => include_str!("orders.yaml"),
        "rooms" => include_str!("rooms.yaml"),
        "open" => include_str!("open.yaml"),
        "squads" => include_str!("squads.yaml"),
        "shifts" => include_str!("shifts.yaml"),
        "teams" => include_str!("teams.yaml"),
        "tickets" => include_str!("tickets.yaml"),
        "every_field" => include_str!("../../../specs/every-field.yaml"),
        "reserved_names" => include_str!("../../../specs/reserved-names.yaml"),
        starter => backsmith::starters::find(&starter.replace('_', "-")).unwrap().spec,
    }
}

/// What it means.
pub(crate) fn model(name: &str) -> Model {
    let read = backsmith::spec::read(text(name));
    let (model, problems) = read.spec.as_ref().map(backsmith::model::resolve).unwrap_or_default();
    let problems = read.diagnostics.into_iter().chain(problems).filter(Diagnostic::is_error);
    let problems: Vec<_> = problems.map(|problem| problem.message).collect();
    // A spec that is only understood in part would leave the rest untested without a word.
    assert!(problems.is_empty(), "{name}: {problems:?}");
    model.unwrap_or_else(|| panic!("{name} has no model"))
}
