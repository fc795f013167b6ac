//! The requests of generated projects, sent to the reference.

#![allow(clippy::unwrap_used, clippy::panic)]

mod specs;

use backsmith_suite::memory::Reference;
use backsmith_suite::{RateLimit, System, requests};

const UNREACHED: RateLimit = RateLimit { requests: 1_000_000, window_seconds: 60 };

/// Every status is the one that the file names, however often its requests are sent.
fn tells_the_truth(name: &str) {
    let generated = backsmith::generate(&backsmith::Request::new(specs::text(name))).unwrap().result.unwrap();
    let text = |path: &str| {
        let file = generated.project.files().iter().find(|file| file.path.as_str() == path);
        file.unwrap().text.clone()
    };
    let (model, file) = (specs::model(name), text("requests.http"));
    let contract = backsmith::features::contract(&model);
    let mut reference = Reference::new(&model, &contract, &contract.plan, UNREACHED, UNREACHED);
    reference.seed(&serde_json::from_str(&text("seed.json")).unwrap()).unwrap();
    let sent = requests::send(&file, &mut reference, 1).unwrap();
    assert!(sent > 3, "{file}");
    // An hour later somebody sends them again.
    assert_eq!(requests::send(&file, &mut reference, 2).unwrap(), sent);
}

macro_rules! on_each_spec {
    ($($name:ident),+ $(,)?) => {
        $(#[test]
        fn $name() {
            tells_the_truth(stringify!($name));
        })+
    };
}

on_each_spec!(bookshop, every_field, magazine, note, open, press, reserved_names, tickets);
