//! Models for tests, built by hand or of a spec.

#![allow(clippy::unwrap_used)]

use crate::code::Slug;
use crate::model::{
    Access, Api, Auth, Bound, Bounds, Default, DeleteRule, Entity, EntityId, EntityKind, EntityLines, EntityName,
    Field, FieldId, Form, Grant, Interval, Literal, Model, Name, Naming, Owner, PasswordHash, Range, Reference, Role,
    RoleId, Roles, Rule, Scalar, Type, Who, Write,
};

/// The model of a spec without an error.
pub(crate) fn resolved(spec: &str) -> Model {
    let (model, problems) = crate::model::resolve(&crate::spec::read(spec).spec.unwrap());
    assert!(!problems.iter().any(crate::spec::Diagnostic::is_error), "{problems:?}");
    model.unwrap()
}

pub(crate) fn field(name: &str, ty: Type) -> Field {
    let name = Name::new(name).unwrap();
    Field {
        wire: Naming::Camel.wire(&ty.key(&name)),
        name,
        label: None,
        description: None,
        column: None,
        ty,
        nullable: false,
        unique: false,
        default: None,
        write: Write::Callers,
        write_rule: None,
        private: false,
        read_rule: None,
        origin: None,
    }
}

fn scalar(name: &str, scalar: Scalar) -> Field {
    field(name, Type::Scalar(scalar))
}

fn list(name: &str, item: Scalar, min: u32, max: u32) -> Field {
    field(name, Type::List { item, count: Range { min, max } })
}

fn reference(name: &str, to: usize) -> Field {
    field(name, Type::Reference(Reference { to: EntityId(to), on_delete: DeleteRule::Restrict }))
}

fn nullable(field: Field) -> Field {
    Field { nullable: true, ..field }
}

fn defaulting(default: Default, field: Field) -> Field {
    Field { default: Some(default), ..field }
}

fn rule(who: &[Who]) -> Rule {
    Rule { grants: who.iter().map(|&who| Grant { who, when: Vec::new() }).collect(), origin: None }
}

fn entity(name: &str, fields: Vec<Field>, owner: Option<usize>, access: Access) -> Entity {
    Entity {
        name: EntityName::new(name).unwrap(),
        kind: EntityKind::Ordinary,
        label: None,
        description: None,
        fields,
        other_sides: Vec::new(),
        unique: Vec::new(),
        indexes: Vec::new(),
        search: Vec::new(),
        table: None,
        owner: owner.map(|field| Owner::Field(FieldId(field))),
        checks: Vec::new(),
        transitions: Vec::new(),
        access,
        origin: None,
    }
}

fn user(fields: Vec<Field>) -> Entity {
    Entity { kind: EntityKind::User, ..entity("User", fields, None, Access::default()) }
}

fn length(min: u32, max: u32) -> Range<u32> {
    Range { min, max }
}

fn price() -> Scalar {
    Scalar::Decimal { precision: 10, scale: 2, units: Range { min: 0, max: 9_999_999_999 } }
}

fn staff() -> Auth {
    let staff = Role { name: Name::new("staff").unwrap(), includes: vec![RoleId(0)] };
    Auth {
        user: EntityId(0),
        roles: Roles::new(vec![staff]),
        default_role: None,
        hash: PasswordHash::default(),
        password_length: Auth::PASSWORD_LENGTH,
    }
}

/// The starter with books and their reviews.
pub(crate) fn bookshop() -> Model {
    let staff_only = || rule(&[Who::Role(RoleId(0))]);
    let anyone = || rule(&[Who::Anyone]);
    let books =
        Access { list: anyone(), get: anyone(), create: staff_only(), update: staff_only(), delete: staff_only() };
    let reviews = Access {
        list: anyone(),
        get: anyone(),
        create: rule(&[Who::SignedIn]),
        update: rule(&[Who::Owner]),
        delete: rule(&[Who::Owner, Who::Role(RoleId(0))]),
    };
    let title = scalar("title", Scalar::String { length: length(1, 200), form: Form::default() });
    let stars = scalar("stars", Scalar::Integer(Range { min: 1, max: 5 }));
    Model {
        name: Slug::new("bookshop").unwrap(),
        description: None,
        api: Api::default(),
        auth: Some(staff()),
        entities: vec![
            user(Vec::new()),
            entity("Book", vec![title, scalar("price", price())], None, books),
            entity("Review", vec![stars, reference("book", 1), reference("author", 0)], Some(2), reviews),
        ]
        .into(),
        lines: EntityLines::default(),
    }
}

/// Every type and every way to leave a field out, open to anyone.
pub(crate) fn every_type() -> Model {
    let anyone = || rule(&[Who::Anyone]);
    let access = Access { list: anyone(), get: anyone(), create: anyone(), update: anyone(), delete: anyone() };
    let open = |value| Bound { value, inclusive: false };
    let closed = |value| Bound { value, inclusive: true };
    let words = || Scalar::Enum(vec!["draft".to_owned(), "on_sale".to_owned(), "N/A".to_owned()]);
    let fields = vec![
        scalar("title", Scalar::String { length: length(1, 20), form: Form::default() }),
        nullable(scalar("body", Scalar::Text { length: length(0, 65_535), form: Form::default() })),
        scalar("stars", Scalar::Integer(Range { min: -3, max: 5 })),
        nullable(scalar("serial", Scalar::Bigint(Range { min: -(10_i64.pow(18) - 1), max: 10_i64.pow(18) - 1 }))),
        scalar("ratio", Scalar::Number(Bounds { lower: Some(open(0.0)), upper: Some(closed(2.5)) })),
        nullable(scalar("weight", Scalar::Number(Bounds::NONE))),
        scalar("price", price()),
        nullable(scalar("delta", Scalar::Decimal { precision: 6, scale: 3, units: Range { min: -1500, max: 250 } })),
        defaulting(Default::Literal(Literal::Boolean(true)), scalar("active", Scalar::Boolean)),
        defaulting(Default::Now, scalar("day", Scalar::Date(Interval::WHOLE))),
        defaulting(Default::Now, scalar("moment", Scalar::DateTime)),
        defaulting(Default::Now, scalar("opens", Scalar::Time(Interval::WHOLE))),
        nullable(scalar("token", Scalar::Uuid)),
        nullable(scalar("contact", Scalar::Email)),
        nullable(scalar("site", Scalar::Url)),
        nullable(scalar("extra", Scalar::Json)),
        scalar("payload", Scalar::Json),
        defaulting(Default::Literal(Literal::Enum("draft".to_owned())), scalar("status", words())),
        list("tags", Scalar::String { length: length(1, 5), form: Form::default() }, 0, 3),
        list("sizes", Scalar::Integer(Range { min: 0, max: 9 }), 1, 4),
        list("states", words(), 0, 100),
        list("notes", Scalar::Json, 0, 2),
        nullable(reference("parent", 0)),
        scalar("sort", Scalar::String { length: length(0, 9), form: Form::default() }),
        Field {
            private: true,
            ..nullable(scalar("secret", Scalar::String { length: length(0, 9), form: Form::default() }))
        },
        Field { write: Write::Nobody, ..nullable(scalar("computed", Scalar::Integer(Range { min: 0, max: 9 }))) },
    ];
    let thing = Entity { search: vec![FieldId(0), FieldId(1)], ..entity("Thing", fields, None, access) };
    Model {
        name: Slug::new("every-type").unwrap(),
        description: None,
        api: Api::default(),
        auth: None,
        entities: vec![thing].into(),
        lines: EntityLines::default(),
    }
}
