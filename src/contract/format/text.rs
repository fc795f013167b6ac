//! Strings: free text, e-mail addresses, web addresses and UUIDs.

use crate::contract::DetailCode;
use crate::model::Range;

/// Every string without NUL, which several databases cannot store.
pub(super) const PLAIN: &str = r"^[^\u0000]*$";

/// The longest e-mail address that can be delivered to.
pub(super) const EMAIL_MAX: u32 = 254;
/// Dotted words, an `@`, and at least two labels of a host name.
pub(super) const EMAIL: &str = concat!(
    r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*",
    r"@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$",
);

/// The longest web address that every browser takes.
pub(super) const URL_MAX: u32 = 2048;
/// A host name with perhaps a port, then path, query and fragment of the characters that addresses are made of.
pub(super) const URL: &str = concat!(
    r"^https?://[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*",
    r"(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]*)?$",
);

/// Eight, four, four, four and twelve hexadecimal digits.
pub(super) const UUID: &str = "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";

/// Whether the text has as many code points as it may have.
pub(super) fn has_length(text: &str, length: Range<u32>) -> bool {
    let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    (length.min..=length.max).contains(&count)
}

/// Reads a string that holds no NUL.
pub(super) fn read_plain(text: &str, length: Range<u32>) -> Result<String, DetailCode> {
    if !has_length(text, length) {
        return Err(DetailCode::Length);
    }
    if text.contains('\0') { Err(DetailCode::Pattern) } else { Ok(text.to_owned()) }
}

/// Reads an e-mail address into lower case.
pub(super) fn read_email(text: &str) -> Result<String, DetailCode> {
    if !has_length(text, Range { min: 0, max: EMAIL_MAX }) {
        return Err(DetailCode::Length);
    }
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(in_word);
    let is_address = text.split_once('@').is_some_and(|(name, host)| {
        name.split('.').all(is_word) && host.contains('.') && host.split('.').all(is_label)
    });
    if is_address { Ok(text.to_ascii_lowercase()) } else { Err(DetailCode::Pattern) }
}

/// Reads a web address.
pub(super) fn read_url(text: &str) -> Result<String, DetailCode> {
    if !has_length(text, Range { min: 0, max: URL_MAX }) {
        return Err(DetailCode::Length);
    }
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let is_port = |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let in_tail = |byte: u8| byte.is_ascii_alphanumeric() || b"._~:/?#@!$&'()*+,;=%[]-".contains(&byte);
    let is_address = host.split('.').all(is_label) && port.is_none_or(is_port) && tail.bytes().all(in_tail);
    if is_address { Ok(text.to_owned()) } else { Err(DetailCode::Pattern) }
}

/// Reads a UUID into lower case.
pub(super) fn read_uuid(text: &str) -> Result<String, DetailCode> {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let hexadecimal = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_uuid = lengths == [8, 4, 4, 4, 12] && hexadecimal;
    if is_uuid { Ok(text.to_ascii_lowercase()) } else { Err(DetailCode::Pattern) }
}

/// Whether a text is one label of a host name.
fn is_label(label: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(inside) && !label.starts_with('-') && !label.ends_with('-')
}
