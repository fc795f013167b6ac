//! Values that each test has to itself, where rules compare fields of which no two rows have the same.

use crate::contract::{Caller, CallerFacts, Case, KnownFacts, Linked, Ranks, Value};
use crate::model::{EntityId, Field, FieldId, FieldPath, Literal, Model, Name, Range, Relation, Scalar, Type};

use super::access::Cases;
use super::led;
use super::names::field_property;
use super::own_order::{below, nothing, place, rises, scalar, spaced};
use super::rows::shared;
use super::samples;

/// What tests call the caller's own row.
pub(super) const ME: &str = "me";

/// What stands in a test for the values that its case says of such fields.
#[derive(Clone, Default)]
pub(super) struct Own {
    values: Vec<OwnValue>,
    /// Whether the case says what only one row of all may hold, as the rules name it.
    pub names_one_row: bool,
    /// What no other row of the test may refer to, because of what no two rows have in common as a whole.
    pub apart: Vec<FieldId>,
    /// The references by which callers lead to rows that are there before the test's.
    leading: Vec<FieldId>,
    /// The references behind callers that are to name a row of the test, each with what is said of the rows between the
    /// two, in order.
    led: Vec<(FieldPath, Vec<KnownFacts>)>,
}

#[derive(Clone)]
struct OwnValue {
    /// The fields that are compared with each other.
    fields: Vec<(EntityId, FieldId)>,
    /// What the case says that some of them hold.
    said: Literal,
    /// What stands for that.
    expression: Expression,
}

#[derive(Clone, PartialEq)]
enum Expression {
    /// What the caller holds.
    OfCaller {
        text: String,
        /// How it stands to that, and where the caller holds it.
        said: String,
    },
    /// A value that nothing else holds.
    Fresh(String),
    /// The same, where several rows hold it, by its name.
    Named { name: String, value: String },
}

impl Expression {
    fn text(&self) -> &str {
        match self {
            Self::OfCaller { text, .. } | Self::Fresh(text) | Self::Named { name: text, .. } => text,
        }
    }
}

impl Own {
    /// What stands for the values of a case; `None` where no test can bring it about, or none tells what follows then.
    pub(super) fn of(cases: Cases, entity: EntityId, case: &Case) -> Option<Self> {
        let leading = cases.of_caller.leads().into_iter().map(|(reference, _)| reference).collect();
        let mut own = Self { leading, ..Self::default() };
        let mut led = Vec::new();
        led::led_to(cases, &case.row, &mut led);
        own.led = led.iter().map(|place| Some((place.clone(), led::between(cases, place)?))).collect::<Option<_>>()?;
        if !led::is_alone(&led, &case.row) {
            return None;
        }
        if cases.linked.is_empty() {
            return Some(own);
        }
        let ranks = Ranks::of(cases.model, cases.linked, cases.of_caller, [(entity, &case.row)]);
        let mut uses = Uses {
            cases,
            rules_of: entity,
            case,
            found: Vec::new(),
            alone: Vec::new(),
            named: Vec::new(),
            part: 0,
            led,
            ranks,
        };
        uses.of_all(entity, &case.row)?;
        own.names_one_row = !uses.alone.is_empty();
        uses.put_in_order()?;
        for found in &uses.found {
            let fields = cases.linked.fields(found.group).to_vec();
            if own.values.iter().any(|known| known.fields == fields && known.said == found.literal) {
                continue;
            }
            let same = uses.found.iter().filter(|other| other.is_same(found));
            let is_shared = same.clone().count() > 1;
            // What stands beside the row and what refers to it are made in functions of their own.
            let is_apart = same.clone().any(|other| other.part != found.part);
            let expression = match uses.named_by_caller(found).or_else(|| uses.below_caller(found)) {
                Some(of_caller) => of_caller,
                None if is_apart || is_shared && found.part > 0 => return None,
                None => {
                    let value = fresh(cases.model, cases.linked, found.group);
                    let name = &cases.model.entity(found.entity).field(found.field).name;
                    if is_shared || uses.is_one_of_several(found) {
                        Expression::Named { name: own.name(name), value }
                    } else {
                        Expression::Fresh(value)
                    }
                }
            };
            own.values.push(OwnValue { fields, said: found.literal.clone(), expression });
        }
        Some(own)
    }

    /// An expression for what the case says of a field, where something stands for that.
    pub(super) fn expression(&self, entity: EntityId, (field, literal): &(FieldId, Literal)) -> Option<&str> {
        self.standing_for(entity, *field, literal).map(Expression::text)
    }

