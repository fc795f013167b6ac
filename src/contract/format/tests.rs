#![allow(clippy::unwrap_used)]

use super::*;
use crate::contract::random::Random;
use crate::model::{Form, Pattern};
use regex::Regex;

fn scalars() -> Vec<Scalar> {
    let decimal = |min, max| Scalar::Decimal { precision: 6, scale: 2, units: Range { min, max } };
    vec![
        Scalar::Date(Interval::WHOLE),
        Scalar::DateTime,
        Scalar::Time(Interval::WHOLE),
        Scalar::Uuid,
        Scalar::Email,
        Scalar::Url,
        Scalar::Bigint(Range { min: -(10_i64.pow(18) - 1), max: 10_i64.pow(18) - 1 }),
        Scalar::Bigint(Range { min: 17, max: 4096 }),
        decimal(-999_999, 999_999),
        decimal(0, 999_999),
        decimal(-150, 1),
        decimal(1999, 25_050),
        decimal(-777, -3),
        Scalar::Date(Interval { first: Some("2021-04-01".to_owned()), last: Some("2024-02-29".to_owned()) }),
        Scalar::Time(Interval { first: Some("12:00:00".to_owned()), last: None }),
    ]
}

/// Texts that are right, or nearly so, separated by blanks.
const SEEDS: &str = r"
2024-02-29 2021-02-29 1900-02-29 2000-02-29 2800-02-29 2100-02-29 1000-01-01 2999-12-31 2021-02-30
2021-04-31 2021-12-31 2021-13-01 2021-00-10 0999-01-01 3000-01-01 2024-02-29T23:59:59Z
2024-02-29T23:59:59.123456789+23:59 2024-02-29T23:59:59.1-00:00 1000-01-01T00:00:00Z
1000-01-01T00:00:00+01:00 2999-12-31T23:59:59.999Z 2999-12-31T00:00:00-00:01 1001-01-01T00:00:00+23:59
2998-12-31T23:59:59-23:59 2024-02-29t23:59:59z 2024-02-29T24:00:00Z 2024-02-29T23:59:60Z
2024-02-29T23:59:59 2024-02-29T23:59:59.Z 2024-02-29T23:59:59.1234567890Z 00:00:00 23:59:59 24:00:00
12:60:00 12:00:60 1:00:00 12:00 018f3f5e-7b1a-7c3d-8e4f-0123456789ab
018F3F5E-7B1A-7C3D-8E4F-0123456789AB 018f3f5e7b1a7c3d8e4f0123456789ab ada@example.org
O'Neil+x.y@mail.example.co.uk a.@b.cc .a@b.cc a..b@c.dd a@b a@-b.cc a@b-.cc a@b.cc. a@b..cc
a@xn--p1ai.xn--p1ai ä@b.cc a@b@c.dd http://localhost:3000/a?b[]=c#d https://example.org
https://example.org:80 https://example.org: https://example.org:123456/ ftp://example.org https://
https:///a https://user@example.org/ https://example.org/%zz HTTP://example.org https://-a.org
https://a.org?x 0 -0 17 16 4096 4097 19.99 19.98 250.50 250.51 250.5 0.01 -1.5 -1.51 9999.99 10000
-9999.99 -0.03 -0.02 -7.77 -7.78 999999999999999999 1000000000000000000 -999999999999999999 01 1. .5 1e1
+1 1.005
";

fn seeds() -> Vec<&'static str> {
    SEEDS.split_whitespace().collect()
}

#[test]
fn each_reader_takes_exactly_what_its_pattern_matches() {
    let alphabet: Vec<char> = "0123456789-+.:/@TZtzaAfF?#[]%!'`~ _é\n\0".chars().collect();
    let seeds = seeds();
    for scalar in scalars() {
        let regex = Regex::new(&pattern(&scalar).unwrap()).unwrap();
        let mut random = Random::new(7);
        let mut matched = 0;
        for round in 0..20_000 {
            let mut text: Vec<char> = seeds[round % seeds.len()].chars().collect();
            for _ in 0..random.below(3) {
                let at = random.below(text.len() + 1);
                match random.below(3) {
                    0 => text.insert(at, alphabet[random.below(alphabet.len())]),
                    1 if at < text.len() => text[at] = alphabet[random.below(alphabet.len())],
                    _ if at < text.len() => drop(text.remove(at)),
                    _ => {}
                }
            }
            let text: String = text.into_iter().collect();
            let read = read(&scalar, &text);
            assert_eq!(read.is_ok(), regex.is_match(&text), "{scalar:?} {text:?}");
            matched += usize::from(read.is_ok());
        }
        assert!(matched > 50, "{scalar:?} was hardly tried: {matched}");
    }
}

