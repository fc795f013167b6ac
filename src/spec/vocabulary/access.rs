//! The words of access rules.

use super::Word;

pub(super) const KEYS: &[Word] = &[
    Word::new("read", "a rule", "Who may list rows and get one.", "read: anyone").also(&["view", "select", "show"]),
    Word::new("write", "a rule", "Who may create, update and delete rows.", "write: staff").also(&["edit", "manage"]),
    Word::new("list", "a rule", "Who may list rows.", "list: staff").default("what `read` says").also(&["index"]),
    Word::new("get", "a rule", "Who may get one row.", "get: owner, staff").default("what `read` says"),
    Word::new("create", "a rule", "Who may create rows.", "create: signed_in")
        .default("what `write` says")
        .also(&["insert", "post", "add"]),
    Word::new("update", "a rule", "Who may change rows.", "update: owner")
        .default("what `write` says")
        .also(&["patch", "put", "change"]),
    Word::new("delete", "a rule", "Who may delete rows.", "delete: owner, staff")
        .default("what `write` says")
        .also(&["remove", "destroy"]),
];

pub(super) const GRANTS: &[Word] = &[
    Word::new("anyone", "", "Everybody, without a login too.", "read: anyone").also(&[
        "public",
        "everyone",
        "everybody",
        "all",
        "any",
        "anonymous",
        "guest",
    ]),
    Word::new("signed_in", "", "Every user who is logged in.", "create: signed_in").also(&[
        "authenticated",
        "logged_in",
        "user",
        "users",
        "member",
    ]),
    Word::new("owner", "", "The user the row belongs to.", "update: owner").also(&["self", "me", "author"]),
    Word::new("nobody", "", "Nobody; the operation does not exist.", "delete: nobody")
        .also(&["none", "never", "no", "noone", "no_one"]),
];
