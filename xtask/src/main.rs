//! Every chore of the project: build, serve, test, prove, bench, sweep.

#![allow(clippy::print_stdout, reason = "a chore speaks on the terminal")]

mod bench;
mod counts;
mod fuzz;
mod groups;
mod page;
mod places;
mod postgresql;
mod prove;
mod report;
mod sizes;
mod sweep;
mod task;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::places::Places;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Every chore of the project.")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Builds the page and serves it, anew after each change.
    Serve {
        /// The port to listen on.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Opens the page in the browser.
        #[arg(long)]
        open: bool,
        /// Builds the core without optimisation, which is slower to use and faster to rebuild.
        #[arg(long)]
        debug: bool,
    },
    /// Builds the page as it is published, into `dist`.
    Build,
    /// Checks everything, the page in a browser and a generated project included.
    Test,
    /// Generates projects and proves that they do what their specs say.
    Prove(prove::Arguments),
    /// Makes generated projects wrong on purpose and wants each fault noticed.
    Mutate(prove::mutate::Arguments),
    /// Feeds the core what nobody would write, and wants an answer each time.
    Fuzz(fuzz::Arguments),
    /// Measures how long the core takes, and how large and how quick the page is.
    Bench(bench::Arguments),
    /// Makes random projects and has their formatter and database judge them.
    Sweep(sweep::Arguments),
}

fn main() -> ExitCode {
    match run(&Arguments::parse().chore) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
fn run(chore: &Chore) -> Result<bool> {
    groups::end_all_on_interrupt()?;
    let places = Places::find()?;
    match chore {
        Chore::Serve { port, open, debug } => page::serve(&places, *port, *open, *debug).map(|()| true),
        Chore::Build => page::build(&places).map(|()| true),
        Chore::Test => test::run(&places),
        Chore::Prove(arguments) => prove::run(&places, arguments),
        Chore::Mutate(arguments) => prove::mutate::run(&places, arguments),
        Chore::Fuzz(arguments) => fuzz::run(&places, arguments),
        Chore::Bench(arguments) => bench::run(&places, arguments).map(|()| true),
        Chore::Sweep(arguments) => sweep::run(&places, arguments),
    }
}
