//! Tables as Drizzle declares them.

use askama::Template;

use crate::code::{Origin, TsDocComment, TsImports, TsString, TsTemplateText};
use crate::contract::{Source, Value};
use crate::model::{Naming, Scalar, Type};
use crate::project::Part;
use crate::storage::check::Piece;
use crate::storage::{Check, Column, ColumnType, IndexColumn, OnDelete, Table, TableOf};
use crate::targets::express::entity::Entity;
use crate::targets::express::files::typescript;
use crate::targets::express::names::{Keys, identifier};
use crate::targets::express::values::type_of;
use crate::targets::{Draft, Input, RenderError};

use super::dialect::Dialect;
use super::entity_of;

#[derive(Template)]
#[template(path = "express/stores/sql/src/models/entity.model.ts")]
struct Model {
    imports: TsImports,
    doc: Option<TsDocComment>,
    create_table: &'static str,
    table: String,
    name: TsString,
    /// The type of its rows; tables of sets need none.
    row: Option<String>,
    /// What rows have that is stored elsewhere.
    beside: Option<String>,
    columns: Vec<ColumnLine>,
    /// Indexes, and the keys that need a name.
    extras: Vec<String>,
    none: Origin,
}

struct ColumnLine {
    origin: Origin,
    property: String,
    definition: String,
}

/// The model of a table.
pub(super) fn file(input: &Input, dialect: &Dialect, entities: &[Entity], table: &Table) -> Result<Draft, RenderError> {
    let tables = Tables { input, keys: Keys(input.model.api.naming), dialect, entities };
    let here = tables.names(table);
    let mut imports = TsImports::new().with_values(dialect.module, &[dialect.create_table]);
    let mut columns = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let (definition, uses) = tables.definition(table, column, index == 0 && table.key().len() == 1);
        imports.extend(&uses);
        columns.push(ColumnLine {
            origin: tables.origin(table, column),
            property: tables.property(table, column),
            definition,
        });
    }
    let (extras, functions) = tables.extras(table);
    imports = imports.with_values(dialect.module, &functions);
    if extras.iter().any(|extra| extra.contains("sql`")) {
        imports = imports.with_values("drizzle-orm", &["sql"]);
    }
    let description = entity_of(entities, table.of).and_then(|entity| entity.spec.description.as_ref());
    let template = Model {
        imports,
        doc: description.map(TsDocComment::from),
        create_table: dialect.create_table,
        table: here.table,
        name: TsString::from(table.name.as_str()),
        row: here.row,
        beside: entity_of(entities, table.of).and_then(beside),
        columns,
        extras,
        none: Origin::NONE,
    };
    typescript(&format!("src/models/{}.model.ts", here.stem), Part::Source, &template)
}

/// What a table is called in TypeScript.
struct TableNames {
    stem: String,
    table: String,
    row: Option<String>,
}

/// The sets that a row has beside its columns.
fn beside(entity: &Entity) -> Option<String> {
    let sets: Vec<String> = entity.sets.iter().map(|set| format!("{}: string[]", set.property.property)).collect();
    (!sets.is_empty()).then(|| format!("{{ {} }}", sets.join("; ")))
}

struct Tables<'i> {
    input: &'i Input<'i>,
    keys: Keys,
    dialect: &'i Dialect,
    entities: &'i [Entity<'i>],
}

