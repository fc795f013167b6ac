//! The words of the spec's upper levels.

use super::{Place, Takes, Word};

pub(super) const TOP: &[Word] = &[
    Word::new("backsmith", Takes::Version, "The version of the language.", "backsmith: 1"),
    Word::new("name", Takes::Slug, "The project's name, for its folder, package and tokens.", "name: bookshop"),
    Word::new("description", Takes::Text, "What the project is, in your words.", "description: A shop for books."),
    Word::new(
        "framework",
        Takes::Word(Place::Framework),
        "The framework that the project is written for.",
        "framework: express",
    )
    .also(&["target", "backend", "server"]),
    Word::new("database", Takes::Word(Place::Database), "Where the project keeps its rows.", "database: sqlite")
        .also(&["db", "store"]),
    Word::new(
        "auth",
        Takes::Map(Place::Auth),
        "Adds the login; without it, everything is open to anyone.",
        "auth: { roles: [staff] }",
    )
    .also(&["authentication", "login"]),
    Word::new("entities", Takes::Entities, "What is stored, and who may do what with it.", "entities:").also(&[
        "models",
        "tables",
        "schema",
        "resources",
    ]),
    Word::new(
        "api",
        Takes::Map(Place::Api),
        "Base path, paging, limits, origins and documentation of the HTTP API.",
        "api: { base: /api/v2 }",
    )
    .also(&["http", "rest"]),
    Word::new("extras", Takes::Anything, "More than rows: files, e-mail, jobs, payments.", "extras:").not_yet(),
];

pub(super) const FRAMEWORKS: &[Word] = &[
    Word::new("express", Takes::Nothing, "Express 5 with TypeScript on Node.", "framework: express").also(&[
        "expressjs",
        "express.js",
        "node",
    ]),
    Word::new("fastapi", Takes::Nothing, "FastAPI with SQLAlchemy on Python.", "framework: fastapi")
        .not_yet()
        .also(&["python"]),
    Word::new("nestjs", Takes::Nothing, "NestJS with TypeScript on Node.", "framework: nestjs")
        .not_yet()
        .also(&["nest"]),
    Word::new("gin", Takes::Nothing, "Gin on Go.", "framework: gin").not_yet().also(&["go", "golang"]),
    Word::new("flask", Takes::Nothing, "Flask with Celery on Python.", "framework: flask").not_yet(),
    Word::new("nextjs", Takes::Nothing, "Next.js, pages and API in one project.", "framework: nextjs")
        .not_yet()
        .also(&["next", "next.js"]),
    Word::new("django", Takes::Nothing, "Django on Python.", "framework: django").not_yet(),
    Word::new("spring", Takes::Nothing, "Spring Boot on Java.", "framework: spring").not_yet().also(&[
        "spring_boot",
        "springboot",
        "spring-boot",
        "java",
    ]),
    Word::new("axum", Takes::Nothing, "Axum on Rust.", "framework: axum").not_yet().also(&["rust"]),
];

pub(super) const DATABASES: &[Word] = &[
    Word::new("sqlite", Takes::Nothing, "SQLite, one file beside the project.", "database: sqlite").also(&["sqlite3"]),
    Word::new("postgresql", Takes::Nothing, "PostgreSQL with a pool of connections.", "database: postgresql")
        .also(&["postgres", "pg", "psql"]),
    Word::new("mysql", Takes::Nothing, "MySQL or MariaDB.", "database: mysql").not_yet().also(&["mariadb"]),
    Word::new("mongodb", Takes::Nothing, "MongoDB with an object mapper.", "database: mongodb")
        .not_yet()
        .also(&["mongo"]),
    Word::new("supabase", Takes::Nothing, "Supabase: PostgreSQL with row-level security.", "database: supabase")
        .not_yet(),
];

pub(super) const AUTH: &[Word] = &[
    Word::new("methods", Takes::Words(Place::AuthMethod), "How users log in.", "methods: [password]")
        .default("[password]")
        .also(&["method", "providers"]),
    Word::new(
        "roles",
        Takes::Roles,
        "The roles; `admin > staff` gives admin what staff has.",
        "roles: \"admin > staff, buyer\"",
    )
    .also(&["role", "groups"]),
    Word::new("default_role", Takes::Role, "The role of a newly registered user.", "default_role: buyer"),
    Word::new("hash", Takes::Word(Place::PasswordHash), "How passwords are hashed.", "hash: bcrypt")
        .default("argon2id")
        .also(&["hashing", "password_hash"]),
    Word::new(
        "password",
        Takes::Map(Place::Password),
        "What a password must be like.",
        "password: { length: 12..128 }",
    )
    .also(&["passwords", "password_policy"]),
];

pub(super) const PASSWORD: &[Word] = &[Word::new(
    "length",
    Takes::Range,
    "How many characters a password has. Kinds of characters are not asked for, because that makes passwords weaker.",
    "length: 12..128",
)
.default("8..128")
.also(&["size", "characters"])];

pub(super) const HASHES: &[Word] = &[
    Word::new("argon2id", Takes::Nothing, "Argon2id, as OWASP recommends.", "hash: argon2id").also(&["argon2"]),
    Word::new("bcrypt", Takes::Nothing, "bcrypt with cost 12, over all of the password.", "hash: bcrypt"),
];

pub(super) const METHODS: &[Word] =
    &[Word::new("password", Takes::Nothing, "E-mail and password.", "methods: [password]")
        .also(&["email", "credentials"])];

pub(super) const ENTITY: &[Word] = &[
    Word::new("fields", Takes::Fields, "What a row holds.", "fields: { title: string 1..200 }").also(&[
        "columns",
        "attributes",
        "properties",
    ]),
    Word::new("access", Takes::Map(Place::Access), "Who may do what.", "access: { read: anyone, write: staff }")
        .also(&["permissions", "policy", "rules"]),
    Word::new("owner", Takes::Path, "The field that holds the user a row belongs to.", "owner: author"),
    Word::new("description", Takes::Text, "What the entity is, in your words.", "description: A book on sale."),
    Word::new("label", Takes::Text, "What people call one row.", "label: Book"),
    Word::new("check", Takes::Conditions, "What must hold of every row.", "check: [to_day >= from_day]"),
    Word::new(
        "transitions",
        Takes::Transitions,
        "How a field may change.",
        "transitions: { status: { cart -> paid: owner } }",
    ),
    Word::new("unique", Takes::FieldSets, "Several fields that no two rows may share.", "unique: [\"order, book\"]"),
    Word::new("index", Takes::FieldSets, "Fields that are looked up together.", "index: [\"status, price desc\"]")
        .also(&["indexes", "indices"]),
    Word::new("search", Takes::FieldNames, "The fields that `q` looks into.", "search: [title]"),
    Word::new("plural", Takes::Name, "The plural, where it is not the usual one.", "plural: People"),
    Word::new("table", Takes::Name, "The table, where it is not the plural.", "table: people"),
];
