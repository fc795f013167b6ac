//! Backsmith turns a short description of a backend into a whole, working project.
//!
//! The way through is one line: read the spec, resolve it to a model, derive the HTTP contract and the
//! storage, render a target's files, pack them. Every module only imports from those before it.

pub mod code;
pub mod contract;
pub mod features;
pub mod model;
pub mod project;
pub mod reference;
pub mod spec;
pub mod starters;
pub mod storage;
pub mod targets;
