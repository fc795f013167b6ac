//! Plausible values for examples and for the sample rows of a project: fixed, valid, and different for each row.

use std::collections::BTreeSet;

use serde_json::json;

use super::cases::values;
use super::validate::Stored;
use super::{RowValues, Value, fit};
use crate::model::{Bounds, DateTime, Default, Entity, Field, FieldId, Interval, Literal, Range, Scalar, Type};

const DAYS: [&str; ROWS] = ["2026-01-15", "2026-03-02", "2026-05-28"];
const TIMES: [&str; ROWS] = ["09:00:00", "12:30:00", "18:15:00"];

/// How many different rows there are.
pub(super) const ROWS: usize = 3;

/// The value of a property called `name` (in any case) of an entity, in the sample row of that number from 0.
pub(super) fn stored(entity: &str, name: &str, value: &Value, row: usize) -> Stored {
    match value {
        Value::One(Scalar::Json) => Stored::Json(json!({"note": format!("Sample {}", row + 1)})),
        Value::One(scalar) => Stored::Literal(literal(entity, name, scalar, row)),
        Value::Many { item: Scalar::Json, count } => {
            Stored::Json((0..items(*count)).map(|item| json!({"note": format!("Sample {}", row + item + 1)})).collect())
        }
        Value::Keys { count } => {
            Stored::List((0..items(*count)).map(|index| literal(entity, name, &Scalar::Uuid, row + index)).collect())
        }
        Value::Many { item, count } => {
            Stored::List((0..items(*count)).map(|index| literal(entity, name, item, row + index)).collect())
        }
    }
}

/// The value of a field in the sample row of that number, where the row passes the checks of its entity. What callers
/// leave out of it holds `left_out`.
pub(super) fn of_field(entity: &Entity, id: FieldId, value: &Value, row: usize, left_out: &RowValues) -> Stored {
    let alone = || stored(entity.name.pascal(), entity.field(id).name.snake(), value, row + shift(entity, id));
    if !fit::in_checks(entity).contains(&id) {
        return alone();
    }
    let wishes = |field: FieldId| match &entity.field(field).ty {
        Type::Scalar(scalar) => vec![Some(values::plausible(entity, field, scalar, row))],
        Type::List { .. } | Type::Reference(_) | Type::Many(_) => Vec::new(),
    };
    match fit::fitting(entity, left_out, &wishes).and_then(|mut values| values.remove(&id)) {
        Some(Some(literal)) => Stored::Literal(literal),
        Some(None) => Stored::Null,
        None => alone(),
    }
}

/// How far behind the row that a reference would name is the one that it names, so that it is another than those that
/// must not be named twice.
pub(super) fn shift(entity: &Entity, id: FieldId) -> usize {
    let other_of = |(one, other): (FieldId, FieldId)| match id {
        id if id == one => Some(other),
        id if id == other => Some(one),
        _ => None,
    };
    let before: Vec<usize> =
        entity.apart().filter_map(other_of).filter(|other| *other < id).map(|other| shift(entity, other)).collect();
    (0..=before.len()).find(|shift| !before.contains(shift)).unwrap_or_default()
}

/// What fields hold that nobody gives, as far as that is always the same.
pub(super) fn left_out(entity: &Entity, is_given: impl Fn(FieldId, &Field) -> bool) -> RowValues {
    let value = |field: &Field| match &field.default {
        Some(Default::Literal(literal)) => Some(Some(literal.clone())),
        Some(Default::Now | Default::Copy { .. }) => None,
        None => field.nullable.then_some(None),
    };
    let fields = entity.fields().filter(|(id, field)| !is_given(*id, field));
    fields.filter_map(|(id, field)| Some((id, value(field)?))).collect()
}

/// What fields of new rows hold that nobody may give them, as far as that is always the same.
pub(super) fn begun(entity: &Entity) -> RowValues {
    left_out(entity, |id, _| entity.may_be_given(id))
}

/// How many rows can have different values; no more than there are.
pub(super) fn distinct(scalar: &Scalar) -> usize {
    let span = |min: i64, max: i64| usize::try_from(max.abs_diff(min)).map_or(ROWS, |span| span.saturating_add(1));
    let values = match scalar {
        Scalar::Boolean => 2,
        Scalar::Enum(words) => words.len(),
        Scalar::String { length, .. } | Scalar::Text { length, .. } if length.max == 0 => 1,
        Scalar::String { length, form } | Scalar::Text { length, form } if form.pattern.is_some() => {
            (0..ROWS).filter_map(|row| form.sample(*length, row)).collect::<BTreeSet<String>>().len()
        }
        Scalar::Date(interval) => within(DAYS, interval, 0).1,
        Scalar::Time(interval) => within(TIMES, interval, 0).1,
        Scalar::Integer(Range { min, max }) => span(i64::from(*min), i64::from(*max)),
        Scalar::Bigint(range) => span(range.min, range.max),
        Scalar::Decimal { units, .. } => span(units.min, units.max),
        _ => ROWS,
    };
    values.min(ROWS)
}

