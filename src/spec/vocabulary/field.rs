//! The words of fields.

use super::{Takes, Word};

pub(super) const TYPES: &[Word] = &[
    Word::new("string", Takes::Nothing, "A short string; a range is its length.", "title: string 1..200")
        .default("0..255")
        .also(&["str", "varchar", "char", "nvarchar"]),
    Word::new("text", Takes::Nothing, "A long string; a range is its length.", "body: text")
        .default("0..65535")
        .also(&["longtext", "clob", "markdown"]),
    Word::new("integer", Takes::Nothing, "A whole number of 32 bits.", "stars: integer 1..5")
        .also(&["int", "int32", "serial", "int4"]),
    Word::new("bigint", Takes::Nothing, "A whole number of at most 18 digits.", "views: bigint >= 0").also(&[
        "long",
        "int64",
        "int8",
        "bigserial",
    ]),
    Word::new("number", Takes::Nothing, "A number with a fraction, not exact.", "weight: number > 0")
        .also(&["float", "double", "real", "float64"]),
    Word::new(
        "decimal",
        Takes::Arguments("digits, digits after the point"),
        "An exact number, for money.",
        "price: decimal(10,2) >= 0",
    )
    .also(&["numeric", "money"]),
    Word::new("boolean", Takes::Nothing, "True or false.", "active: boolean = true").also(&["bool", "bit", "flag"]),
    Word::new("date", Takes::Nothing, "A day.", "born: date"),
    Word::new("datetime", Takes::Nothing, "A moment, in UTC.", "due_at: datetime").also(&[
        "timestamp",
        "timestamptz",
        "instant",
    ]),
    Word::new("time", Takes::Nothing, "A time of day.", "opens: time"),
    Word::new("uuid", Takes::Nothing, "A UUID.", "key: uuid unique").also(&["guid"]),
    Word::new("email", Takes::Nothing, "An e-mail address.", "contact: email").also(&["e-mail", "mail"]),
    Word::new("url", Takes::Nothing, "A web address.", "site: url?").also(&["uri", "link"]),
    Word::new("json", Takes::Nothing, "Any JSON value.", "settings: json").also(&["jsonb", "object", "map", "dict"]),
    Word::new(
        "enum",
        Takes::Arguments("values"),
        "One of some values; `a | b` says the same.",
        "currency: enum(EUR, \"1.5\")",
    ),
    Word::new("file", Takes::Nothing, "A file that is uploaded.", "manual: file")
        .not_yet()
        .also(&["upload", "blob", "binary"]),
    Word::new("image", Takes::Nothing, "A picture that is uploaded.", "cover: image")
        .not_yet()
        .also(&["picture", "photo"]),
];

pub(super) const PARTS: &[Word] = &[
    Word::new("unique", Takes::Nothing, "No two rows have the same value.", "isbn: string unique"),
    Word::new("readonly", Takes::Nothing, "Nobody writes it through the API.", "score: integer readonly = 0")
        .also(&["read_only", "immutable"]),
    Word::new("write_once", Takes::Nothing, "Written when the row is created, never after.", "code: string write_once"),
    Word::new("private", Takes::Nothing, "The API neither shows nor takes it.", "note: string? private")
        .also(&["hidden", "secret"]),
    Word::new("lowercase", Takes::Nothing, "A to Z are stored as a to z.", "slug: string lowercase").also(&["lower"]),
    Word::new("by", Takes::Field, "The other side of that field; stores nothing.", "books: Book[] by author"),
    Word::new("through", Takes::Entity, "Reads across another entity.", "tags: Tag[] through BookTag"),
    Word::new("restrict", Takes::Nothing, "The row referred to cannot be deleted.", "author: Author restrict"),
    Word::new("cascade", Takes::Nothing, "This row goes when the one referred to goes.", "book: Book cascade"),
    Word::new("set_null", Takes::Nothing, "The reference becomes null when its row goes.", "editor: User? set_null")
        .also(&["nullify"]),
    Word::new("read", Takes::Arguments("rule"), "Who may read this field.", "cost: integer read(staff)"),
    Word::new("write", Takes::Arguments("rule"), "Who may write this field.", "cost: integer? write(staff)"),
];

pub(super) const MAP: &[Word] = &[
    Word::new("type", Takes::Type, "The type, as on a line.", "{ type: string? }"),
    Word::new("length", Takes::Range, "The length of a string.", "{ type: string, length: 1..120 }"),
    Word::new("range", Takes::Range, "The least and the greatest value.", "{ type: integer, range: 1..5 }"),
    Word::new("pattern", Takes::Pattern, "What the whole value must match.", "{ type: string, pattern: /[0-9]{13}/ }"),
    Word::new("default", Takes::Value, "The value when a caller gives none.", "{ type: integer, default: 0 }"),
    Word::new("unique", Takes::Flag, "No two rows have the same value.", "{ type: string, unique: true }"),
    Word::new("readonly", Takes::Flag, "Nobody writes it through the API.", "{ type: integer, readonly: true }"),
    Word::new("private", Takes::Flag, "The API neither shows nor takes it.", "{ type: string, private: true }"),
    Word::new("write_once", Takes::Flag, "Written on creation only.", "{ type: string, write_once: true }"),
    Word::new("lowercase", Takes::Flag, "A to Z are stored as a to z.", "{ type: string, lowercase: true }"),
    Word::new("by", Takes::Field, "The other side of that field.", "{ type: \"Book[]\", by: author }"),
    Word::new("through", Takes::Entity, "Reads across another entity.", "{ type: \"Tag[]\", through: BookTag }"),
    Word::new(
        "on_delete",
        Takes::DeleteRule,
        "What happens when the row referred to goes.",
        "{ type: Book, on_delete: cascade }",
    ),
    Word::new("read", Takes::Rule, "Who may read this field.", "{ type: integer, read: staff }"),
    Word::new("write", Takes::Rule, "Who may write this field.", "{ type: integer?, write: staff }"),
    Word::new(
        "description",
        Takes::Text,
        "What the field is, in your words.",
        "{ type: string, description: The title. }",
    ),
    Word::new("label", Takes::Text, "What people call the field.", "{ type: string, label: Title }"),
    Word::new(
        "column",
        Takes::Name,
        "The column, where it is not the field's name.",
        "{ type: string, column: titel }",
    ),
];