    /// Whether a case says of a field what something stands for.
    pub(super) fn tells(&self, entity: EntityId, field: FieldId) -> bool {
        self.values.iter().any(|known| known.fields.contains(&(entity, field)))
    }

    /// How what the caller holds stands to what the case says of a field, where that is told by it.
    pub(super) fn of_caller(&self, entity: EntityId, (field, literal): &(FieldId, Literal)) -> Option<&str> {
        match self.standing_for(entity, *field, literal)? {
            Expression::OfCaller { said, .. } => Some(said),
            Expression::Fresh(_) | Expression::Named { .. } => None,
        }
    }

    fn standing_for(&self, entity: EntityId, field: FieldId, literal: &Literal) -> Option<&Expression> {
        let is_said = |known: &&OwnValue| known.said == *literal && known.fields.contains(&(entity, field));
        self.values.iter().find(is_said).map(|known| &known.expression)
    }

    /// Whether the row that a path from the caller leads to is there before the test's rows.
    pub(super) fn leads(&self, path: &FieldPath) -> bool {
        self.leading.contains(&path.begin())
    }

    /// An expression for the id of such a row, which may be of a type with null where that fits.
    pub(super) fn leading(&self, model: &Model, path: &FieldPath, fits_null: bool) -> Option<String> {
        let end = steps(model, path).last();
        let may_be_null = end.is_some_and(|(entity, field)| model.entity(entity).field(field).nullable);
        let id = || {
            let steps = steps(model, path).map(|(entity, step)| model.entity(entity).field(step).name.camel().clone());
            format!("{ME}.{}.id", steps.collect::<Vec<_>>().join("."))
        };
        self.leads(path).then(|| if may_be_null && !fits_null { id() } else { of_me(model, path) })
    }

    /// What is said of the rows between the caller and the row that a reference behind the caller is to name, in order.
    pub(super) fn between(&self, place: &FieldPath) -> &[KnownFacts] {
        self.led.iter().find(|(of, _)| of == place).map_or(&[], |(_, between)| between)
    }

    /// Whether facts say of a caller's reference no more than that it leads where rules look.
    pub(super) fn is_lead(&self, facts: &KnownFacts, reference: FieldId) -> bool {
        facts.me && self.leading.contains(&reference)
    }

    /// Whether something stands for what facts say of a row, or of those around it, that the caller holds.
    pub(super) fn asks_caller(&self, model: &Model, entity: EntityId, facts: &KnownFacts) -> bool {
        let of_caller = |value: &(FieldId, Literal)| self.of_caller(entity, value).is_some();
        let to =
            |field: FieldId| model.entity(entity).field(field).reference().map_or(entity, |reference| reference.to);
        facts.values.iter().any(of_caller)
            || shared(facts).any(|(_, path)| self.leading.contains(&path.begin()))
            || facts.at.iter().any(|(field, at)| self.asks_caller(model, to(*field), at))
            || facts
                .related
                .iter()
                .any(|(relation, rows)| rows.iter().any(|row| self.asks_caller(model, relation.entity(), row)))
    }

    /// A name for what several rows hold in a field of that name.
    fn name(&self, field: &Name) -> String {
        let (pascal, camel) = (field.pascal(), field.camel());
        let is_free = |name: &String| self.values.iter().all(|known| known.expression.text() != name);
        let [one, another] = ["one", "another"].map(|word| format!("{word}{pascal}"));
        let mut names = [one, another].into_iter().chain((3..).map(|number| format!("{camel}{number}")));
        names.find(is_free).unwrap_or(camel)
    }

    /// What names values that several rows hold, as statements.
    pub(super) fn statements(&self) -> String {
        let named = self.values.iter().filter_map(|known| match &known.expression {
            Expression::Named { name, value } => Some(format!("const {name} = {value}; ")),
            Expression::OfCaller { .. } | Expression::Fresh(_) => None,
        });
        named.collect()
    }
}

/// An expression for a value that no row has yet, where a field is compared with those of which no two rows have the
/// same.
pub(super) fn of_field(cases: Cases, entity: EntityId, field: FieldId) -> Option<String> {
    cases.linked.group(entity, field).map(|group| fresh(cases.model, cases.linked, group))
}

