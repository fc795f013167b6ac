//! The imports of a TypeScript module, in the order Biome sorts them.

use super::typescript::TsString;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

/// What is taken from a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// A value by its name.
    Value,
    /// A type by its name.
    Type,
    /// The default export, under this name.
    Default,
    /// Everything, under this name.
    Namespace,
}

/// A set of imports. Printed, it is one statement a line, sorted and merged; the layout pass breaks long ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TsImports {
    side_effects: Vec<String>,
    modules: BTreeMap<Source, Module>,
}

/// What one module gives. A name that is wanted both as a value and as a type is imported once, as a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Module {
    default: Option<String>,
    namespace: Option<String>,
    /// Named imports: `true` where only the type is wanted.
    named: BTreeMap<Name, bool>,
}

impl TsImports {
    /// No imports.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one import. A value or a type may have another name here than in its module: `books as table`.
    pub fn add(&mut self, module: &str, kind: ImportKind, name: &str) {
        let module = self.modules.entry(Source::new(module)).or_default();
        match kind {
            ImportKind::Default => module.default = Some(name.to_owned()),
            ImportKind::Namespace => module.namespace = Some(name.to_owned()),
            ImportKind::Value => {
                module.named.insert(Name(name.to_owned()), false);
            }
            ImportKind::Type => {
                module.named.entry(Name(name.to_owned())).or_insert(true);
            }
        }
    }

    /// Adds values by name.
    #[must_use]
    pub fn with_values(mut self, module: &str, names: &[&str]) -> Self {
        for name in names {
            self.add(module, ImportKind::Value, name);
        }
        self
    }

    /// Adds types by name.
    #[must_use]
    pub fn with_types(mut self, module: &str, names: &[&str]) -> Self {
        for name in names {
            self.add(module, ImportKind::Type, name);
        }
        self
    }

    /// Adds the default export.
    #[must_use]
    pub fn with_default(mut self, module: &str, name: &str) -> Self {
        self.add(module, ImportKind::Default, name);
        self
    }

    /// Adds everything a module exports, under one name.
    #[must_use]
    pub fn with_namespace(mut self, module: &str, name: &str) -> Self {
        self.add(module, ImportKind::Namespace, name);
        self
    }

    /// Adds a module that is imported for what it does. These keep their order and come first.
    #[must_use]
    pub fn with_side_effects(mut self, module: &str) -> Self {
        if !self.side_effects.iter().any(|known| known == module) {
            self.side_effects.push(module.to_owned());
        }
        self
    }

    /// Adds all imports of another set.
    pub fn extend(&mut self, other: &Self) {
        for module in &other.side_effects {
            if !self.side_effects.contains(module) {
                self.side_effects.push(module.clone());
            }
        }
        for (source, module) in &other.modules {
            let own = self.modules.entry(source.clone()).or_default();
            own.default = own.default.take().or_else(|| module.default.clone());
            own.namespace = own.namespace.take().or_else(|| module.namespace.clone());
            for (name, only_type) in &module.named {
                let known = own.named.entry(name.clone()).or_insert(*only_type);
                *known = *known && *only_type;
            }
        }
    }

    /// Whether there is nothing to import.
    pub fn is_empty(&self) -> bool {
        self.side_effects.is_empty() && self.modules.is_empty()
    }

    fn statements(&self) -> Vec<String> {
        let side_effects = self.side_effects.iter().map(|m| format!("import {};", TsString::from(m.as_str())));
        let modules = self.modules.iter().flat_map(|(source, module)| module.statements(&source.address));
        side_effects.chain(modules).collect()
    }
}

