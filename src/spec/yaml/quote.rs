//! Quotes where YAML needs them.

/// The text as a YAML scalar on one line that is read back as this text.
pub(crate) fn quoted(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) {
        text.to_owned()
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Whether YAML reads the text as it is.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let indicator = |c| "-?:,[]{}#&*!|>'\"%@`".contains(c);
    let starts_well = match text.chars().next() {
        None => false,
        Some('-' | '?' | ':') => text.chars().nth(1).is_some_and(|c| !c.is_whitespace()),
        Some(first) => !indicator(first) && !first.is_whitespace(),
    };
    let flow_sign = in_flow && text.contains([',', '[', ']', '{', '}']);
    let ends_well = !text.ends_with([':', ' ']);
    starts_well && ends_well && !flow_sign && !text.contains(": ") && !text.contains(" #")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_where_needed() {
        assert_eq!(quoted("owner, staff", false), "owner, staff");
        assert_eq!(quoted("owner, staff", true), "\"owner, staff\"");
        assert_eq!(quoted("decimal(10,2)", true), "\"decimal(10,2)\"");
        assert_eq!(quoted("string = \"a: b\"", false), "'string = \"a: b\"'");
        assert_eq!(quoted("string = 'a: b'", false), "\"string = 'a: b'\"");
        assert_eq!(quoted("@x", false), "\"@x\"");
        assert_eq!(quoted("it's # \"so\"", false), "'it''s # \"so\"'");
        assert_eq!(quoted("", false), "\"\"");
        assert_eq!(quoted("-5", false), "-5");
    }
}
