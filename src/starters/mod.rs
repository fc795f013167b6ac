//! The built-in specs that a person can begin with.

/// A complete spec to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Starter {
    /// How commands and links call it.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What it is good for, in one sentence.
    pub description: &'static str,
    /// The text of its spec.
    pub spec: &'static str,
}

const ALL: &[Starter] = &[
    Starter {
        id: "bookshop",
        name: "Bookshop",
        description: "Books that everybody reads and staff looks after, and reviews that belong to their authors.",
        spec: include_str!("bookshop/backsmith.yaml"),
    },
    Starter {
        id: "crud-api",
        name: "Address book",
        description: "Companies and the people who work there, open to everybody: the shortest way to a working API.",
        spec: include_str!("crud-api/backsmith.yaml"),
    },
    Starter {
        id: "auth-api",
        name: "Accounts",
        description: "Accounts with roles, profiles and private notes: the login of whatever comes next.",
        spec: include_str!("auth-api/backsmith.yaml"),
    },
    Starter {
        id: "blog-api",
        name: "Blog",
        description: "Posts that editors publish, comments that readers nest, and tags.",
        spec: include_str!("blog-api/backsmith.yaml"),
    },
    Starter {
        id: "ecommerce-api",
        name: "Shop",
        description: "A catalogue, carts, and orders whose prices and states customers cannot touch.",
        spec: include_str!("ecommerce-api/backsmith.yaml"),
    },
];

/// All starters; the first is the default.
pub fn all() -> &'static [Starter] {
    ALL
}

/// The starter of that id.
pub fn find(id: &str) -> Option<&'static Starter> {
    ALL.iter().find(|starter| starter.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec;

    #[test]
    fn every_starter_reads_without_a_problem() {
        for starter in all() {
            assert_eq!(spec::read(starter.spec).diagnostics, [], "{}", starter.id);
            assert_eq!(find(starter.id), Some(starter));
        }
    }
}