/// Two items, or as many as there must be.
fn items(count: Range<u32>) -> usize {
    2.clamp(count.min, count.max) as usize
}

fn literal(entity: &str, name: &str, scalar: &Scalar, row: usize) -> Literal {
    match scalar {
        Scalar::String { length, form } => {
            let plain = || form.stored(&fit(string(entity, name, row), *length, row));
            Literal::String(form.sample(*length, row).unwrap_or_else(plain))
        }
        Scalar::Text { length, form } => {
            let plain = || form.stored(&fit(sentence(row), *length, row));
            Literal::String(form.sample(*length, row).unwrap_or_else(plain))
        }
        Scalar::Integer(Range { min, max }) => {
            Literal::Integer(whole(integers(name), i64::from(*min), i64::from(*max), row))
        }
        Scalar::Bigint(range) => Literal::Integer(whole([1001, 1002, 1003], range.min, range.max, row)),
        Scalar::Decimal { scale, units, .. } => {
            let amounts = [1250, 2400, 875].map(|hundredths| hundredths * 10_i64.pow(u32::from(*scale)) / 100);
            Literal::Decimal(whole(amounts, units.min, units.max, row))
        }
        Scalar::Number(bounds) => Literal::Number(number(bounds, row)),
        Scalar::Boolean => Literal::Boolean(row.is_multiple_of(2)),
        Scalar::Date(interval) => Literal::Date(within(DAYS, interval, row).0),
        Scalar::DateTime => {
            let moments = ["2026-01-15T09:30:00.000Z", "2026-03-02T14:05:00.000Z", "2026-05-28T18:45:00.000Z"];
            Literal::DateTime(DateTime(moments[row % ROWS].to_owned()))
        }
        Scalar::Time(interval) => Literal::Time(within(TIMES, interval, row).0),
        Scalar::Uuid => Literal::String(format!("019b76da-a800-7c3d-8e4f-{:012x}", row + 1)),
        Scalar::Email => {
            Literal::String(["ada@example.org", "grace@example.org", "alan@example.org"][row % ROWS].to_owned())
        }
        Scalar::Url => Literal::String(format!("https://example.org/{}", row + 1)),
        Scalar::Enum(words) => Literal::Enum(words.get(row % words.len().max(1)).cloned().unwrap_or_default()),
        // The values of `json` are no literals; whoever asks for one gets none of its strings.
        Scalar::Json => Literal::String(String::new()),
    }
}

/// A wished-for day or time where some of them are allowed, else one end of those that are; and how many there are.
fn within(wished: [&str; ROWS], interval: &Interval, row: usize) -> (String, usize) {
    let mut allowed: Vec<String> =
        wished.into_iter().filter(|text| interval.contains(text)).map(ToOwned::to_owned).collect();
    if allowed.is_empty() {
        allowed.extend(interval.first.iter().chain(&interval.last).cloned());
        allowed.dedup();
    }
    (allowed.get(row % allowed.len().max(1)).cloned().unwrap_or_default(), allowed.len())
}

/// The wished-for numbers where all of them are allowed, else the first that are.
fn whole(wished: [i64; ROWS], min: i64, max: i64, row: usize) -> i64 {
    if wished.iter().all(|value| (min..=max).contains(value)) {
        return wished[row % ROWS];
    }
    let step = i64::try_from(row).unwrap_or_default();
    min.saturating_add(step).min(max)
}

fn integers(name: &str) -> [i64; ROWS] {
    match last_word(name).as_str() {
        "stars" | "rating" | "score" => [5, 4, 3],
        "year" => [2019, 2022, 2025],
        "age" => [34, 27, 51],
        "quantity" | "count" | "stock" => [3, 12, 7],
        _ => [10, 20, 30],
    }
}

fn number(bounds: &Bounds<f64>, row: usize) -> f64 {
    let step = [1.5, 2.25, 3.75][row % ROWS];
    match (bounds.lower, bounds.upper) {
        (None, None) => step,
        (Some(low), None) => low.value + step,
        (None, Some(high)) => high.value - step,
        (Some(low), Some(high)) => low.value + (high.value - low.value) * step / 4.0,
    }
}

