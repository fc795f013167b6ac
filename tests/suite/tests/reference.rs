//! The suite against the reference.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod specs;

use backsmith::contract::Plan;
use backsmith_suite::memory::Reference;
use backsmith_suite::mutants::judge;
use backsmith_suite::{Configuration, Options, RateLimit, System, run};

const UNREACHED: RateLimit = RateLimit { requests: 1_000_000, window_seconds: 60 };

const TEST: Options = Options { configuration: Configuration::Test };

#[test]
fn the_reference_passes_the_suite() {
    for (name, model) in specs::all() {
        let contract = backsmith::features::contract(&model);
        let mut reference = Reference::new(&model, &contract, &contract.plan, UNREACHED, UNREACHED);
        let report = run(&contract, &model, &mut reference, &TEST);
        println!("{name}\n{report}");
        assert!(report.passed(), "{name}\n{report}");
    }
}

#[test]
fn every_mutant_of_the_guards_is_killed() {
    for (name, model) in specs::all() {
        let contract = backsmith::features::contract(&model);
        let mut boot = |plan: &Plan| -> Box<dyn System> {
            Box::new(Reference::new(&model, &contract, plan, UNREACHED, UNREACHED))
        };
        let verdicts = judge(&model, &contract, &TEST, &mut boot);
        println!("{name}\n{verdicts}");
        assert!(verdicts.all_killed(), "{name}\n{verdicts}");
    }
}
