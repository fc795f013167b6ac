//! As much of PostgreSQL's protocol as it takes to run a statement on a server that trusts everybody.
//!
//! <https://www.postgresql.org/docs/current/protocol-flow.html>

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// Version 3.0 of the protocol.
const VERSION: u32 = 196_608;

/// Runs statements and returns the first column of each row; null is an empty text.
pub(crate) fn query(port: u16, database: &str, sql: &str) -> Result<Vec<String>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).context("PostgreSQL takes no connection")?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    stream.set_nodelay(true)?;
    let hello = [&VERSION.to_be_bytes()[..], b"user\0postgres\0database\0", database.as_bytes(), b"\0\0"].concat();
    stream.write_all(&with_length(&hello)?)?;
    answers(&mut stream)?;
    let statement = [sql.as_bytes(), b"\0"].concat();
    stream.write_all(&[&b"Q"[..], &with_length(&statement)?].concat())?;
    let rows = answers(&mut stream)?;
    stream.write_all(&[&b"X"[..], &with_length(&[])?].concat())?;
    Ok(rows)
}

fn with_length(body: &[u8]) -> Result<Vec<u8>> {
    let length = u32::try_from(body.len() + 4).context("a message that is too long")?;
    Ok([&length.to_be_bytes()[..], body].concat())
}

/// Reads messages until the server is ready for the next statement.
fn answers(stream: &mut TcpStream) -> Result<Vec<String>> {
    let mut rows = Vec::new();
    let mut failure = None;
    loop {
        let (kind, body) = message(stream)?;
        match kind {
            b'R' => ensure!(body == [0; 4], "PostgreSQL asks for a password"),
            b'D' => rows.push(first_column(&body)?),
            b'E' => failure = Some(sentence(&body)),
            b'Z' => break,
            _ => {}
        }
        // Whoever is not let in gets no invitation to ask.
        if let (Some(failure), None) = (&failure, stream.peek(&mut [0]).ok().filter(|count| *count > 0)) {
            bail!("PostgreSQL: {failure}");
        }
    }
    match failure {
        Some(failure) => bail!("PostgreSQL: {failure}"),
        None => Ok(rows),
    }
}

fn message(stream: &mut TcpStream) -> Result<(u8, Vec<u8>)> {
    let mut head = [0; 5];
    stream.read_exact(&mut head).context("PostgreSQL closed the connection")?;
    let [kind, length @ ..] = head;
    let length = u32::from_be_bytes(length).checked_sub(4).context("a message without a length")?;
    let mut body = vec![0; usize::try_from(length)?];
    stream.read_exact(&mut body).context("PostgreSQL closed the connection")?;
    Ok((kind, body))
}

/// A row: how many columns, then the length and the text of each.
fn first_column(row: &[u8]) -> Result<String> {
    let Some((length, text)) = row.get(2..).and_then(|row| row.split_first_chunk::<4>()) else {
        return Ok(String::new());
    };
    let text =
        usize::try_from(i32::from_be_bytes(*length)).map_or(&[][..], |length| text.get(..length).unwrap_or(text));
    String::from_utf8(text.to_vec()).context("a value that is not UTF-8")
}

/// An error's fields, each a letter and a text: severity, code and message matter here.
fn sentence(body: &[u8]) -> String {
    let fields = body.split(|byte| *byte == 0).filter_map(|field| field.split_first());
    let wanted = fields.filter(|(letter, _)| b"SCM".contains(letter));
    wanted.map(|(_, text)| String::from_utf8_lossy(text).into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{first_column, sentence};

    #[test]
    fn the_first_column_of_a_row_is_read() {
        assert_eq!(first_column(b"\0\x02\0\0\0\x02ab\0\0\0\x01c").unwrap(), "ab");
        assert_eq!(first_column(b"\0\x01\xff\xff\xff\xff").unwrap(), "");
        assert_eq!(first_column(b"\0\0").unwrap(), "");
    }

    #[test]
    fn an_error_is_told_in_one_sentence() {
        assert_eq!(sentence(b"SERROR\0VERROR\0C42P01\0Mno such table\0Fparse.c\0\0"), "ERROR 42P01 no such table");
    }
}