impl Module {
    /// The statements for one module, in the order of their kinds: types, namespace, default, named.
    fn statements(&self, source: &str) -> Vec<String> {
        let source = TsString::from(source);
        let only_types = !self.named.is_empty() && self.named.values().all(|only_type| *only_type);
        let mut statements = Vec::new();
        if only_types {
            let names: Vec<&str> = self.named.keys().map(|name| name.0.as_str()).collect();
            statements.push(format!("import type {{ {} }} from {source};", names.join(", ")));
        }
        let named = (!only_types && !self.named.is_empty()).then(|| self.named_list());
        let namespace = self.namespace.as_ref().map(|name| format!("* as {name}"));
        match (&self.default, namespace, named) {
            (Some(default), Some(namespace), None) => {
                statements.push(format!("import {default}, {namespace} from {source};"));
            }
            (default, namespace, named) => {
                statements.extend(namespace.map(|namespace| format!("import {namespace} from {source};")));
                let clause: Vec<String> = default.iter().cloned().chain(named).collect();
                if !clause.is_empty() {
                    statements.push(format!("import {} from {source};", clause.join(", ")));
                }
            }
        }
        statements
    }

    fn named_list(&self) -> String {
        let names: Vec<String> = self
            .named
            .iter()
            .map(|(name, only_type)| if *only_type { format!("type {}", name.0) } else { name.0.clone() })
            .collect();
        format!("{{ {} }}", names.join(", "))
    }
}

impl fmt::Display for TsImports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.statements().join("\n"))
    }
}

impl askama::FastWritable for TsImports {
    fn write_into(&self, target: &mut dyn fmt::Write, _values: &dyn askama::Values) -> askama::Result<()> {
        Ok(target.write_str(&self.statements().join("\n"))?)
    }
}

/// An imported name, perhaps `a as b`, ordered as Biome orders names: by what it is called here, `A`, `a`, `B`, `b`,
/// and numbers by their value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name(String);

impl Name {
    /// The name it has in the importing file.
    fn local(&self) -> &str {
        self.0.rsplit_once(" as ").map_or(&self.0, |(_, local)| local)
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_local_name =
            natural_order(self.local().as_bytes(), other.local().as_bytes(), "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$");
        by_local_name.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A module's address, ordered by its distance from the importing file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Source {
    distance: Distance,
    address: String,
}

/// How far away a module is; the farthest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Distance {
    /// `https://…`
    Url,
    /// `node:fs`
    Protocol,
    /// `express`, `@scope/name`
    Package,
    /// `#internal`, `@/internal`
    Alias,
    /// `../../a`: so many folders up. More of them come first.
    Above(std::cmp::Reverse<usize>),
    /// `./a`
    Here,
}

impl Source {
    fn new(address: &str) -> Self {
        Self { distance: Distance::of(address), address: address.to_owned() }
    }
}

impl Distance {
    fn of(address: &str) -> Self {
        if address.starts_with("..") {
            let ups = address.split('/').take_while(|segment| *segment == "..").count();
            Self::Above(std::cmp::Reverse(ups))
        } else if address.starts_with('.') {
            Self::Here
        } else if address.starts_with("@/") || address.starts_with(['#', '~', '$', '%']) {
            Self::Alias
        } else if address.contains("://") {
            Self::Url
        } else if address.contains(':') {
            Self::Protocol
        } else {
            Self::Package
        }
    }
}

