//! The comparison on random requests: the reference agrees with itself, and not with a server that is wrong.

#![allow(clippy::unwrap_used, clippy::panic)]

mod specs;

use backsmith::contract::{Contract, Plan};
use backsmith::model::Model;
use backsmith_suite::RateLimit;
use backsmith_suite::comparison::{Agreement, Difference, compare};
use backsmith_suite::memory::Reference;
use backsmith_suite::mutants::{Verdict, judge, mutants};
use backsmith_suite::{Configuration, Options};

const UNREACHED: RateLimit = RateLimit { requests: 1_000_000, window_seconds: 60 };

/// Enough for every status to come up.
const REQUESTS: usize = 1000;

fn compared(
    model: &Model,
    contract: &Contract,
    second: (&Contract, &Plan),
    seed: u64,
) -> Result<Agreement, Difference> {
    let mut one = Reference::new(model, contract, &contract.plan, UNREACHED, UNREACHED);
    let mut other = Reference::with_chance(model, second.0, second.1, [UNREACHED; 2], 1 << 40);
    compare(model, contract, [&mut one, &mut other], seed, REQUESTS)
}

#[test]
fn servers_that_call_their_rows_otherwise_agree() {
    for name in [
        "boards", "bookshop", "errands", "fairs", "invoices", "magazine", "note", "open", "papers", "press", "tickets",
        "values",
    ] {
        let model = specs::model(name);
        let contract = backsmith::features::contract(&model);
        let agreement =
            compared(&model, &contract, (&contract, &contract.plan), 7).unwrap_or_else(|d| panic!("{name}: {d}"));
        assert_eq!(agreement.requests(), REQUESTS);
        for status in [200, 201, 204, 400, 404] {
            let times = agreement.statuses.get(&status).copied().unwrap_or_default();
            assert!(times >= 5, "{name}: {status} {times} times in {:?}", agreement.statuses);
        }
    }
}

#[test]
fn another_contract_shows() {
    let model = specs::model("note");
    let contract = backsmith::features::contract(&model);
    let mut shorter = contract.clone();
    shorter.limits.page_size_max -= 1;
    assert!(compared(&model, &contract, (&shorter, &contract.plan), 7).is_err());
}

/// Chance finds every wrong rule that shows at all, given a few tries.
#[test]
fn wrong_rules_show() {
    let model = specs::model("bookshop");
    let contract = backsmith::features::contract(&model);
    let boot = |plan: &Plan| -> Box<dyn backsmith_suite::System> {
        Box::new(Reference::new(&model, &contract, plan, UNREACHED, UNREACHED))
    };
    let verdicts = judge(&model, &contract, Options { configuration: Configuration::Test }, &boot);
    let killed =
        |id: &str| verdicts.0.iter().any(|(of, verdict)| of == id && matches!(verdict, Verdict::Killed { .. }));
    let mut missed = Vec::new();
    for mutant in mutants(&model).iter().filter(|mutant| killed(&mutant.id)) {
        if (0..3).all(|seed| compared(&model, &contract, (&contract, &mutant.plan), seed).is_ok()) {
            missed.push(mutant.id.clone());
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}
