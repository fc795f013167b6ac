//! Every error there is, with its status and its fixed sentence.

/// What went wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// The request is not what HTTP and JSON make it.
    MalformedRequest,
    /// The published schema refuses it.
    ValidationFailed,
    /// No caller, or none that can be trusted.
    Unauthenticated,
    /// The caller may not.
    Forbidden,
    /// There is no such thing, or the caller may not know of it.
    NotFound,
    /// The path does not answer this method.
    MethodNotAllowed,
    /// What is stored refuses it.
    Conflict,
    /// The body is too long.
    PayloadTooLarge,
    /// The address is too long.
    UriTooLong,
    /// The body is not JSON.
    UnsupportedMediaType,
    /// Too many requests in too short a time.
    RateLimited,
    /// The server's own fault.
    Internal,
    /// The server is starting, stopping, or without its database.
    Unavailable,
}

impl ErrorCode {
    /// All of them, by status.
    pub const ALL: [Self; 13] = [
        Self::MalformedRequest,
        Self::ValidationFailed,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::PayloadTooLarge,
        Self::UriTooLong,
        Self::UnsupportedMediaType,
        Self::RateLimited,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The code on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedRequest => "MALFORMED_REQUEST",
            Self::ValidationFailed => "VALIDATION_FAILED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::Conflict => "CONFLICT",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::UriTooLong => "URI_TOO_LONG",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal => "INTERNAL",
            Self::Unavailable => "UNAVAILABLE",
        }
    }

    /// The status.
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedRequest | Self::ValidationFailed => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::PayloadTooLarge => 413,
            Self::UriTooLong => 414,
            Self::UnsupportedMediaType => 415,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The sentence; it never says more about the request or the rows.
    pub const fn message(self) -> &'static str {
        match self {
            Self::MalformedRequest => "The request could not be read.",
            Self::ValidationFailed => "The request is not valid.",
            Self::Unauthenticated => "Authentication is missing or not valid.",
            Self::Forbidden => "You may not do this.",
            Self::NotFound => "Not found.",
            Self::MethodNotAllowed => "This method is not allowed here.",
            Self::Conflict => "The request conflicts with what is stored.",
            Self::PayloadTooLarge => "The request is too large.",
            Self::UriTooLong => "The address is too long.",
            Self::UnsupportedMediaType => "The body must be JSON in UTF-8.",
            Self::RateLimited => "Too many requests.",
            Self::Internal => "Something went wrong.",
            Self::Unavailable => "Not available right now.",
        }
    }
}

/// What is wrong with one field or parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DetailCode {
    /// It is missing.
    Required,
    /// There is no such field or parameter.
    Unknown,
    /// It is of another kind.
    Type,
    /// Too short or too long, too few or too many.
    Length,
    /// Too little or too great.
    Range,
    /// Not written as it must be.
    Pattern,
    /// None of the words there are.
    Choice,
    /// Given more than once.
    Repeated,
    /// The caller may not use it (403).
    Forbidden,
    /// Another row has it (409).
    Unique,
    /// It refers to no row that the caller may read (409).
    Reference,
    /// Other rows refer to this one (409).
    Referenced,
    /// It is not the secret that is stored (409).
    Mismatch,
    /// No arrow leads to it from the value that is there (409).
    Transition,
    /// It does not go with the row's other values, or with a fixed one (409).
    Check,
}

impl DetailCode {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Required,
        Self::Unknown,
        Self::Type,
        Self::Length,
        Self::Range,
        Self::Pattern,
        Self::Choice,
        Self::Repeated,
        Self::Forbidden,
        Self::Unique,
        Self::Reference,
        Self::Referenced,
        Self::Mismatch,
        Self::Transition,
        Self::Check,
    ];

    /// The code on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Unknown => "unknown",
            Self::Type => "type",
            Self::Length => "length",
            Self::Range => "range",
            Self::Pattern => "pattern",
            Self::Choice => "choice",
            Self::Repeated => "repeated",
            Self::Forbidden => "forbidden",
            Self::Unique => "unique",
            Self::Reference => "reference",
            Self::Referenced => "referenced",
            Self::Mismatch => "mismatch",
            Self::Transition => "transition",
            Self::Check => "check",
        }
    }

    /// The sentence; it never echoes a value.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Required => "This field is required.",
            Self::Unknown => "This field is not known.",
            Self::Type => "This value has the wrong type.",
            Self::Length => "This value has the wrong length.",
            Self::Range => "This value is out of range.",
            Self::Pattern => "This value has the wrong form.",
            Self::Choice => "This value is not one of the choices.",
            Self::Repeated => "This is given more than once.",
            Self::Forbidden => "You may not use this field.",
            Self::Unique => "This value is taken.",
            Self::Reference => "This does not refer to a row you can read.",
            Self::Referenced => "Other rows refer to this one.",
            Self::Mismatch => "This value does not match.",
            Self::Transition => "This value cannot follow the one that is there.",
            Self::Check => "This value does not go with the rest of the row.",
        }
    }
}
