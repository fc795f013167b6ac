#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use crate::code::text_corpus::HOSTILE;
use crate::code::unsafe_chars::is_invisible;

/// Reads one string literal as JavaScript does, and wants nothing left over.
fn read_literal(literal: &str) -> String {
    let quote = literal.chars().next().expect("a quote");
    let inner = literal[1..].strip_suffix(quote).expect("the same quote at the end");
    let mut units: Vec<u16> = Vec::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        assert!(c != quote && c != '\n' && c != '\r', "{literal} ends early");
        let mut buffer = [0; 2];
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut buffer));
            continue;
        }
        match chars.next().expect("something after a backslash") {
            'n' => units.push(u16::from(b'\n')),
            'r' => units.push(u16::from(b'\r')),
            't' => units.push(u16::from(b'\t')),
            'u' => {
                let hex: String = chars.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&hex, 16).unwrap());
            }
            other => units.extend_from_slice(other.encode_utf16(&mut buffer)),
        }
    }
    String::from_utf16(&units).unwrap()
}

#[test]
fn a_string_literal_gives_every_text_back() {
    for text in HOSTILE {
        let literal = TsString::from(&FreeText::new(*text));
        assert_eq!(&read_literal(literal.as_str()), text);
        assert!(!literal.as_str().chars().any(is_invisible), "{literal}");
    }
}

#[test]
fn a_text_in_a_template_literal_is_given_back_and_stays_text() {
    for text in HOSTILE {
        let inner = TsTemplateText::from(*text);
        let literal = format!("`{inner}`");
        assert_eq!(&read_literal(&literal), text);
        assert!(!inner.as_str().replace("\\$", "").contains('$'), "{inner}");
        assert!(!literal.chars().any(is_invisible), "{literal}");
    }
}

#[test]
fn a_string_literal_takes_the_quotes_that_need_fewer_escapes() {
    assert_eq!(TsString::from("it's").as_str(), r#""it's""#);
    assert_eq!(TsString::from("say \"hi\"").as_str(), r#"'say "hi"'"#);
    assert_eq!(TsString::from("\"'").as_str(), r#""\"'""#);
}

#[test]
fn a_line_comment_is_one_line_and_no_directive() {
    for text in HOSTILE {
        let comment = TsComment::from(&FreeText::new(*text));
        assert!(comment.as_str().starts_with("//"));
        assert_harmless(comment.as_str());
        assert!(!comment.as_str().contains('\n'));
    }
}

#[test]
fn a_documentation_comment_ends_where_it_should() {
    for text in HOSTILE {
        let comment = TsDocComment::from(&FreeText::new(*text));
        let inner = comment.as_str().strip_prefix("/**").unwrap();
        assert_eq!(inner.find("*/"), Some(inner.len() - 2), "{comment}");
        assert_harmless(comment.as_str());
        for line in comment.as_str().lines().skip(1) {
            assert!(line.starts_with(" *"), "{comment}");
        }
    }
}

fn assert_harmless(comment: &str) {
    assert!(!comment.contains(is_invisible), "{comment:?}");
    assert!(!comment.contains('\r'), "{comment:?}");
    let lower = comment.to_lowercase();
    for (directive, _) in DIRECTIVES {
        assert!(!lower.contains(directive), "{comment:?}");
    }
    for (index, _) in comment.match_indices('@') {
        assert!(comment[..index].ends_with(char::is_alphanumeric), "{comment:?}");
    }
}

#[test]
fn comments_keep_ordinary_wording() {
    assert_eq!(TsComment::from("Mail me@home.org, please.").as_str(), "// Mail me@home.org, please.");
    assert_eq!(TsDocComment::from("A book.").as_str(), "/** A book. */");
    assert_eq!(TsDocComment::from("A book.\n\nSold.").as_str(), "/**\n * A book.\n *\n * Sold.\n */");
}

#[test]
fn directives_lose_their_form() {
    assert_eq!(TsComment::from("@ts-nocheck").as_str(), "// ＠ts-nocheck");
    assert_eq!(TsComment::from("BIOME-ignore a").as_str(), "// biome ignore a");
    assert_eq!(TsComment::from("# sourceMappingURL=a").as_str(), "// # source mapping URL=a");
    assert_eq!(TsDocComment::from("/ a").as_str(), "/** \\/ a */");
}

#[test]
fn reserved_words_are_renamed_and_other_text_refused() {
    assert_eq!(TsIdent::new("title").unwrap().as_str(), "title");
    assert_eq!(TsIdent::new("class").unwrap().as_str(), "class_");
    for text in ["", "9a", "a-b", "a b", "a;b", "é", "a\n"] {
        assert!(TsIdent::new(text).is_none(), "{text:?}");
    }
}

#[test]
fn property_keys_are_bare_where_they_may_be() {
    assert_eq!(TsPropertyKey::from("onSale").as_str(), "onSale");
    assert_eq!(TsPropertyKey::from("class").as_str(), "class");
    assert_eq!(TsPropertyKey::from("on-sale").as_str(), "\"on-sale\"");
    assert_eq!(TsPropertyKey::from("__proto__").as_str(), "[\"__proto__\"]");
    for text in HOSTILE {
        let key = TsPropertyKey::from(*text);
        if !is_identifier(text) {
            assert_eq!(&read_literal(key.as_str()), text);
        }
    }
}

#[test]
fn a_pattern_cannot_leave_its_literal() {
    assert_eq!(TsRegex::new("[0-9]{13}", false).as_str(), "/[0-9]{13}/u");
    assert_eq!(TsRegex::new("a/b", true).as_str(), "/a\\/b/iu");
    assert_eq!(TsRegex::new("a\\/b", false).as_str(), "/a\\/b/u");
    assert_eq!(TsRegex::new("[/]", false).as_str(), "/[/]/u");
    assert_eq!(TsRegex::new("[\\[.\\]\\-\\/]\\[", false).as_str(), "/[[.\\]\\-/]\\[/u");
    assert_eq!(TsRegex::new("", false).as_str(), "/(?:)/u");
    assert_eq!(TsRegex::new("a\\", false).as_str(), "/a\\\\/u");
    assert_eq!(TsRegex::new("a\nb\u{2028}", false).as_str(), "/a\\nb\\u{2028}/u");
}