impl Tables<'_> {
    fn names(&self, table: &Table) -> TableNames {
        if let Some(entity) = entity_of(self.entities, table.of) {
            let names = &entity.names;
            return TableNames { stem: names.stem.clone(), table: names.table.clone(), row: Some(names.row.clone()) };
        }
        if let TableOf::Set(entity, field) = table.of {
            let set = self.entities.get(entity.0).and_then(|entity| entity.sets.iter().find(|set| set.field == field));
            if let Some(set) = set {
                return TableNames { stem: set.stem.clone(), table: set.table.clone(), row: None };
            }
        }
        // Tables of features are called in the plural, their files and rows in the singular.
        let one = table.name.strip_suffix('s').unwrap_or(&table.name);
        let row = Naming::Camel.wire(&format!("_{one}"));
        TableNames { stem: one.replace('_', "-"), table: identifier(&Naming::Camel.wire(&table.name)), row: Some(row) }
    }

    fn property(&self, table: &Table, column: &Column) -> String {
        match (entity_of(self.entities, table.of), column.source) {
            (Some(entity), Some(source)) => self.keys.of(entity.spec, source).property,
            _ => self.keys.name(&column.name),
        }
    }

    fn origin(&self, table: &Table, column: &Column) -> Origin {
        let origin = match (entity_of(self.entities, table.of), column.source) {
            (Some(entity), Some(Source::Field(id))) => entity.spec.field(id).origin,
            _ => None,
        };
        origin.map_or(Origin::NONE, Origin::from)
    }

    fn definition(&self, table: &Table, column: &Column, is_key: bool) -> (String, TsImports) {
        let name = TsString::from(column.name.as_str());
        let json = self.json_type(table, column);
        let definition = (self.dialect.column)(&column.ty, &name, &json);
        let mut imports = definition.imports(self.dialect);
        if matches!(column.ty, ColumnType::Json | ColumnType::List) && json.contains("Json") {
            imports = imports.with_types("../utils/json.js", &["Json"]);
        }
        let mut text = definition.text;
        if is_key {
            text.push_str(".primaryKey()");
        } else if !column.nullable {
            text.push_str(".notNull()");
        }
        if column.unique {
            let name = table.unique_name(column);
            // Drizzle forms the same name unless that would be too long.
            let by_itself = format!("{}_{}_unique", table.name, column.name);
            let argument = if name == by_itself { String::new() } else { format!("\"{name}\"") };
            text.extend([".unique(", &argument, ")"]);
        }
        if let Some((reference, uses)) = self.reference(table, column) {
            text.push_str(&reference);
            imports.extend(&uses);
        }
        (text, imports)
    }

    /// What makes a column refer to another table, with what that needs.
    fn reference(&self, table: &Table, column: &Column) -> Option<(String, TsImports)> {
        let key = column.foreign_key.as_ref()?;
        let other = self.input.storage.table_named(&key.table)?;
        let names = self.names(other);
        let mut imports = TsImports::new();
        if other.name != table.name {
            imports = imports.with_values(&format!("./{}.model.js", names.stem), &[&names.table]);
        }
        if (self.dialect.key_name)(table, column, key).is_some() {
            return Some((String::new(), imports));
        }
        // Tables that refer to each other cannot both be known when the types are worked out.
        let mut result = "()".to_owned();
        if self.leads_back(table, other) {
            result = format!("(): {}", self.dialect.column_type);
            imports = imports.with_types(self.dialect.module, &[self.dialect.column_type]);
        }
        let on_delete = on_delete(key.on_delete);
        Some((format!(".references({result} => {}.id, {{ onDelete: \"{on_delete}\" }})", names.table), imports))
    }

    /// Whether references lead back from a table that is referred to.
    fn leads_back(&self, table: &Table, other: &Table) -> bool {
        let TableOf::Entity(id) = other.of else { return false };
        entity_of(self.entities, table.of).is_some_and(|entity| entity.others.in_a_circle.contains(&id))
    }

    /// What is declared beside the columns, and the functions that do so.
    fn extras(&self, table: &Table) -> (Vec<String>, Vec<&'static str>) {
        let indexed = table.columns.iter().filter(|column| column.indexed);
        let indexes: Vec<String> = indexed
            .map(|column| format!("index(\"{}\").on(table.{})", table.index_name(column), self.property(table, column)))
            .chain(table.indexes.iter().map(|set| self.index_of_set(table, set)))
            .collect();
        let unique = table.unique.iter().map(|set| {
            let columns: Vec<String> = set.iter().map(|name| self.column(table, name)).collect();
            format!("unique(\"{}\").on({})", table.unique_set_name(set), columns.join(", "))
        });
        let unique: Vec<String> = unique.collect();
        let key = self.key_of_set(table);
        let keys: Vec<String> = table.columns.iter().filter_map(|column| self.named_key(table, column)).collect();
        let checks: Vec<String> = table.checks.iter().map(|check| self.check(table, check)).collect();
        let functions = [
            ("primaryKey", key.is_some()),
            ("index", !indexes.is_empty()),
            ("unique", !unique.is_empty()),
            ("foreignKey", !keys.is_empty()),
            ("check", !checks.is_empty()),
        ];
        let functions = functions.into_iter().filter_map(|(name, used)| used.then_some(name)).collect();
        (key.into_iter().chain(indexes).chain(unique).chain(keys).chain(checks).collect(), functions)
    }

    /// A column by its name in the database, as an expression over `table`.
    fn column(&self, table: &Table, name: &str) -> String {
        let column = table.columns.iter().find(|column| column.name == name);
        format!("table.{}", column.map_or_else(|| self.keys.name(name), |column| self.property(table, column)))
    }

    fn check(&self, table: &Table, check: &Check) -> String {
        let piece = |piece| match piece {
            Piece::Column(name) => format!("${{{}}}", self.column(table, &name)),
            Piece::Sql(text) => TsTemplateText::from(text.as_str()).to_string(),
        };
        let condition: String = check.condition(self.dialect.literal).into_iter().map(piece).collect();
        format!("check(\"{}\", sql`{condition}`)", table.check_name(check))
    }

    fn index_of_set(&self, table: &Table, set: &[IndexColumn]) -> String {
        let columns = set.iter().map(|of| {
            let column = self.column(table, &of.name);
            if of.descending { (self.dialect.descending)(&column) } else { column }
        });
        let columns: Vec<String> = columns.collect();
        format!("index(\"{}\").on({})", table.index_set_name(set), columns.join(", "))
    }

    fn key_of_set(&self, table: &Table) -> Option<String> {
        let columns = table.key();
        if columns.len() < 2 {
            return None;
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let name = table.key_name();
        // Drizzle forms the same name unless that would be too long.
        let by_itself = format!("{}_{}_pk", table.name, names.join("_"));
        let name = if name == by_itself { String::new() } else { format!("name: \"{name}\", ") };
        let columns: Vec<String> = names.iter().map(|name| self.column(table, name)).collect();
        Some(format!("primaryKey({{ {name}columns: [{}] }})", columns.join(", ")))
    }

    fn named_key(&self, table: &Table, column: &Column) -> Option<String> {
        let key = column.foreign_key.as_ref()?;
        let name = (self.dialect.key_name)(table, column, key)?;
        let other = self.input.storage.table_named(&key.table)?;
        let here = self.property(table, column);
        let there = if other.name == table.name { "table".to_owned() } else { self.names(other).table };
        let on_delete = on_delete(key.on_delete);
        Some(format!(
            "foreignKey({{ name: \"{name}\", columns: [table.{here}], foreignColumns: [{there}.id] }}).onDelete(\"{on_delete}\")"
        ))
    }

    /// The type of what a JSON column holds.
    fn json_type(&self, table: &Table, column: &Column) -> String {
        let field = match (entity_of(self.entities, table.of), column.source) {
            (Some(entity), Some(Source::Field(id))) => Some(entity.spec.field(id)),
            _ => None,
        };
        match field.map(|field| &field.ty) {
            Some(Type::List { item, count }) => type_of(&Value::Many { item: item.clone(), count: *count }),
            _ => type_of(&Value::One(Scalar::Json)),
        }
    }
}

const fn on_delete(action: OnDelete) -> &'static str {
    match action {
        OnDelete::Restrict => "restrict",
        OnDelete::Cascade => "cascade",
        OnDelete::SetNull => "set null",
    }
}
