//! The suite against the reference.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod specs;

use std::convert::Infallible;

use backsmith::contract::Plan;
use backsmith::model::Model;
use backsmith_suite::memory::Reference;
use backsmith_suite::mutants::{SiteBench, Verdict, judge, judge_sites, unharmed};
use backsmith_suite::{Configuration, Options, RateLimit, System, run};

const UNREACHED: RateLimit = RateLimit { requests: 1_000_000, window_seconds: 60 };
const TEST: Options = Options { configuration: Configuration::Test };
const PRODUCTION: Options = Options { configuration: Configuration::Production };

fn passes(model: &Model) {
    let contract = backsmith::features::contract(model);
    let mut reference = Reference::new(model, &contract, &contract.plan, UNREACHED, UNREACHED);
    let report = run(&contract, model, &mut reference, TEST);
    println!("{report}");
    assert!(report.passed(), "{report}");
    let limit = |requests| RateLimit { requests, window_seconds: 60 };
    let mut reference = Reference::in_production(model, &contract, limit(300), limit(10));
    let report = run(&contract, model, &mut reference, PRODUCTION);
    println!("{report}");
    assert!(report.passed(), "{report}");
}

fn kills(model: &Model) {
    let contract = backsmith::features::contract(model);
    let boot =
        |plan: &Plan| -> Box<dyn System> { Box::new(Reference::new(model, &contract, plan, UNREACHED, UNREACHED)) };
    let verdicts = judge(model, &contract, TEST, &boot);
    println!("{verdicts}");
    assert!(verdicts.all_killed(), "{verdicts}");
}

macro_rules! on_each_spec {
    ($test:ident, $check:ident: $($name:ident),+ $(,)?) => {
        mod $test {
            $(#[test]
            fn $name() {
                super::$check(&super::specs::model(stringify!($name)));
            })+
        }
    };
}

on_each_spec!(
    the_reference_passes_the_suite,
    passes: auth_api, badges, blog_api, boards, bookings, bookshop, cabins, clubs, couriers, courses, crews, crud_api, desk, doors, ecommerce_api, errands, fairs, fares, forms, guests, guilds, hobbies, invoices, keys, leagues, library, loans, magazine, matches,
        members, note, offices, open, orders, papers, parcels, press, queues, rooms, shifts, squads, teams, tickets, topics, values, wares,
);
// The rules of `values` are those of `note`, on many more fields; those of other specs take up to minutes each, and
// `cargo xtask mutate --all` tries them.
on_each_spec!(
    every_mutant_of_the_guards_is_killed,
    kills: auth_api, bookshop, couriers, desk, doors, fares, guests, invoices, leagues, loans, magazine, matches, note, open, squads, teams, tickets, topics, wares,
);

fn notices_places(model: &Model) {
    let contract = backsmith::features::contract(model);
    let boot = || Reference::new(model, &contract, &contract.plan, UNREACHED, UNREACHED);
    let report = unharmed(model, &contract, TEST, &boot);
    assert!(report.passed(), "{report}");
    let verdicts = judge_sites(model, &contract, TEST, &boot);
    println!("{verdicts}");
    assert!(verdicts.all_killed(), "{verdicts}");
}

// Those of other specs take longer; `cargo xtask mutate --all` tries them.
on_each_spec!(every_fault_at_one_place_is_noticed, notices_places: bookshop, note, tickets);

/// A server that is not wrong, and one that is wrong elsewhere, are no proof of anything.
#[test]
fn mutants_that_do_not_show_or_show_elsewhere_survive() {
    let model = specs::model("note");
    let contract = backsmith::features::contract(&model);
    let survives_all = |boot: &dyn Fn(&Plan) -> Box<dyn System>| {
        let verdicts = judge(&model, &contract, TEST, boot);
        let killed = verdicts.0.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Killed { .. })).count();
        assert_eq!(killed, 0, "{verdicts}");
        assert!(!verdicts.all_killed());
    };
    survives_all(&|_| Box::new(Reference::new(&model, &contract, &contract.plan, UNREACHED, UNREACHED)));
    let mut lax = contract.clone();
    lax.limits.password_min = 1;
    survives_all(&|plan| Box::new(Reference::new(&model, &lax, plan, UNREACHED, UNREACHED)));
}

#[test]
fn faults_at_a_place_that_are_not_there_survive() {
    let model = specs::model("note");
    let contract = backsmith::features::contract(&model);
    let bench = SiteBench::new(&model, &contract);
    let verdicts = bench.judge(&|_| true, &mut |batch| {
        let mut right = Reference::new(&model, &contract, &contract.plan, UNREACHED, UNREACHED);
        let report = bench.ask(&mut right, TEST);
        Ok::<_, Infallible>(bench.verdicts(batch, &report))
    });
    let verdicts = verdicts.unwrap();
    assert_eq!(verdicts.killed(), 0, "{verdicts}");
    assert!(verdicts.survivors().count() > 2, "{verdicts}");
}
