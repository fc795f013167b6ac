//! Values in TypeScript: their schemas, types and literals.

use crate::code::{TsRegex, TsString};
use crate::contract::{Value, format};
use crate::model::{Bounds, DateTime, Form, Interval, Literal, Range, Scalar};

use super::parts::digits;

/// The schemas in `src/schemas/values.ts` and `parameters.ts`, by the name of their function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Helper {
    String,
    Integer,
    Bigint,
    Decimal,
    Date,
    Datetime,
    Time,
    Uuid,
    Email,
    Url,
    Json,
    Keys,
    Lowercase,
    Between,
    IntegerParameter,
    NumberParameter,
    BooleanParameter,
}

impl Helper {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Bigint => "bigint",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Time => "time",
            Self::Uuid => "uuid",
            Self::Email => "email",
            Self::Url => "url",
            Self::Json => "json",
            Self::Keys => "keys",
            Self::Lowercase => "lowercase",
            Self::Between => "between",
            Self::IntegerParameter => "integerParameter",
            Self::NumberParameter => "numberParameter",
            Self::BooleanParameter => "booleanParameter",
        }
    }

    /// The module it is in.
    pub(super) const fn module(self) -> &'static str {
        match self {
            Self::IntegerParameter | Self::NumberParameter | Self::BooleanParameter => "./parameters.js",
            _ => "./values.js",
        }
    }
}

/// An expression and the helpers it uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schema {
    pub text: String,
    pub helpers: Vec<Helper>,
}

impl Schema {
    fn of(helper: Helper, arguments: &str) -> Self {
        Self { text: format!("{}({arguments})", helper.name()), helpers: vec![helper] }
    }

    fn zod(text: String) -> Self {
        Self { text, helpers: Vec::new() }
    }

    pub(super) fn nullable(self, nullable: bool) -> Self {
        if nullable { Self { text: format!("{}.nullable()", self.text), ..self } } else { self }
    }
}

/// The schema of a value in a body.
pub(super) fn schema(value: &Value) -> Schema {
    match value {
        Value::One(scalar) => scalar_schema(scalar),
        Value::Keys { count } => Schema::of(Helper::Keys, &format!("{}, {}", count.min, count.max)),
        Value::Many { item, count } => {
            let item = scalar_schema(item);
            let least = if count.min == 0 { String::new() } else { format!(".min({})", count.min) };
            Schema { text: format!("z.array({}){least}.max({})", item.text, count.max), ..item }
        }
    }
}

fn scalar_schema(scalar: &Scalar) -> Schema {
    match scalar {
        Scalar::String { length, form } | Scalar::Text { length, form } => string_schema(*length, form),
        Scalar::Integer(range) => Schema::of(Helper::Integer, &integer_arguments(*range)),
        Scalar::Bigint(_) => Schema::of(Helper::Bigint, &bounds_pattern(scalar)),
        Scalar::Decimal { scale, .. } => Schema::of(Helper::Decimal, &format!("{scale}, {}", bounds_pattern(scalar))),
        Scalar::Number(bounds) => Schema::zod(number_schema(bounds)),
        Scalar::Boolean => Schema::zod("z.boolean()".to_owned()),
        Scalar::Date(interval) => interval_schema(Helper::Date, interval, ["1000-01-01", "2999-12-31"]),
        Scalar::DateTime => Schema::of(Helper::Datetime, ""),
        Scalar::Time(interval) => interval_schema(Helper::Time, interval, ["00:00:00", "23:59:59"]),
        Scalar::Uuid => Schema::of(Helper::Uuid, ""),
        Scalar::Email => Schema::of(Helper::Email, ""),
        Scalar::Url => Schema::of(Helper::Url, ""),
        Scalar::Json => Schema::of(Helper::Json, ""),
        Scalar::Enum(words) => Schema::zod(format!("z.enum({})", strings(words))),
    }
}

fn string_schema(length: Range<u32>, form: &Form) -> Schema {
    let mut schema = Schema::of(Helper::String, &length_arguments(length));
    if let Some(pattern) = form.given() {
        // NUL is refused already, and linters do not like to see it.
        let regex = TsRegex::new(&pattern.ecma_without_nul(), false);
        schema.text.extend([".regex(", &regex.to_string(), ")"]);
    }
    if form.lowercase {
        schema.text.push_str(".overwrite(lowercase)");
        schema.helpers.push(Helper::Lowercase);
    }
    schema
}

