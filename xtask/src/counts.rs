//! How many tests passed and failed, from what the usual test runners print.

/// The sums over all lines that state a result: cargo's `test result: ok. 3 passed; 1 failed`, Vitest's
/// `Tests  1 failed | 3 passed (4)`, Node's `# pass 3` and `# fail 1`.
pub(crate) fn of(text: &str) -> (u32, u32) {
    let mut sum = (0, 0);
    for line in text.lines() {
        let (passed, failed) = in_line(&without_colours(line));
        sum = (sum.0 + passed, sum.1 + failed);
    }
    sum
}

fn in_line(line: &str) -> (u32, u32) {
    let words: Vec<&str> = line.split([' ', ';', '|', '.']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        ["test", "result:", ..] | ["Tests", ..] => (before(&words, "passed"), before(&words, "failed")),
        ["#" | "ℹ", "pass", count] => (number(count), 0),
        ["#" | "ℹ", "fail", count] => (0, number(count)),
        _ => (0, 0),
    }
}

fn before(words: &[&str], noun: &str) -> u32 {
    words
        .windows(2)
        .find_map(|pair| (pair.last() == Some(&noun)).then(|| pair.first().copied().map_or(0, number)))
        .unwrap_or(0)
}

fn number(word: &str) -> u32 {
    word.parse().unwrap_or(0)
}

/// The line without the escape sequences that colour it.
fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut parts = line.split('\u{1b}');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn results_of_cargo_are_summed() {
        let text = "test a ... ok\ntest result: ok. 12 passed; 0 failed; 0 ignored; 0 measured\n\
                    test result: FAILED. 3 passed; 2 failed; 0 ignored\n";
        assert_eq!(of(text), (15, 2));
    }

    #[test]
    fn results_of_vitest_are_read_through_its_colours() {
        assert_eq!(
            of(" Test Files  2 passed (2)\n      Tests  \u{1b}[1m1 failed\u{1b}[22m | 41 passed (42)\n"),
            (41, 1)
        );
    }

    #[test]
    fn results_of_node_are_read() {
        assert_eq!(of("# tests 9\n# pass 7\n# fail 2\n"), (7, 2));
        assert_eq!(of("ℹ pass 7\nℹ fail 2\n"), (7, 2));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(of("12 passed the river; 3 failed\n"), (0, 0));
    }
}