impl Ord for Source {
    fn cmp(&self, other: &Self) -> Ordering {
        const PUNCTUATION: &str = "/\\?#=&;,@:. _-+*!%$()[]{}<>|^~'\"`";
        self.distance.cmp(&other.distance).then_with(|| {
            // Paths are compared folder by folder, so that `./a/z` comes before `./a-b`. Most have some in common.
            let (left, right) = (self.address.as_bytes(), other.address.as_bytes());
            let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
            let begin = left[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
            let folder = |byte: &u8| *byte == b'/';
            let (mut left, mut right) = (left[begin..].split(folder), right[begin..].split(folder));
            loop {
                match (left.next(), right.next()) {
                    (Some(a), Some(b)) => match natural_order(a, b, PUNCTUATION) {
                        Ordering::Equal => {}
                        unequal => return unequal,
                    },
                    (a, b) => return a.is_some().cmp(&b.is_some()),
                }
            }
        })
    }
}

impl PartialOrd for Source {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares character by character: punctuation in the given order, then digits, then letters, `A` right before
/// `a`. Where both texts have a number that differs, the numbers decide.
fn natural_order(left: &[u8], right: &[u8], punctuation: &str) -> Ordering {
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (Some(a), Some(b)) = (left.get(same), right.get(same)) else {
        return left.len().cmp(&right.len());
    };
    let in_number = same > 0 && left[same - 1].is_ascii_digit();
    match (a.is_ascii_digit(), b.is_ascii_digit()) {
        (true, true) => {
            let (a, b) = (digits(&left[same..]), digits(&right[same..]));
            a.len().cmp(&b.len()).then_with(|| a.cmp(b))
        }
        (true, false) if in_number => Ordering::Greater,
        (false, true) if in_number => Ordering::Less,
        _ => weight(*a, punctuation).cmp(&weight(*b, punctuation)),
    }
}

fn digits(text: &[u8]) -> &[u8] {
    let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
    &text[..count]
}

fn weight(byte: u8, punctuation: &str) -> (u8, usize) {
    if let Some(index) = punctuation.bytes().position(|p| p == byte) {
        (0, index)
    } else if byte.is_ascii_digit() {
        (1, usize::from(byte))
    } else {
        (2, usize::from(byte.to_ascii_lowercase()) * 2 + usize::from(byte.is_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_sorted_by_distance() {
        let imports = TsImports::new()
            .with_values("./zeta.js", &["z"])
            .with_values("../../up.js", &["u"])
            .with_values("../up.js", &["u2"])
            .with_values("#app/a.js", &["alias"])
            .with_values("zod", &["z2"])
            .with_values("@libsql/client", &["createClient"])
            .with_values("drizzle-orm/sqlite-core", &["integer"])
            .with_values("drizzle-orm", &["eq"])
            .with_default("node:fs", "fs")
            .with_values("./a/z.js", &["az"])
            .with_values("./a-b.js", &["ab"])
            .with_side_effects("./first.js");
        let expected = r##"import "./first.js";
import fs from "node:fs";
import { createClient } from "@libsql/client";
import { eq } from "drizzle-orm";
import { integer } from "drizzle-orm/sqlite-core";
import { z2 } from "zod";
import { alias } from "#app/a.js";
import { u } from "../../up.js";
import { u2 } from "../up.js";
import { az } from "./a/z.js";
import { ab } from "./a-b.js";
import { z } from "./zeta.js";"##;
        assert_eq!(imports.to_string(), expected);
    }

    #[test]
    fn names_are_in_natural_order() {
        let imports = TsImports::new().with_values("a", &["b10", "b2", "B3", "a", "A", "b", "_x", "$y", "ab"]);
        assert_eq!(imports.to_string(), "import { _x, $y, A, a, ab, B3, b, b2, b10 } from \"a\";");
        let renamed = TsImports::new().with_types("a", &["User", "Book"]).with_values("a", &["users as table"]);
        assert_eq!(renamed.to_string(), "import { type Book, users as table, type User } from \"a\";");
    }

    #[test]
    fn one_module_is_imported_once() {
        let imports = TsImports::new()
            .with_types("express", &["Response", "Request"])
            .with_default("express", "express")
            .with_types("zod", &["ZodType"])
            .with_values("zod", &["z"])
            .with_types("zod", &["z"])
            .with_namespace("pino", "everything")
            .with_default("pino", "pino");
        let expected = r#"import type { Request, Response } from "express";
import express from "express";
import pino, * as everything from "pino";
import { type ZodType, z } from "zod";"#;
        assert_eq!(imports.to_string(), expected);
    }

    #[test]
    fn renamed_imports_are_sorted_by_their_new_name() {
        let imports = TsImports::new().with_values("a", &["zebras as table", "b"]).with_types("a", &["Zebra", "U"]);
        assert_eq!(imports.to_string(), "import { b, zebras as table, type U, type Zebra } from \"a\";");
    }

    #[test]
    fn sets_are_joined() {
        let mut imports = TsImports::new().with_types("a", &["T"]).with_side_effects("./s.js");
        imports.extend(&TsImports::new().with_values("a", &["T", "u"]).with_side_effects("./s.js"));
        assert_eq!(imports.to_string(), "import \"./s.js\";\nimport { T, u } from \"a\";");
        assert!(!imports.is_empty());
    }
}
