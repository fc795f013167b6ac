#![allow(clippy::unwrap_used, clippy::panic)]

use regex::Regex;

use super::{Misformed, Pattern};

fn refused(source: &str) -> Misformed {
    match Pattern::new(source, false) {
        Ok(_) => panic!("{source} is taken"),
        Err(misformed) => misformed,
    }
}

#[test]
fn patterns_are_printed_afresh() {
    let table = [
        ("[0-9]{13}", "^[0-9]{13}$"),
        (r"\d{4}-\w+", "^[0-9]{4}-[0-9A-Z_a-z]+$"),
        ("a|bc|", "^(a|bc|)$"),
        ("x(a|b)?y", "^x(a|b)?y$"),
        ("(?:ab){2,3}", "^(ab){2,3}$"),
        ("(a)(b)", "^ab$"),
        (".*", r"^[^\u0000\n\r]*$"),
        ("[^a-c]", r"^[^\u0000a-c]$"),
        (r"\/\.\[", r"^/\.\[$"),
        (r"[\]\\^-]", r"^[\\-\^-]$"),
        ("[ab]", "^[ab]$"),
        (r"\s", r"^[\t-\r ]$"),
        ("", "^$"),
        ("(a{2}){3}", "^(a{2}){3}$"),
        ("é", "^é$"),
        ("a{1}", "^a$"),
        ("(a?|b*|c||(d|e?))-", "^(a?|b+|c|d|e)-$"),
        ("((b?)+-)+", "^((b?)*-)+$"),
    ];
    for (source, ecma) in table {
        assert_eq!(Pattern::new(source, false).unwrap().ecma(), ecma, "{source}");
    }
    assert_eq!(Pattern::new(".[^a]", false).unwrap().ecma_without_nul(), r"^[^\n\r][^a]$");
    assert_eq!(Pattern::new(r"[\s\S]", false).unwrap().ecma_without_nul(), r"^[\s\S]$");
    assert_eq!(Pattern::new("ab1-", true).unwrap().ecma(), "^[Aa][Bb]1-$");
    assert_eq!(Pattern::new("[a-z]+", false).unwrap().before_lowering().ecma(), "^[A-Za-z]+$");
}

#[test]
fn mistakes_are_found_where_they_are() {
    let table = [
        ("a(b", 1, 2),
        ("a)b", 1, 2),
        ("ab[c", 2, 3),
        ("ab[]", 2, 4),
        ("[z-a]", 1, 4),
        ("a**", 2, 3),
        ("a*?", 2, 3),
        ("*a", 0, 1),
        ("(a*)*", 0, 5),
        ("x(a+[ab])+", 1, 10),
        ("(-.*)*", 0, 6),
        ("(a?b+)*", 0, 7),
        ("(a+|b)*", 0, 7),
        ("(?=a)", 0, 3),
        (r"(a)\1", 3, 5),
        (r"\p{L}", 0, 2),
        (r"\bword", 0, 2),
        ("a{3,1}", 1, 6),
        ("a{x}", 1, 4),
        ("a{1001}", 1, 7),
        ("^a$", 0, 1),
        ("a\\", 1, 2),
        ("[a[b]]", 2, 3),
        ("[a{2}", 0, 1),
        ("a{2", 1, 2),
        ("a?|b?c?", 3, 7),
    ];
    for (source, from, to) in table {
        let misformed = refused(source);
        assert_eq!((misformed.from, misformed.to), (from, to), "{source}: {misformed:?}");
        assert!(misformed.message.ends_with('.') && misformed.help.ends_with('.'), "{misformed:?}");
    }
}

#[test]
fn what_takes_engines_long_is_refused() {
    for source in [
        "(a|a)*b",
        "(a|aa)+b",
        "(a{1,30}){1,30}b",
        "(a?){30}a{30}",
        "a*a*a*a*b",
        "(ab|a|b)*c",
        "x[a-z]*[a-z0-9]*[a-f]*[a-z]*y",
        "(.*,){11}P",
        "a{0,300}a{0,300}a{0,300}b",
        "(a[ab]|[ab]b|aa)*c",
        "(-(a|aa)*)*b",
        "(-([ab]|[ab])[b-][a-c]_[a-c]?)*",
        "((a[bc]|ab)-_x){0,40}",
        "(((ab-_)+)?){0,20}",
        "(-a*a*a*a*)*b",
    ] {
        assert!(refused(source).message.contains("too many ways"), "{source}");
    }
    assert!(refused("([a-z]{40}){60}").message.contains("too large"));
    for source in [
        "[a-z0-9]+(-[a-z0-9]+)*",
        r"([a-z0-9-]+\.)+[a-z]{2,}",
        "((-[a-z]+)+_)*",
        "a(,[^,]*)*",
        "[0-9]{3}-[0-9]{4}-[0-9]{4}",
        ".*foo.*",
        r"\d+\.\d+\.\d+",
        "(a|b|cd)*",
        "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}",
        "[^@ ]+@[^@ ]+",
        "[a-z]{1,1000}",
        "a*b*c*d*e*",
        "(draft|done|cancelled)(,(draft|done|cancelled)){0,9}",
    ] {
        assert!(Pattern::new(source, false).is_ok(), "{source}: {:?}", Pattern::new(source, false));
    }
}

#[test]
fn what_takes_long_to_judge_is_refused() {
    let alternatives = |count: usize| vec!["a!.|b|bc|.n|[a-f]d"; count].join("|");
    for count in [20, 60, 200] {
        let source = format!("a?b?c?({})*", alternatives(count));
        assert!(Pattern::new(&source, false).is_err());
    }
}

