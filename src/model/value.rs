//! Scalars, their bounds and literal values.

use super::Pattern;

/// The ends of a count or a length, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<T> {
    /// The least.
    pub min: T,
    /// The greatest.
    pub max: T,
}

/// An end of a range of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound<T> {
    /// The value at the end.
    pub value: T,
    /// Whether that value itself is allowed.
    pub inclusive: bool,
}

/// The ends of a range of values; either may be open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds<T> {
    /// From here.
    pub lower: Option<Bound<T>>,
    /// To here.
    pub upper: Option<Bound<T>>,
}

impl<T> Bounds<T> {
    /// No bounds at all.
    pub const NONE: Self = Self { lower: None, upper: None };
}

/// The first and the last of some days or times of day, in their canonical form; either may be open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interval {
    /// The first.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

impl Interval {
    /// Every day, or every time of day.
    pub const WHOLE: Self = Self { first: None, last: None };

    /// Whether a value in its canonical form, which orders as time does, lies within.
    pub fn contains(&self, text: &str) -> bool {
        self.first.as_deref().is_none_or(|first| first <= text) && self.last.as_deref().is_none_or(|last| text <= last)
    }
}

/// How a string is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// What the whole value matches, before it is folded.
    pub pattern: Option<Pattern>,
    /// Whether `A` to `Z` are stored as `a` to `z`.
    pub lowercase: bool,
}

impl Form {
    /// The pattern of what may be given: what it matches, it matches after it has been folded too.
    pub fn given(&self) -> Option<Pattern> {
        self.pattern.as_ref().map(|pattern| if self.lowercase { pattern.before_lowering() } else { pattern.clone() })
    }

    /// The text as it is stored.
    pub fn stored(&self, text: &str) -> String {
        if self.lowercase { text.to_ascii_lowercase() } else { text.to_owned() }
    }

    /// Whether a text that is yet to be stored matches.
    pub fn takes(&self, text: &str) -> bool {
        self.pattern.as_ref().is_none_or(|pattern| pattern.matches(&self.stored(text)))
    }

    /// A stored text of that length, another one for each number; `None` without a pattern, or where none matches.
    pub fn sample(&self, length: Range<u32>, number: usize) -> Option<String> {
        let pattern = self.pattern.as_ref()?;
        let small = self.lowercase.then(|| pattern.without_capitals());
        small.as_ref().unwrap_or(pattern).sample(length.min, length.max, number)
    }
}

/// One kind of single value.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// A short string; its length in code points.
    String {
        /// The length.
        length: Range<u32>,
        /// What else holds of it.
        form: Form,
    },
    /// A long string; its length in code points.
    Text {
        /// The length.
        length: Range<u32>,
        /// What else holds of it.
        form: Form,
    },
    /// A whole number of 32 bits.
    Integer(Range<i32>),
    /// A whole number of at most 18 digits, a string on the wire.
    Bigint(Range<i64>),
    /// A finite double.
    Number(Bounds<f64>),
    /// An exact decimal, a string on the wire.
    Decimal {
        /// All digits, at most 18.
        precision: u8,
        /// The digits after the point.
        scale: u8,
        /// The least and greatest value, in units of the last digit; within the precision.
        units: Range<i64>,
    },
    /// True or false.
    Boolean,
    /// A day.
    Date(Interval),
    /// A moment, UTC with milliseconds.
    DateTime,
    /// A time of day, `HH:MM:SS`.
    Time(Interval),
    /// A UUID.
    Uuid,
    /// An e-mail address, lower case.
    Email,
    /// A web address.
    Url,
    /// Any JSON value.
    Json,
    /// One of some words.
    Enum(Vec<String>),
}

/// A value written in a spec, already checked against its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// For `string`, `text`, `email`, `url` and `uuid`.
    String(String),
    /// For `integer` and `bigint`.
    Integer(i64),
    /// For `number`.
    Number(f64),
    /// For `decimal`, in units of the last digit.
    Decimal(i64),
    /// For `boolean`.
    Boolean(bool),
    /// For `date`, `YYYY-MM-DD`.
    Date(String),
    /// For `datetime`.
    DateTime(DateTime),
    /// For `time`, `HH:MM:SS`.
    Time(String),
    /// For an enum: one of its words.
    Enum(String),
}

/// A moment in its canonical form, `YYYY-MM-DDTHH:MM:SS.sssZ`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTime(pub String);
