//! The databases there are.

/// Where rows are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Database {
    /// SQLite, in one file.
    Sqlite,
    /// PostgreSQL, a server.
    Postgresql,
}

impl Database {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgresql];

    /// Its word in a spec.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgresql => "PostgreSQL",
        }
    }

    /// Whether it is a server of its own, which must run before a project can start.
    pub const fn is_server(self) -> bool {
        match self {
            Self::Sqlite => false,
            Self::Postgresql => true,
        }
    }

    /// The database of a word in a spec.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|database| database.id() == id)
    }
}
