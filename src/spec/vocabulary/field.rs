//! The words of fields.

use super::Word;

pub(super) const TYPES: &[Word] = &[
    Word::new("string", "", "A short string; a range is its length.", "title: string 1..200")
        .default("0..255")
        .also(&["str", "varchar", "char", "nvarchar"]),
    Word::new("text", "", "A long string; a range is its length.", "body: text")
        .default("0..65535")
        .also(&["longtext", "clob", "markdown"]),
    Word::new("integer", "", "A whole number of 32 bits.", "stars: integer 1..5")
        .also(&["int", "int32", "serial", "int4"]),
    Word::new("bigint", "", "A whole number of at most 18 digits.", "views: bigint >= 0").also(&[
        "long",
        "int64",
        "int8",
        "bigserial",
    ]),
    Word::new("number", "", "A number with a fraction, not exact.", "weight: number > 0")
        .also(&["float", "double", "real", "float64"]),
    Word::new(
        "decimal",
        "(digits, digits after the point)",
        "An exact number, for money.",
        "price: decimal(10,2) >= 0",
    )
    .also(&["numeric", "money"]),
    Word::new("boolean", "", "True or false.", "active: boolean = true").also(&["bool", "bit", "flag"]),
    Word::new("date", "", "A day.", "born: date"),
    Word::new("datetime", "", "A moment, in UTC.", "due_at: datetime").also(&["timestamp", "timestamptz", "instant"]),
    Word::new("time", "", "A time of day.", "opens: time"),
    Word::new("uuid", "", "A UUID.", "key: uuid unique").also(&["guid"]),
    Word::new("email", "", "An e-mail address.", "contact: email").also(&["e-mail", "mail"]),
    Word::new("url", "", "A web address.", "site: url?").also(&["uri", "link"]),
    Word::new("json", "", "Any JSON value.", "settings: json").also(&["jsonb", "object", "map", "dict"]),
    Word::new("enum", "(values)", "One of some values; `a | b` says the same.", "currency: enum(EUR, \"1.5\")"),
    Word::new("file", "", "A file that is uploaded.", "manual: file").not_yet().also(&["upload", "blob", "binary"]),
    Word::new("image", "", "A picture that is uploaded.", "cover: image").not_yet().also(&["picture", "photo"]),
];

pub(super) const PARTS: &[Word] = &[
    Word::new("unique", "", "No two rows have the same value.", "isbn: string unique"),
    Word::new("readonly", "", "Nobody writes it through the API.", "score: integer readonly = 0")
        .also(&["read_only", "immutable"]),
    Word::new("write_once", "", "Written when the row is created, never after.", "code: string write_once").not_yet(),
    Word::new("private", "", "Nobody reads it through the API.", "note: string? private").also(&["hidden", "secret"]),
    Word::new("lowercase", "", "A to Z are stored as a to z.", "slug: string lowercase").not_yet().also(&["lower"]),
    Word::new("by", "a field", "The other side of that field; stores nothing.", "books: Book[] by author"),
    Word::new("through", "an entity", "Reads across another entity.", "tags: Tag[] through BookTag").not_yet(),
    Word::new("restrict", "", "The row referred to cannot be deleted.", "author: Author restrict"),
    Word::new("cascade", "", "This row goes when the one referred to goes.", "book: Book cascade"),
    Word::new("set_null", "", "The reference becomes null when its row goes.", "editor: User? set_null")
        .also(&["nullify"]),
    Word::new("read", "(rule)", "Who may read this field.", "cost: integer read(staff)").not_yet(),
    Word::new("write", "(rule)", "Who may write this field.", "cost: integer write(staff)").not_yet(),
];

pub(super) const MAP: &[Word] = &[
    Word::new("type", "a type", "The type, as on a line.", "{ type: string? }"),
    Word::new("length", "a range", "The length of a string.", "{ type: string, length: 1..120 }"),
    Word::new("range", "a range", "The least and the greatest value.", "{ type: integer, range: 1..5 }"),
    Word::new("pattern", "a pattern", "What the whole value must match.", "{ type: string, pattern: /[0-9]{13}/ }")
        .not_yet(),
    Word::new("default", "a value", "The value when a caller gives none.", "{ type: integer, default: 0 }"),
    Word::new("unique", "true", "No two rows have the same value.", "{ type: string, unique: true }"),
    Word::new("readonly", "true", "Nobody writes it through the API.", "{ type: integer, readonly: true }"),
    Word::new("private", "true", "Nobody reads it through the API.", "{ type: string, private: true }"),
    Word::new("write_once", "true", "Written on creation only.", "{ type: string, write_once: true }").not_yet(),
    Word::new("lowercase", "true", "A to Z are stored as a to z.", "{ type: string, lowercase: true }").not_yet(),
    Word::new("by", "a field", "The other side of that field.", "{ type: \"Book[]\", by: author }"),
    Word::new("through", "an entity", "Reads across another entity.", "{ type: \"Tag[]\", through: BookTag }")
        .not_yet(),
    Word::new(
        "on_delete",
        "a delete rule",
        "What happens when the row referred to goes.",
        "{ type: Book, on_delete: cascade }",
    ),
    Word::new("read", "a rule", "Who may read this field.", "{ type: integer, read: staff }").not_yet(),
    Word::new("write", "a rule", "Who may write this field.", "{ type: integer, write: staff }").not_yet(),
    Word::new("description", "text", "What the field is, in your words.", "{ type: string, description: The title. }"),
    Word::new("label", "text", "What people call the field.", "{ type: string, label: Title }").not_yet(),
    Word::new("column", "a name", "The column, where it is not the field's name.", "{ type: string, column: titel }")
        .not_yet(),
];
