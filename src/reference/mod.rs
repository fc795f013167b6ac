//! The contract, executed in memory: a request in, an answer out.
//!
//! It is the meaning of the contract: a target is right when it answers as this does. It is no server: it keeps
//! nothing and promises no speed. Clock, randomness and password hashing come in as arguments.

mod account;
mod caller;
mod cors;
mod failure;
mod include;
mod limiter;
mod list;
mod message;
mod metrics;
mod pages;
mod route;
mod row;
mod seed;
mod seen;
mod server;
mod session;
mod store;
mod surroundings;
mod token;
mod uuid;

use failure::Failure;

pub use message::{Request, Response};
pub use seed::Unseedable;
pub use server::Server;
pub use surroundings::{Clock, Config, Hashing, Random, Surroundings};
