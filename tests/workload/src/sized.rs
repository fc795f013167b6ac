//! Specs of a wanted size, for measuring how the time grows with it.

use std::fmt::Write as _;

const KINDS: [&str; 20] = [
    "Book", "Review", "Order", "Store", "Author", "Ticket", "Project", "Comment", "Invoice", "Payment", "Course",
    "Lesson", "Event", "Guest", "Room", "Vehicle", "Driver", "Route", "Parcel", "Label",
];
const TRAITS: [&str; 25] = [
    "Open", "Quick", "Local", "Silent", "Green", "Public", "Early", "Plain", "Modern", "Double", "Great", "Small",
    "Former", "Future", "Common", "Formal", "Joint", "Partial", "Remote", "Royal", "Simple", "Spare", "Urban", "Vital",
    "Yearly",
];

/// The most entities that there are names for; the language allows no more.
pub const MOST: usize = KINDS.len() * TRAITS.len();

/// A plain spec with so many entities: fields of every common kind, references, owners, conditions.
pub fn sized(entities: usize) -> String {
    let mut spec = String::from(
        "backsmith: 1\nname: sized\nframework: express\ndatabase: sqlite\n\
         auth: { roles: \"admin > staff, buyer\", default_role: buyer }\nentities:\n",
    );
    for index in 0..entities.min(MOST) {
        // Writing to a string cannot fail.
        let _ = entity(&mut spec, index);
    }
    spec
}

fn name(index: usize) -> String {
    let (kind, quality) = (KINDS[index % KINDS.len()], TRAITS[index / KINDS.len() % TRAITS.len()]);
    format!("{quality}{kind}")
}

fn entity(spec: &mut String, index: usize) -> std::fmt::Result {
    writeln!(spec, "  {}:", name(index))?;
    let owned = index % 3 == 1;
    if owned {
        writeln!(spec, "    owner: holder")?;
    }
    writeln!(spec, "    description: One of the things of this business.")?;
    writeln!(spec, "    fields:\n      title: string 1..200\n      state: draft | open | closed = draft")?;
    writeln!(spec, "      price: decimal(10,2) >= 0\n      amount: integer 0..1000 = 1")?;
    match index % 4 {
        0 => writeln!(spec, "      code: string 3..20 unique\n      starts_on: date?\n      notes: text?")?,
        1 => writeln!(spec, "      active: boolean = true\n      seen_at: datetime?")?,
        2 => writeln!(spec, "      contact: email\n      site: url?\n      extra: json?")?,
        _ => writeln!(spec, "      tags: string[0..5] 1..30\n      weight: number?")?,
    }
    if owned {
        writeln!(spec, "      holder: User restrict")?;
    }
    // References reach back a few entities, as the groups of a large model do.
    if !index.is_multiple_of(5) {
        let rule = if owned { "restrict" } else { "cascade" };
        writeln!(spec, "      parent: {} {rule}", name(index - 1))?;
    }
    if index >= 7 && index.is_multiple_of(2) {
        writeln!(spec, "      origin: {}?", name(index - 7))?;
    }
    writeln!(spec, "    access:")?;
    match (owned, index % 4) {
        (true, _) => {
            writeln!(spec, "      read: owner, staff\n      create: signed_in")?;
            writeln!(spec, "      update: owner when state = draft, staff\n      delete: admin")
        }
        (false, 0) => writeln!(spec, "      read: anyone when state = open, staff\n      write: staff"),
        (false, 1) => writeln!(spec, "      read: signed_in\n      write: admin"),
        (false, _) => writeln!(spec, "      read: anyone\n      write: staff"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_is_a_valid_spec() {
        for entities in [1, 20, 100, 200, 400] {
            let spec = sized(entities);
            assert_eq!(backsmith::check(&spec), [], "{entities}");
            assert_eq!(spec.matches("    fields:\n").count(), entities);
        }
    }
}