/// A day or a time of day, with both ends where it has any.
fn interval_schema(helper: Helper, interval: &Interval, ends: [&str; 2]) -> Schema {
    let plain = Schema::of(helper, "");
    if *interval == Interval::WHOLE {
        return plain;
    }
    let first = TsString::from(interval.first.as_deref().unwrap_or(ends[0]));
    let last = TsString::from(interval.last.as_deref().unwrap_or(ends[1]));
    Schema {
        text: format!("between({}, {first}, {last})", plain.text),
        helpers: [plain.helpers, vec![Helper::Between]].concat(),
    }
}

/// The schema of a value in a query.
pub(super) fn parameter_schema(scalar: &Scalar) -> Schema {
    match scalar {
        Scalar::Integer(range) => Schema::of(Helper::IntegerParameter, &integer_arguments(*range)),
        Scalar::Number(bounds) => Schema::of(Helper::NumberParameter, &number_schema(bounds)),
        Scalar::Boolean => Schema::of(Helper::BooleanParameter, ""),
        other => scalar_schema(other),
    }
}

fn length_arguments(length: Range<u32>) -> String {
    format!("{}, {}", length.min, digits(length.max))
}

fn integer_arguments(range: Range<i32>) -> String {
    format!("{}, {}", digits(range.min), digits(range.max))
}

fn number_schema(bounds: &Bounds<f64>) -> String {
    let lower = bounds.lower.map(|bound| format!(".{}({})", if bound.inclusive { "gte" } else { "gt" }, bound.value));
    let upper = bounds.upper.map(|bound| format!(".{}({})", if bound.inclusive { "lte" } else { "lt" }, bound.value));
    format!("z.number(){}{}", lower.unwrap_or_default(), upper.unwrap_or_default())
}

fn bounds_pattern(scalar: &Scalar) -> String {
    format::pattern(scalar).map_or_else(String::new, |pattern| TsRegex::new(&pattern, false).to_string())
}

/// `["a", "b"]`
pub(super) fn strings<S: AsRef<str>>(words: &[S]) -> String {
    let mut list = String::from("[");
    for (index, word) in words.iter().enumerate() {
        list.push_str(if index == 0 { "" } else { ", " });
        list.push_str(TsString::from(word.as_ref()).as_str());
    }
    list.push(']');
    list
}

/// The type of a value.
pub(super) fn type_of(value: &Value) -> String {
    match value {
        Value::One(scalar) => scalar_type(scalar),
        Value::Many { item: Scalar::Enum(words), .. } => format!("({})[]", union(words)),
        Value::Many { item, .. } => format!("{}[]", scalar_type(item)),
        Value::Keys { .. } => "string[]".to_owned(),
    }
}

fn scalar_type(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Integer(_) | Scalar::Number(_) => "number".to_owned(),
        Scalar::Boolean => "boolean".to_owned(),
        Scalar::Json => "Json".to_owned(),
        Scalar::Enum(words) => union(words),
        _ => "string".to_owned(),
    }
}

/// `"a" | "b"`
pub(super) fn union(words: &[String]) -> String {
    words.iter().map(|word| TsString::from(word.as_str()).to_string()).collect::<Vec<_>>().join(" | ")
}

/// A value as the rows of the program hold it.
pub(super) fn literal(literal: &Literal, scalar: &Scalar) -> String {
    let text = |text: &str| TsString::from(text).to_string();
    match (literal, scalar) {
        (Literal::Decimal(units), Scalar::Decimal { scale, .. }) => text(&format::write_units(*units, *scale)),
        (Literal::Integer(value), Scalar::Bigint(_)) => text(&value.to_string()),
        (Literal::Integer(value) | Literal::Decimal(value), _) => digits(*value),
        (Literal::Number(value), _) => value.to_string(),
        (Literal::Boolean(value), _) => value.to_string(),
        (
            Literal::String(value)
            | Literal::Date(value)
            | Literal::Time(value)
            | Literal::Enum(value)
            | Literal::DateTime(DateTime(value)),
            _,
        ) => text(value),
    }
}
