//! What can be asked of the API.

use crate::model::{AccessOperation, EntityId};

/// One method on one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the OpenAPI document, `listReviews`.
    pub id: String,
    /// The method.
    pub method: Method,
    /// The path, with `{id}` where a row is named.
    pub path: String,
    /// What it does.
    pub action: Action,
}

/// An HTTP method, in the order in which `Allow` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are HTTP's own")]
pub enum Method {
    Get,
    Head,
    Options,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Something with the rows of an entity.
    Rows {
        /// The entity.
        entity: EntityId,
        /// What.
        verb: Verb,
    },
    /// Something with a login.
    Auth(AuthAction),
    /// Tells whether the server is well.
    Health(Probe),
    /// Hands out the OpenAPI document.
    Document,
}

/// What is done with rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Many rows, page by page.
    List,
    /// A new row.
    Create,
    /// One row.
    Get,
    /// A row written whole.
    Put,
    /// A row written in part.
    Patch,
    /// A row deleted.
    Delete,
}

impl Verb {
    /// All of them, in the order of documentation.
    pub const ALL: [Self; 6] = [Self::List, Self::Create, Self::Get, Self::Put, Self::Patch, Self::Delete];

    /// The operation of the access rules that governs it.
    pub const fn access(self) -> AccessOperation {
        match self {
            Self::List => AccessOperation::List,
            Self::Create => AccessOperation::Create,
            Self::Get => AccessOperation::Get,
            Self::Put | Self::Patch => AccessOperation::Update,
            Self::Delete => AccessOperation::Delete,
        }
    }

    /// The method.
    pub const fn method(self) -> Method {
        match self {
            Self::List | Self::Get => Method::Get,
            Self::Create => Method::Post,
            Self::Put => Method::Put,
            Self::Patch => Method::Patch,
            Self::Delete => Method::Delete,
        }
    }

    /// The status of an answer that did what was asked.
    pub const fn success(self) -> u16 {
        match self {
            Self::List | Self::Get | Self::Put | Self::Patch => 200,
            Self::Create => 201,
            Self::Delete => 204,
        }
    }

    /// Whether the path names a row.
    pub const fn names_row(self) -> bool {
        !matches!(self, Self::List | Self::Create)
    }

    /// Whether the request has a body.
    pub const fn has_body(self) -> bool {
        matches!(self, Self::Create | Self::Put | Self::Patch)
    }
}

/// What is done with a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthAction {
    /// A new user, with a session.
    Register,
    /// A session for a user.
    Login,
    /// A session for an older one.
    Refresh,
    /// A session ended.
    Logout,
    /// The calling user.
    Me,
    /// What the calling user may write of his own row.
    UpdateMe,
    /// Another password, and a session that takes the place of all others.
    ChangePassword,
}

impl AuthAction {
    /// All of them, in the order of documentation.
    pub const ALL: [Self; 7] =
        [Self::Register, Self::Login, Self::Refresh, Self::Logout, Self::Me, Self::UpdateMe, Self::ChangePassword];

    /// The last step of its path.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Login => "login",
            Self::Refresh => "refresh",
            Self::Logout => "logout",
            Self::Me | Self::UpdateMe => "me",
            Self::ChangePassword => "change-password",
        }
    }

    /// The method.
    pub const fn method(self) -> Method {
        match self {
            Self::Me => Method::Get,
            Self::UpdateMe => Method::Patch,
            Self::Register | Self::Login | Self::Refresh | Self::Logout | Self::ChangePassword => Method::Post,
        }
    }

    /// The status of an answer that did what was asked.
    pub const fn success(self) -> u16 {
        match self {
            Self::Register => 201,
            Self::Login | Self::Refresh | Self::Me | Self::UpdateMe | Self::ChangePassword => 200,
            Self::Logout => 204,
        }
    }

    /// Whether it is for users who are logged in; the others do not look at who calls.
    pub const fn asks_caller(self) -> bool {
        matches!(self, Self::Me | Self::UpdateMe | Self::ChangePassword)
    }

    /// Whether the request has a body.
    pub const fn has_body(self) -> bool {
        !matches!(self, Self::Me)
    }
}

/// A question about the server's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Probe {
    /// Whether the process runs; does no I/O.
    Live,
    /// Whether it can serve: the database answers and no shutdown has begun.
    Ready,
}