#[test]
fn matching_takes_no_longer_for_dear_texts() {
    let pumped = format!("{}!", "a".repeat(999));
    for source in [".*foo.*", "[a-z]*[a-z]*x", "(ab?)*", "[a-z]{1,1000}", "a{0,500}"] {
        let pattern = Pattern::new(source, false).unwrap();
        let start = std::time::Instant::now();
        assert!(!pattern.matches(&pumped) || source.starts_with('.'));
        assert!(start.elapsed().as_millis() < 2000, "{source}");
    }
}

#[test]
fn samples_match_differ_and_keep_to_their_length() {
    for (source, min, max) in [
        ("[0-9]{13}", 0, 255),
        ("[A-Z]{2}-\\d{3,5}", 0, 20),
        ("(red|green|blue)", 0, 255),
        (".*", 5, 10),
        ("[a-z]+(-[a-z0-9]{1,20})*", 3, 40),
        ("[^a-z]+", 1, 9),
        ("", 0, 0),
        ("\\n", 0, 9),
        ("é+[ß-ü]", 0, 9),
    ] {
        let pattern = Pattern::new(source, false).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for number in 0..200 {
            let text = pattern.sample(min, max, number).unwrap();
            let length = u32::try_from(text.chars().count()).unwrap();
            assert!(pattern.matches(&text) && (min..=max).contains(&length), "{source} {text:?}");
            seen.insert(text);
        }
        let expected = match source {
            "(red|green|blue)" => 3,
            "" | "\\n" => 1,
            "é+[ß-ü]" => 2,
            _ => 200,
        };
        assert!(seen.len() >= expected, "{source}: {}", seen.len());
        if let Some(text) = pattern.counterexample(min, max) {
            assert!(!pattern.matches(&text), "{source} {text:?}");
        }
    }
    let isbn = Pattern::new("[0-9]{13}", false).unwrap();
    assert_eq!(isbn.sample(0, 5, 0), None);
    assert_eq!(isbn.counterexample(0, 255).unwrap().len(), 13);
}

/// A generator of numbers that are as good as random, and the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// A pattern of the dialect, most of the time.
    fn pattern(&mut self, levels: usize) -> String {
        const LEAVES: [&str; 11] = ["a", "b", "é", r"\d", r"\W", r"\s", ".", "[a-c_]", r"[^b\d-]", r"\/", r"\$"];
        if levels == 0 {
            return LEAVES[self.below(LEAVES.len())].to_owned();
        }
        let count = self.below(4);
        let mut parts: Vec<String> = (0..count).map(|_| self.pattern(levels - 1)).collect();
        match self.below(5) {
            0 | 1 => parts.concat(),
            2 => {
                parts.push(self.pattern(levels - 1));
                format!("({})", parts.join("|"))
            }
            3 => format!("({}){}", self.pattern(levels - 1), ["?", "*", "+"][self.below(3)]),
            _ => {
                let min = self.below(3);
                format!("(?:{}){{{min},{}}}", self.pattern(levels - 1), min + 1 + self.below(2))
            }
        }
    }

    fn text(&mut self) -> String {
        const CHARS: [char; 10] = ['a', 'b', 'B', '0', 'é', ' ', '\n', '$', '/', '-'];
        (0..self.below(7)).map(|_| CHARS[self.below(CHARS.len())]).collect()
    }
}

/// The same for the `regex` crate: its classes reach beyond ASCII and its `.` takes carriage returns and NUL.
fn with_regex(ecma: &str) -> Regex {
    let pattern = ecma.to_owned();
    let mut text = String::new();
    let mut rest = pattern.as_str();
    while let Some(at) = rest.find(r"\u") {
        text.push_str(&rest[..at]);
        text.extend([r"\x{", &rest[at + 2..at + 6], "}"]);
        rest = &rest[at + 6..];
    }
    text.push_str(rest);
    let inner = text.strip_prefix('^').and_then(|text| text.strip_suffix('$')).unwrap();
    Regex::new(&format!(r"\A(?:{inner})\z")).unwrap()
}

#[test]
fn texts_match_as_another_engine_says() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut taken = 0;
    while taken < 500 {
        let source = random.pattern(3);
        let Ok(pattern) = Pattern::new(&source, random.below(2) == 0) else { continue };
        taken += 1;
        let printed = with_regex(&pattern.ecma());
        let lowered = pattern.before_lowering();
        for _ in 0..12 {
            let text = random.text();
            let expected = printed.is_match(&text);
            assert_eq!(pattern.matches(&text), expected, "{source} as {} on {text:?}", pattern.ecma());
            assert_eq!(lowered.matches(&text), pattern.matches(&text.to_ascii_lowercase()), "{source} on {text:?}");
        }
        if let Some(text) = pattern.sample(0, 50, random.below(100)) {
            assert!(pattern.matches(&text) && printed.is_match(&text), "{source} on {text:?}");
        }
    }
}

/// The words of the source mean in the dialect what they mean elsewhere.
#[test]
fn the_source_means_what_it_says() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..500 {
        let source = random.pattern(3);
        let Ok(pattern) = Pattern::new(&source, false) else { continue };
        let words = source
            .replace(r"[^b\d-]", "[^b0-9-]")
            .replace(r"\d", "[0-9]")
            .replace(r"\W", "[^0-9A-Za-z_]")
            .replace(r"\s", r"[\t-\r ]")
            .replace(r"\/", "/")
            .replace('.', r"[^\n\r]");
        let other = Regex::new(&format!(r"\A(?:{words})\z")).unwrap();
        for _ in 0..12 {
            let text = random.text();
            assert_eq!(pattern.matches(&text), other.is_match(&text), "{source} on {text:?}");
        }
    }
}
