//! The contract, executed in memory: a request in, an answer out.
//!
//! It is the meaning of the contract: a target is right when it answers as this does. It is no server: it keeps
//! nothing and promises no speed. Clock, randomness and password hashing come in as arguments.

mod message;

pub use message::{Request, Response};