fn string(entity: &str, name: &str, row: usize) -> String {
    let one_of = |values: [&str; ROWS]| values[row % ROWS].to_owned();
    match last_word(name).as_str() {
        "title" | "headline" | "subject" => one_of(["A Quiet Morning", "The Long Way Home", "Notes from the Harbour"]),
        "name" if is_person(entity) => one_of(["Ada Lovelace", "Grace Hopper", "Alan Turing"]),
        "name" if name.eq_ignore_ascii_case("name") => format!("{entity} {}", row + 1),
        "city" | "town" => one_of(["Lisbon", "Bergen", "Kyoto"]),
        "country" => one_of(["Portugal", "Norway", "Japan"]),
        "street" | "address" => one_of(["1 Harbour Street", "22 Mill Lane", "7 Station Road"]),
        "phone" => one_of(["+15550100", "+15550101", "+15550102"]),
        "isbn" => one_of(["9780306406157", "9783161484100", "9781861972712"]),
        "slug" => one_of(["a-quiet-morning", "the-long-way-home", "notes-from-the-harbour"]),
        "color" | "colour" => one_of(["amber", "teal", "violet"]),
        "currency" => one_of(["EUR", "NOK", "JPY"]),
        "description" | "body" | "text" | "content" | "comment" | "note" | "summary" | "bio" | "message" => {
            sentence(row)
        }
        _ => format!("{} {}", capitalised(name), row + 1),
    }
}

fn sentence(row: usize) -> String {
    [
        "Calm, clear and well worth a second look.",
        "Starts slowly and then does not let go.",
        "Short, honest and a little surprising.",
    ][row % ROWS]
        .to_owned()
}

fn is_person(entity: &str) -> bool {
    const PEOPLE: [&str; 14] = [
        "Author", "Client", "Contact", "Customer", "Doctor", "Employee", "Guest", "Member", "Patient", "Person",
        "Player", "Student", "Teacher", "User",
    ];
    PEOPLE.contains(&entity)
}

/// Makes a text as long as it must be; one that is cut keeps its row's number, so that it stays different.
fn fit(text: String, length: Range<u32>, row: usize) -> String {
    let (min, max) = (length.min as usize, length.max as usize);
    let count = text.chars().count();
    if count > max {
        let number = (row + 1).to_string();
        let kept: String = text.chars().take(max.saturating_sub(number.len())).collect();
        return (kept + &number).chars().take(max).collect();
    }
    if count >= min {
        return text;
    }
    let repeated: String = std::iter::repeat_n(format!("{text}."), min / (count + 1) + 1).collect();
    repeated.chars().take(min).collect()
}

/// `unitPrice` and `unit_price` → `price`
fn last_word(name: &str) -> String {
    let start = name.rfind(|c: char| c == '_' || c.is_ascii_uppercase()).unwrap_or_default();
    name[start..].trim_start_matches('_').to_ascii_lowercase()
}

/// `unitPrice` and `unit_price` → `Unit price`
fn capitalised(name: &str) -> String {
    let mut words = String::new();
    for (index, c) in name.chars().enumerate() {
        match c {
            '_' => words.push(' '),
            c if c.is_ascii_uppercase() => words.extend([' ', c.to_ascii_lowercase()]),
            c if index == 0 => words.push(c.to_ascii_uppercase()),
            c => words.push(c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::contract::format;
    use crate::model::{Bound, Form};

    #[test]
    fn texts_have_every_length_there_is_and_stay_different() {
        for (min, max) in [(0, 0), (1, 1), (2, 3), (0, 20), (40, 60), (500, 500), (60_000, 65_535)] {
            let length = Range { min, max };
            let texts: Vec<String> = (0..ROWS).map(|row| fit(string("Book", "title", row), length, row)).collect();
            for text in &texts {
                assert!(
                    format::read(&Scalar::String { length, form: Form::default() }, text).is_ok(),
                    "{length:?} {text:?}"
                );
            }
            assert_eq!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2], max > 0);
        }
    }

    #[test]
    fn numbers_stay_in_bounds() {
        for (min, max) in [(0, 0), (-5, -4), (1, 5), (0, 1_000_000), (15, 25)] {
            let values: Vec<i64> = (0..ROWS).map(|row| whole([10, 20, 30], min, max, row)).collect();
            assert!(values.iter().all(|value| (min..=max).contains(value)), "{min}..{max}: {values:?}");
        }
        let bound = |value, inclusive| Some(Bound { value, inclusive });
        let ends = [None, bound(-2.0, false), bound(-2.0, true), bound(3.5, false), bound(3.5, true)];
        for bounds in ends.iter().flat_map(|lower| ends.iter().map(|upper| Bounds { lower: *lower, upper: *upper })) {
            if matches!((bounds.lower, bounds.upper), (Some(low), Some(high)) if low.value >= high.value) {
                continue;
            }
            assert!((0..ROWS).all(|row| format::read_number(number(&bounds, row), bounds).is_ok()), "{bounds:?}");
        }
    }

    #[test]
    fn names_are_read_in_every_case() {
        assert_eq!(
            (last_word("unitPrice"), last_word("unit_price"), last_word("price")),
            ("price".into(), "price".into(), "price".into())
        );
        assert_eq!(
            (capitalised("unitPrice"), capitalised("unit_price")),
            ("Unit price".to_owned(), "Unit price".to_owned())
        );
    }
}
