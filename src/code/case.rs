//! Words as they begin names and sentences.

/// `order line` → `Order line`; a text that begins with no small letter of ASCII stays as it is.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn only_the_first_letter_changes() {
        let all = ["", "a", "orderLine", "Order", "2nd", "émile"].map(capitalised);
        assert_eq!(all, ["", "A", "OrderLine", "Order", "2nd", "émile"]);
    }
}
