//! How large a spec may be.

/// The limits of a reading. Each has its diagnostic; the command line can raise them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Levels of maps and lists.
    pub levels: usize,
    /// Entities in the spec.
    pub entities: usize,
    /// Fields in one entity.
    pub fields: usize,
}

impl Limits {
    /// The limits of the page.
    pub const DEFAULT: Self = Self { bytes: 256 * 1024, levels: 32, entities: 500, fields: 200 };

    /// How many syntax errors are mended and read past before the reading gives up.
    pub(crate) const SYNTAX_ERRORS: usize = 20;

    /// How many problems are reported; more help nobody.
    pub(crate) const PROBLEMS: usize = 200;
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