#[test]
fn every_day_there_could_be_is_taken_if_it_exists() {
    let regex = Regex::new(&pattern(&Scalar::Date(Interval::WHOLE)).unwrap()).unwrap();
    for (year, month, day) in (998..=3002).flat_map(|y| (0..=13).flat_map(move |m| (26..=32).map(move |d| (y, m, d)))) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        assert_eq!(regex.is_match(&text), read(&Scalar::Date(Interval::WHOLE), &text).is_ok(), "{text}");
    }
}

#[test]
fn out_of_bounds_is_told_from_badly_written() {
    for scalar in scalars() {
        let (Some(bounded), Some(unbounded)) = (pattern(&scalar), unbounded_pattern(&scalar)) else { continue };
        let (bounded, unbounded) = (Regex::new(&bounded).unwrap(), Regex::new(&unbounded).unwrap());
        for text in seeds() {
            let expected = match (unbounded.is_match(text), bounded.is_match(text)) {
                (false, _) => Some(DetailCode::Pattern),
                (true, false) => Some(DetailCode::Range),
                (true, true) => None,
            };
            assert_eq!(read(&scalar, text).err(), expected, "{scalar:?} {text}");
        }
    }
}

#[test]
fn lengths_count_code_points() {
    let length = Range { min: 2, max: 3 };
    let string = Scalar::String { length, form: Form::default() };
    for (text, expected) in [("é", Err(DetailCode::Length)), ("𝔘𝔘𝔘", Ok(())), ("abcd", Err(DetailCode::Length))]
    {
        assert_eq!(read(&string, text).map(drop), expected, "{text}");
    }
    assert_eq!(read(&string, "a\0"), Err(DetailCode::Pattern));
    let long = format!("{}@example.org", "a".repeat(250));
    assert_eq!(read(&Scalar::Email, &long), Err(DetailCode::Length));
}

#[test]
fn patterns_are_held_against_what_will_be_stored() {
    let length = Range { min: 2, max: 9 };
    let pattern = Pattern::new("[a-z]+(-[0-9]{1,3})?", false).unwrap();
    let string = |lowercase| Scalar::String { length, form: Form { pattern: Some(pattern.clone()), lowercase } };
    for (text, plain, folded) in [
        ("ab-12", Ok("ab-12"), Ok("ab-12")),
        ("Ab", Err(DetailCode::Pattern), Ok("ab")),
        ("ab\n", Err(DetailCode::Pattern), Err(DetailCode::Pattern)),
        ("a\0", Err(DetailCode::Pattern), Err(DetailCode::Pattern)),
        ("a", Err(DetailCode::Length), Err(DetailCode::Length)),
        ("-----------", Err(DetailCode::Length), Err(DetailCode::Length)),
    ] {
        for (scalar, expected) in [(string(false), plain), (string(true), folded)] {
            assert_eq!(read(&scalar, text), expected.map(|text| Literal::String(text.to_owned())), "{text}");
            let published = Regex::new(&super::pattern(&scalar).unwrap().replace("\\u0000", "\\x00")).unwrap();
            let has_length = expected != Err(DetailCode::Length);
            assert!(!has_length || published.is_match(text) == expected.is_ok(), "{text}");
        }
    }
}

#[test]
fn canonical_forms_are_lower_case() {
    let lower = |text: &str| Ok(Literal::String(text.to_owned()));
    assert_eq!(read(&Scalar::Email, "Ada@Example.ORG"), lower("ada@example.org"));
    let uuid = "018F3F5E-7B1A-7C3D-8E4F-0123456789AB";
    assert_eq!(read(&Scalar::Uuid, uuid), lower(&uuid.to_lowercase()));
    assert_eq!(read(&Scalar::Url, "https://Example.org/A"), lower("https://Example.org/A"));
}
