//! Constraints and indexes, whose names a database shares out among all tables.

use std::collections::{BTreeMap, HashSet};

use super::name::{identifier, marked};
use super::{Check, IndexColumn, Storage, Table};

/// What has a name in a database beside tables and columns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A key of several columns.
    Key(Vec<String>),
    /// The constraint that no two rows have these in common.
    Unique(Vec<String>),
    /// An index.
    Index(Vec<IndexColumn>),
    /// A reference.
    ForeignKey {
        /// Its column.
        column: String,
        /// The table referred to.
        table: String,
    },
    /// What must hold of these in every row.
    Check {
        /// The columns.
        columns: Vec<String>,
        /// Its place among the table's checks.
        number: usize,
    },
}

impl Named {
    /// A check.
    pub(super) fn of_check(check: &Check) -> Self {
        Self::Check { columns: check.columns().into_iter().map(str::to_owned).collect(), number: check.number }
    }

    /// What it is called, unless something else has that name.
    pub(super) fn usual_name(&self, table: &str) -> String {
        let columns: Vec<&str> = match self {
            Self::Key(columns) | Self::Unique(columns) | Self::Check { columns, .. } => {
                columns.iter().map(String::as_str).collect()
            }
            Self::Index(columns) => columns.iter().map(|column| column.name.as_str()).collect(),
            Self::ForeignKey { column, table } => vec![column, table, "id"],
        };
        identifier(&std::iter::once(table).chain(columns).chain([self.ending()]).collect::<Vec<_>>())
    }

    /// What it is, in a form that no two have in common.
    fn description(&self, table: &str) -> String {
        let columns = match self {
            Self::Key(columns) | Self::Unique(columns) => columns.join(","),
            Self::Index(columns) => {
                let column =
                    |column: &IndexColumn| format!("{}{}", column.name, if column.descending { " desc" } else { "" });
                columns.iter().map(column).collect::<Vec<_>>().join(",")
            }
            Self::ForeignKey { column, table } => format!("{column}>{table}"),
            Self::Check { columns, number } => format!("{number}: {}", columns.join(",")),
        };
        format!("{} {table}({columns})", self.ending())
    }

    const fn ending(&self) -> &'static str {
        match self {
            Self::Key(_) => "pk",
            Self::Unique(_) => "unique",
            Self::Index(_) => "index",
            Self::ForeignKey { .. } => "fk",
            Self::Check { .. } => "check",
        }
    }

    /// All of a table.
    fn all(table: &Table) -> Vec<Self> {
        let ascending = |name: &str| vec![IndexColumn { name: name.to_owned(), descending: false }];
        let key: Vec<String> = table.key().iter().map(|column| column.name.clone()).collect();
        let of_columns = table.columns.iter().flat_map(|column| {
            let unique = column.unique.then(|| Self::Unique(vec![column.name.clone()]));
            let index = column.indexed.then(|| Self::Index(ascending(&column.name)));
            let foreign_key = column.foreign_key.as_ref();
            let foreign_key =
                foreign_key.map(|key| Self::ForeignKey { column: column.name.clone(), table: key.table.clone() });
            [unique, index, foreign_key].into_iter().flatten()
        });
        let of_key = (key.len() > 1).then_some(Self::Key(key));
        let sets = table.unique.iter().cloned().map(Self::Unique);
        let indexes = table.indexes.iter().cloned().map(Self::Index);
        let checks = table.checks.iter().map(Self::of_check);
        of_key.into_iter().chain(of_columns).chain(sets).chain(indexes).chain(checks).collect()
    }
}

/// Gives another name to whatever would be called like something before it, be it in another table.
pub fn tell_names_apart(storage: &mut Storage) {
    let tables = storage.tables.iter();
    // Keys of one column have names too: those that PostgreSQL gives them.
    let mut taken: HashSet<String> =
        tables.flat_map(|table| [table.name.clone(), identifier(&[&table.name, "pkey"])]).collect();
    for table in &mut storage.tables {
        let mut renamed = BTreeMap::new();
        for named in Named::all(table) {
            let usual = named.usual_name(&table.name);
            if !taken.contains(&usual) {
                taken.insert(usual);
                continue;
            }
            let other = marked(&usual, &named.description(&table.name));
            taken.insert(other.clone());
            renamed.insert(named, other);
        }
        table.renamed = renamed;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Column, ColumnType, TableOf};
    use super::*;

    fn table(name: &str, columns: Vec<Column>) -> Table {
        Table {
            name: name.to_owned(),
            of: TableOf::Feature("test"),
            columns,
            unique: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            renamed: BTreeMap::new(),
        }
    }

    fn indexed(name: &str) -> Column {
        Column { indexed: true, ..Column::plain(name, ColumnType::Text) }
    }

    #[test]
    fn names_that_tables_would_share_are_told_apart() {
        let column = |name: &str, descending| IndexColumn { name: name.to_owned(), descending };
        let (up, down) =
            (vec![column("c", false), column("b_c", false)], vec![column("c", false), column("b_c", true)]);
        let mut one = table("a", vec![Column::key(), indexed("b_c"), indexed("d")]);
        one.indexes = vec![up.clone(), down.clone()];
        let other = table("a_b", vec![Column::key(), indexed("c")]);
        let mut storage = Storage { tables: vec![one, other, table("a_d_index", vec![Column::key()])].into() };
        tell_names_apart(&mut storage);
        let [one, other, _] = storage.tables.unread() else { unreachable!() };
        let names = [
            one.index_name(&one.columns[1]),
            one.index_name(&one.columns[2]),
            one.index_set_name(&up),
            one.index_set_name(&down),
            other.index_name(&other.columns[1]),
        ];
        assert_eq!([&names[0], &names[2]], ["a_b_c_index", "a_c_b_c_index"]);
        assert!(!names.contains(&"a_d_index".to_owned()), "{names:?}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    }
}
