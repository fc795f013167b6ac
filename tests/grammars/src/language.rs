//! Which grammar reads which file.

/// The language of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the languages' own")]
pub enum Language {
    Css,
    Dockerfile,
    Html,
    Json,
    Markdown,
    Sql,
    TypeScript,
    Yaml,
}

impl Language {
    /// The language of a file of a project; `None` for a file whose form has no grammar of its own, such as a list of
    /// ignored names.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if name == "Dockerfile" {
            return Some(Self::Dockerfile);
        }
        match name.rsplit_once('.')?.1 {
            "css" => Some(Self::Css),
            "html" => Some(Self::Html),
            "json" => Some(Self::Json),
            "md" => Some(Self::Markdown),
            "sql" => Some(Self::Sql),
            "ts" => Some(Self::TypeScript),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    pub(crate) fn grammar(self) -> tree_sitter::Language {
        match self {
            Self::Css => tree_sitter_css::LANGUAGE.into(),
            Self::Dockerfile => tree_sitter_containerfile::LANGUAGE.into(),
            Self::Html => tree_sitter_html::LANGUAGE.into(),
            Self::Json => tree_sitter_json::LANGUAGE.into(),
            Self::Markdown => tree_sitter_md::LANGUAGE.into(),
            Self::Sql => tree_sitter_sequel::LANGUAGE.into(),
            Self::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
            Self::Yaml => tree_sitter_yaml::LANGUAGE.into(),
        }
    }
}
