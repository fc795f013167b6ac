//! The words of access rules.

use super::{Takes, Word};

pub(super) const KEYS: &[Word] = &[
    Word::new("read", Takes::Rule, "Who may list rows and get one.", "read: anyone").also(&["view", "select", "show"]),
    Word::new("write", Takes::Rule, "Who may create, update and delete rows.", "write: staff")
        .also(&["edit", "manage"]),
    Word::new("list", Takes::Rule, "Who may list rows.", "list: staff").default("what `read` says").also(&["index"]),
    Word::new("get", Takes::Rule, "Who may get one row.", "get: owner, staff").default("what `read` says"),
    Word::new("create", Takes::Rule, "Who may create rows.", "create: signed_in")
        .default("what `write` says")
        .also(&["insert", "post", "add"]),
    Word::new("update", Takes::Rule, "Who may change rows.", "update: owner")
        .default("what `write` says")
        .also(&["patch", "put", "change"]),
    Word::new("delete", Takes::Rule, "Who may delete rows.", "delete: owner, staff")
        .default("what `write` says")
        .also(&["remove", "destroy"]),
];

pub(super) const GRANTS: &[Word] = &[
    Word::new("anyone", Takes::Nothing, "Everybody, without a login too.", "read: anyone").also(&[
        "public",
        "everyone",
        "everybody",
        "all",
        "any",
        "anonymous",
        "guest",
    ]),
    Word::new("signed_in", Takes::Nothing, "Every user who is logged in.", "create: signed_in").also(&[
        "authenticated",
        "logged_in",
        "user",
        "users",
        "member",
    ]),
    Word::new("owner", Takes::Nothing, "The user the row belongs to.", "update: owner").also(&["self", "me", "author"]),
    Word::new("nobody", Takes::Nothing, "Nobody; the operation does not exist.", "delete: nobody")
        .also(&["none", "never", "no", "noone", "no_one"]),
];