/// An expression for a value that no row has yet, and that every field of a group may hold.
pub(super) fn fresh(model: &Model, linked: &Linked, group: usize) -> String {
    let scalars: Vec<&Scalar> = linked
        .fields(group)
        .iter()
        .filter_map(|(entity, field)| match &model.entity(*entity).field(*field).ty {
            Type::Scalar(scalar) => Some(scalar),
            Type::List { .. } | Type::Reference(_) | Type::Many(_) => None,
        })
        .collect();
    let fits = |scalar: &&Scalar| samples::usual(scalar).is_some_and(|literal| linked.takes(model, group, &literal));
    let scalar = scalars.iter().copied().find(fits).or_else(|| scalars.first().copied());
    let counted = scalar.map_or_else(String::new, |scalar| {
        samples::expression(&Value::One(beyond(scalar.clone(), &linked.named(group, None))), true)
    });
    spaced(linked, group, counted)
}

/// Whole numbers beyond those that rules name, so that counting never meets one of them.
fn beyond(scalar: Scalar, named: &[&Literal]) -> Scalar {
    let min = first_beyond(&scalar, named);
    match (scalar, min) {
        (Scalar::Integer(range), Some(min)) => Scalar::Integer(Range { min, ..range }),
        (scalar, _) => scalar,
    }
}

/// Where those begin, if there are enough of them to count.
fn first_beyond(scalar: &Scalar, named: &[&Literal]) -> Option<i32> {
    let Scalar::Integer(range) = scalar else { return None };
    let numbers = named.iter().filter_map(|literal| match literal {
        Literal::Integer(number) => Some(*number),
        _ => None,
    });
    let min = i32::try_from(numbers.max()?.saturating_add(1)).ok()?.max(range.min);
    (min < range.max / 2).then_some(min)
}

/// Whether a value is one of them, so that any other of them does as well.
fn is_beyond(field: &Field, named: &[&Literal], literal: &Literal) -> bool {
    match (&field.ty, literal) {
        (Type::Scalar(scalar), Literal::Integer(number)) => {
            first_beyond(scalar, named).is_some_and(|min| *number >= i64::from(min))
        }
        _ => false,
    }
}

/// What facts say of a row but for what is compared with fields of which no two rows have the same: such a row is like
/// no other.
pub(super) fn unlike_others(cases: Cases, entity: EntityId, facts: &KnownFacts) -> KnownFacts {
    let mut facts = facts.clone();
    let (model, linked) = (cases.model, cases.linked);
    let is_own = |(field, literal): &(FieldId, Literal)| {
        let group = linked.group(entity, *field);
        group.is_some_and(|group| model.entity(entity).field(*field).unique || !linked.is_named(group, literal))
    };
    facts.values.retain(|value| !is_own(value));
    for (field, at) in &mut facts.at {
        if let Some(reference) = model.entity(entity).field(*field).reference() {
            *at = unlike_others(cases, reference.to, at);
        }
    }
    for (relation, rows) in &mut facts.related {
        for row in rows {
            *row = unlike_others(cases, relation.entity(), row);
        }
    }
    facts
}

/// Where a value is said.
pub(super) struct Found {
    pub(super) group: usize,
    pub(super) literal: Literal,
    entity: EntityId,
    field: FieldId,
    /// The row's own part, or that of one of those that refer to it.
    pub(super) part: usize,
}

impl Found {
    fn is_same(&self, other: &Self) -> bool {
        self.group == other.group && self.literal == other.literal
    }
}

struct Uses<'c> {
    cases: Cases<'c>,
    /// Whose rules are asked.
    rules_of: EntityId,
    case: &'c Case,
    found: Vec<Found>,
    /// What only one row may hold, as the rules name it.
    alone: Vec<(EntityId, FieldId, Literal)>,
    /// The entities with a row that several references name.
    named: Vec<EntityId>,
    part: usize,
    /// The references behind the caller that are to name rows of the test.
    led: Vec<FieldPath>,
    /// The order of what the case says.
    ranks: Ranks,
}

