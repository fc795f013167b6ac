//! Tables as Drizzle declares them.

use askama::Template;

use crate::code::{Origin, TsDocComment, TsImports, TsString};
use crate::contract::{Source, Value};
use crate::model::{Scalar, Type};
use crate::project::{File, Part};
use crate::storage::{Column, ColumnType, OnDelete, Table};
use crate::targets::express::entity::Entity;
use crate::targets::express::files::typescript;
use crate::targets::express::names::{camel, identifier, property};
use crate::targets::express::values::{strings, type_of};
use crate::targets::{Input, RenderError};

use super::entity_of;

#[derive(Template)]
#[template(path = "express/stores/sql/src/models/entity.model.ts")]
struct Model {
    imports: TsImports,
    doc: Option<TsDocComment>,
    table: String,
    name: TsString,
    row: String,
    columns: Vec<ColumnLine>,
    indexes: Vec<Index>,
    none: Origin,
}

struct ColumnLine {
    origin: Origin,
    property: String,
    definition: String,
}

struct Index {
    name: String,
    property: String,
}

/// The model of a table.
pub(super) fn file(input: &Input, entities: &[Entity], table: &Table) -> Result<File, RenderError> {
    let tables = Tables { input, entities };
    let here = tables.names(table);
    let mut imports = TsImports::new().with_values("drizzle-orm/sqlite-core", &["sqliteTable"]);
    let mut columns = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let (definition, uses) = tables.definition(table, column, index == 0);
        imports.extend(&uses);
        columns.push(ColumnLine {
            origin: tables.origin(table, column),
            property: tables.property(table, column),
            definition,
        });
    }
    let indexed = table.columns.iter().filter(|column| column.indexed);
    let indexes: Vec<Index> = indexed
        .map(|column| Index { name: table.index_name(column), property: tables.property(table, column) })
        .collect();
    if !indexes.is_empty() {
        imports = imports.with_values("drizzle-orm/sqlite-core", &["index"]);
    }
    let description = entity_of(entities, table.of).and_then(|entity| entity.spec.description.as_ref());
    let template = Model {
        imports,
        doc: description.map(TsDocComment::from),
        table: here.table,
        name: TsString::from(table.name.as_str()),
        row: here.row,
        columns,
        indexes,
        none: Origin::NONE,
    };
    typescript(&format!("src/models/{}.model.ts", here.stem), Part::Source, &template)
}

/// What a table is called in TypeScript.
struct TableNames {
    stem: String,
    table: String,
    row: String,
}

struct Tables<'i> {
    input: &'i Input<'i>,
    entities: &'i [Entity<'i>],
}

impl Tables<'_> {
    fn names(&self, table: &Table) -> TableNames {
        if let Some(entity) = entity_of(self.entities, table.of) {
            let names = &entity.names;
            return TableNames { stem: names.stem.clone(), table: names.table.clone(), row: names.row.clone() };
        }
        // Tables of features are called in the plural, their files and rows in the singular.
        let one = table.name.strip_suffix('s').unwrap_or(&table.name);
        let row = camel(&format!("_{one}"));
        TableNames { stem: one.replace('_', "-"), table: identifier(&camel(&table.name)), row }
    }

    fn property(&self, table: &Table, column: &Column) -> String {
        match (entity_of(self.entities, table.of), column.source) {
            (Some(entity), Some(source)) => property(entity.spec, source),
            _ => camel(&column.name),
        }
    }

    fn origin(&self, table: &Table, column: &Column) -> Origin {
        let origin = match (entity_of(self.entities, table.of), column.source) {
            (Some(entity), Some(Source::Field(id))) => entity.spec.field(id).origin,
            _ => None,
        };
        origin.map_or(Origin::NONE, Origin::new)
    }

    fn definition(&self, table: &Table, column: &Column, is_key: bool) -> (String, TsImports) {
        let (mut text, mut imports) = self.column_type(table, column);
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
        if let Some(key) = &column.foreign_key {
            let others: Vec<&Table> =
                self.input.storage.tables.iter().filter(|other| other.name == key.table).collect();
            for other in others {
                let names = self.names(other);
                let on_delete = match key.on_delete {
                    OnDelete::Restrict => "restrict",
                    OnDelete::Cascade => "cascade",
                    OnDelete::SetNull => "set null",
                };
                // Tables that refer to each other cannot both be known when the types are worked out.
                let in_circle = self.reaches(other, table);
                let result = if in_circle { "(): AnySQLiteColumn" } else { "()" };
                text.extend([".references(", result, " => ", &names.table, ".id, { onDelete: \"", on_delete, "\" })"]);
                if in_circle {
                    imports = imports.with_types("drizzle-orm/sqlite-core", &["AnySQLiteColumn"]);
                }
                if other.name != table.name {
                    imports = imports.with_values(&format!("./{}.model.js", names.stem), &[&names.table]);
                }
            }
        }
        (text, imports)
    }

    /// Whether references lead from one table to another.
    fn reaches(&self, from: &Table, to: &Table) -> bool {
        let mut seen = vec![from.name.as_str()];
        let mut next = 0;
        while let Some(name) = seen.get(next).copied() {
            if name == to.name {
                return true;
            }
            next += 1;
            let tables = self.input.storage.tables.iter().filter(|table| table.name == name);
            for key in tables.flat_map(|table| &table.columns).filter_map(|column| column.foreign_key.as_ref()) {
                if !seen.contains(&key.table.as_str()) {
                    seen.push(&key.table);
                }
            }
        }
        false
    }

    fn column_type(&self, table: &Table, column: &Column) -> (String, TsImports) {
        let name = TsString::from(column.name.as_str());
        let drizzle = |function| TsImports::new().with_values("drizzle-orm/sqlite-core", &[function]);
        let own = |function| TsImports::new().with_values("../db/columns.js", &[function]);
        let json = |ty: String| {
            let imports = drizzle("text");
            let imports = if ty.contains("Json") { imports.with_types("../utils/json.js", &["Json"]) } else { imports };
            (format!("text({name}, {{ mode: \"json\" }}).$type<{ty}>()"), imports)
        };
        match &column.ty {
            ColumnType::Uuid | ColumnType::Text | ColumnType::Date | ColumnType::DateTime | ColumnType::Time => {
                (format!("text({name})"), drizzle("text"))
            }
            ColumnType::Enum(words) if words.is_empty() => (format!("text({name})"), drizzle("text")),
            ColumnType::Enum(words) => (format!("text({name}, {{ enum: {} }})", strings(words)), drizzle("text")),
            ColumnType::Integer => (format!("integer({name})"), own("integer")),
            ColumnType::Bigint => (format!("bigint({name})"), own("bigint")),
            ColumnType::Decimal { scale, .. } => (format!("decimal({name}, {scale})"), own("decimal")),
            ColumnType::Number => (format!("real({name})"), drizzle("real")),
            ColumnType::Boolean => (format!("boolean({name})"), own("boolean")),
            ColumnType::Json => json("Json".to_owned()),
            ColumnType::List => json(self.list_type(table, column)),
        }
    }

    fn list_type(&self, table: &Table, column: &Column) -> String {
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
