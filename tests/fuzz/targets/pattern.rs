//! Any text as a pattern, and what follows its first line as a value: what is accepted is matched in time, its samples
//! match, and it means the same once it was written anew.

#![no_main]

use backsmith::model::Pattern;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (source, value) = text.split_once('\n').unwrap_or((text, ""));
    for ignore_case in [false, true] {
        let Ok(pattern) = Pattern::new(source, ignore_case) else { continue };
        let found = pattern.matches(value);
        let (min, max) = (0, 200);
        for number in 0..3 {
            if let Some(sample) = pattern.sample(min, max, number) {
                assert!(pattern.matches(&sample), "{sample:?} is no match of {source:?}");
            }
        }
        if let Some(other) = pattern.counterexample(min, max) {
            assert!(!pattern.matches(&other), "{other:?} is a match of {source:?}");
        }
        if pattern.without_capitals().matches(value) {
            assert!(found, "{value:?} matches {source:?} only without capitals");
        }
    }
});