impl Uses<'_> {
    /// Looks at the row that is asked for, with all around it; `None` where there can be no such rows in a test.
    fn of_all(&mut self, entity: EntityId, facts: &KnownFacts) -> Option<()> {
        self.of_row(entity, facts)?;
        for (relation, rows) in &facts.related {
            for row in rows.iter().filter(|row| !row.itself) {
                self.part += usize::from(!matches!(relation, Relation::InSet { .. }));
                self.of_row(relation.entity(), row)?;
                self.of_related(row)?;
            }
        }
        Some(())
    }

    fn of_row(&mut self, entity: EntityId, facts: &KnownFacts) -> Option<()> {
        for (field, literal) in &facts.values {
            self.of_value(entity, facts.me, *field, literal)?;
        }
        let is_behind = |field: &FieldId| {
            let is_lead = facts.me && self.cases.of_caller.leads_by(*field);
            is_lead || facts.mine.contains(field) || is_led_to(self.cases.of_caller, facts, *field)
        };
        for (field, at) in facts.at.iter().filter(|(field, _)| !is_behind(field)) {
            let Some(reference) = self.cases.model.entity(entity).field(*field).reference() else { continue };
            if facts.same.contains(field) {
                if self.named.contains(&reference.to) {
                    continue;
                }
                self.named.push(reference.to);
            }
            self.of_row(reference.to, at)?;
            self.of_related(at)?;
        }
        Some(())
    }

    fn of_related(&mut self, facts: &KnownFacts) -> Option<()> {
        for (relation, rows) in &facts.related {
            for row in rows.iter().filter(|row| !row.itself) {
                self.of_row(relation.entity(), row)?;
                self.of_related(row)?;
            }
        }
        Some(())
    }

    fn of_value(&mut self, entity: EntityId, is_me: bool, field: FieldId, literal: &Literal) -> Option<()> {
        let Cases { model, linked, .. } = self.cases;
        let Some(group) = linked.group(entity, field) else { return Some(()) };
        if self.is_lost(group, literal) {
            return None;
        }
        let is_unique = model.entity(entity).field(field).unique;
        let of_caller = self.of_caller(group, literal);
        let is_callers = !of_caller.is_empty();
        let is_beyond =
            || is_beyond(model.entity(entity).field(field), &linked.named(group, Some(self.rules_of)), literal);
        let is_alone = linked.is_alone(group);
        if is_alone && (linked.is_named(group, literal) || linked.is_ordered(group) && !is_beyond()) {
            let said = (entity, field, literal.clone());
            let is_possible = self.cases.emptied.contains(&entity) && !self.alone.contains(&said);
            return is_possible.then(|| self.alone.push(said));
        }
        if linked.is_named(group, literal) {
            // That the caller holds it cannot be told, and only one row of all tests could.
            return (!is_callers && !is_unique).then_some(());
        }
        let is_account = Some(entity) == model.auth.as_ref().map(|auth| auth.user);
        // The caller holds what callers hold, and nobody else does.
        let is_possible =
            !is_account || if is_me { of_caller == [FieldPath::own(field)] } else { !(is_unique && is_callers) };
        // That is the row behind the caller, and no other.
        let is_behind = |path: &FieldPath| path.leads_on() && self.end(path) == Some((entity, field));
        let is_possible = is_possible && !(is_unique && of_caller.iter().any(is_behind));
        let found = Found { group, literal: literal.clone(), entity, field, part: self.part };
        let is_taken = |other: &Found| other.is_same(&found) && (other.entity, other.field) == (entity, field);
        // Of two fields of the caller that hold the same in a case, neither does in a test.
        let is_clear =
            of_caller.len() <= 1 && (is_alone || !linked.is_ordered(group) || self.has_order(group, is_beyond));
        if !is_clear || !is_possible || is_unique && self.found.iter().any(is_taken) {
            return None;
        }
        self.found.push(found);
        Some(())
    }

    /// Whether what tests count for a group has an order with what the caller holds of it and with what rules name.
    fn has_order(&self, group: usize, is_beyond: impl Fn() -> bool) -> bool {
        let linked = self.cases.linked;
        linked.of_caller(group).count() <= 1 && (linked.named(group, None).is_empty() || is_beyond())
    }

    /// Puts what is said where rules ask for its order into that order; `None` where tests cannot.
    fn put_in_order(&mut self) -> Option<()> {
        let Self { cases, ranks, .. } = self;
        let linked = cases.linked;
        let place =
            |found: &Found| if linked.is_counted(found.group) { place(ranks, found.group, &found.literal) } else { 0 };
        self.found.sort_by_key(place);
        let is_ordered = |found: &Found| {
            let is_below = self.known_by_caller(found).is_some_and(|(_, by)| by < 0);
            rises(&self.ranks, &self.counted_with(found)) && (!is_below || self.below_caller(found).is_some())
        };
        let mut counted = self.found.iter().filter(|found| linked.is_counted(found.group));
        counted.all(is_ordered).then_some(())
    }

    /// The values of a group of which rules ask for the order that are counted, and not told by what the caller holds.
    fn counted_with(&self, found: &Found) -> Vec<&Found> {
        let of_group = self.found.iter().filter(|other| other.group == found.group);
        of_group.filter(|other| self.known_by_caller(other).is_none_or(|(_, by)| by > 0)).collect()
    }

    /// Whether tests count several values in the order of this one.
    fn is_one_of_several(&self, found: &Found) -> bool {
        let is_another = |other: &&Found| other.literal != found.literal && other.part == found.part;
        self.cases.linked.is_counted(found.group) && self.counted_with(found).iter().any(is_another)
    }

    /// The field of the caller in whose order with others a value is, and by how many places it comes after that.
    fn known_by_caller(&self, found: &Found) -> Option<(FieldPath, i64)> {
        let is_user = self.case.caller != Caller::Anonymous;
        let path = self.cases.linked.of_caller(found.group).find(|path| !self.is_led(path)).filter(|_| is_user)?;
        let known = self.cases.of_caller.value(&path)?;
        Some((path, self.ranks.distance(found.group, known, &found.literal)?))
    }

    /// An expression for a value below what the caller holds.
    fn below_caller(&self, found: &Found) -> Option<Expression> {
        let Cases { model, linked, .. } = self.cases;
        let (path, by) = self.known_by_caller(found).filter(|_| linked.is_counted(found.group))?;
        let (entity, field) = self.end(&path)?;
        let is_nullable = model.entity(entity).field(field).nullable;
        let of_me = of_me(model, &path);
        let text = below(scalar(model, linked, found.group)?, is_nullable, &of_me, -by)?;
        Some(Expression::OfCaller { text, said: format!("<{of_me}") })
    }

    /// The fields of the caller that hold a value.
    fn of_caller(&self, group: usize, literal: &Literal) -> Vec<FieldPath> {
        let is_user = self.case.caller != Caller::Anonymous;
        let holds = |path: &FieldPath| is_user && self.cases.of_caller.value(path) == Some(literal);
        self.cases.linked.of_caller(group).filter(|path| !self.is_led(path)).filter(holds).collect()
    }

    /// Whether a path from the caller leads to other rows by the time the test asks.
    fn is_led(&self, path: &FieldPath) -> bool {
        path.leads_on() && self.led.iter().any(|place| place.begin() == path.begin())
    }

    /// Whether rules compare a value with that of a row which is not behind the caller any more when the test asks.
    fn is_lost(&self, group: usize, literal: &Literal) -> bool {
        let linked = self.cases.linked;
        let is_told = |path: &FieldPath| linked.is_counted(group) || self.cases.of_caller.value(path) == Some(literal);
        let mut told = linked.of_caller(group).filter(is_told);
        told.any(|path| self.led.iter().any(|place| led::is_beside(place, &path)))
    }

    /// Where a path from the caller ends.
    fn end(&self, path: &FieldPath) -> Option<(EntityId, FieldId)> {
        steps(self.cases.model, path).last()
    }

    /// An expression for what the caller holds, where a value is that.
    fn named_by_caller(&self, found: &Found) -> Option<Expression> {
        let Cases { model, linked, .. } = self.cases;
        let path = self.of_caller(found.group, &found.literal).into_iter().next()?;
        let of_me = of_me(model, &path);
        let may_be_null = |(entity, field): (EntityId, FieldId)| model.entity(entity).field(field).nullable;
        let same = self.found.iter().filter(|other| other.is_same(found));
        let is_told = same.map(|found| (found.entity, found.field)).any(|place| !may_be_null(place));
        // Every caller of tests holds something, which the types do not know.
        let other = self.end(&path).filter(|end| is_told && may_be_null(*end));
        let other = other.and_then(|_| nothing(scalar(model, linked, found.group)?));
        let text = other.map_or_else(|| of_me.clone(), |other| format!("{of_me} ?? {other}"));
        Some(Expression::OfCaller { text, said: format!("={of_me}") })
    }
}

/// The steps of a path from the caller.
fn steps<'p>(model: &'p Model, path: &'p FieldPath) -> impl Iterator<Item = (EntityId, FieldId)> + 'p {
    model.auth.iter().flat_map(move |auth| model.along(auth.user, path))
}

/// An expression for what is at the end of a path from the caller.
fn of_me(model: &Model, path: &FieldPath) -> String {
    let steps = steps(model, path).enumerate().map(|(place, (entity, step))| {
        let field = model.entity(entity).field(step);
        if place < path.references.len() { field.name.camel().clone() } else { field_property(field) }
    });
    std::iter::once(ME.to_owned()).chain(steps).collect::<Vec<_>>().join(".")
}

/// Whether a reference names a row behind the caller.
pub(super) fn is_led_to(of_caller: &CallerFacts, facts: &KnownFacts, reference: FieldId) -> bool {
    shared(facts).any(|(field, path)| field == reference && of_caller.leads_by(path.begin()))
}
