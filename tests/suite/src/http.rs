//! A server behind an address, asked over plain sockets.
//!
//! Ordinary clients repair requests before they send them; here the odd ones must arrive as they are.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use backsmith::reference::{Request, Response};
use serde_json::Value;

use crate::system::{AccountChange, Facts, Failure, Ids, System};

/// The longest wait for a connection or for the next bytes of an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most headers an answer may have.
const HEADERS: usize = 64;

/// A way to run the `seed` command.
pub type Seed<'r> = dyn FnMut(&Value) -> Result<Value, Failure> + 'r;

/// A way to change an account.
pub type ChangeAccount<'r> = dyn FnMut(&str, &AccountChange) -> Result<(), Failure> + 'r;

/// A server behind an address, with the runner's ways to its commands and its database.
pub struct Server<'r> {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its configuration; `now` is asked at each use.
    pub facts: Box<dyn Fn() -> Facts + 'r>,
    /// Runs its `seed` command with this file and returns the JSON that the command prints.
    pub seed: Box<Seed<'r>>,
    /// Changes an account (the second argument) by its id (the first) in the database.
    pub change_account: Box<ChangeAccount<'r>>,
    /// What it has printed so far.
    pub logs: Box<dyn FnMut() -> String + 'r>,
    /// What its database holds.
    pub stored: Box<dyn FnMut() -> Result<String, Failure> + 'r>,
}

impl System for Server<'_> {
    fn send(&mut self, request: &Request) -> Result<Response, Failure> {
        exchange(self.address, request)
    }

    fn send_together(&mut self, requests: &[Request]) -> Vec<Result<Response, Failure>> {
        let address = self.address;
        std::thread::scope(|scope| {
            let running: Vec<_> =
                requests.iter().map(|request| scope.spawn(move || exchange(address, request))).collect();
            let lost = |_| Err(Failure("the thread that sent a request ended".to_owned()));
            running.into_iter().map(|thread| thread.join().unwrap_or_else(lost)).collect()
        })
    }

    fn seed(&mut self, file: &Value) -> Result<Ids, Failure> {
        Ids::read(&(self.seed)(file)?)
    }

    fn change_account(&mut self, id: &str, change: &AccountChange) -> Result<(), Failure> {
        (self.change_account)(id, change)
    }

    fn facts(&self) -> Facts {
        (self.facts)()
    }

    fn logs(&mut self) -> String {
        (self.logs)()
    }

    fn stored(&mut self) -> Result<String, Failure> {
        (self.stored)()
    }

    fn send_meanwhile(&mut self, busy: &[Request], again: &Request) -> Result<Vec<Duration>, Failure> {
        let address = self.address;
        std::thread::scope(|scope| {
            let running: Vec<_> = busy.iter().map(|request| scope.spawn(move || exchange(address, request))).collect();
            let mut times = Vec::new();
            while running.iter().any(|thread| !thread.is_finished()) {
                let since = Instant::now();
                exchange(address, again)?;
                times.push(since.elapsed());
            }
            Ok(times)
        })
    }
}

/// One request on a connection of its own.
fn exchange(address: SocketAddr, request: &Request) -> Result<Response, Failure> {
    let failed = |what: &str, error: &dyn std::fmt::Display| {
        let target: String = request.target.chars().take(80).collect();
        Failure(format!("{} {target}: {what}: {error}", request.method))
    };
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(|error| failed("no connection", &error))?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(|error| failed("no time limit", &error))?;
    stream.set_write_timeout(Some(PATIENCE)).map_err(|error| failed("no time limit", &error))?;
    // A server may refuse a request and close before it has read it all; its answer is what counts.
    let sent = stream.write_all(&bytes(address, request));
    let mut received = Vec::new();
    let mut buffer = [0; 16384];
    loop {
        if let Some(response) =
            parse(&received, &request.method, false).map_err(|error| failed("bad answer", &error))?
        {
            return Ok(response);
        }
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => received.extend_from_slice(&buffer[..count]),
            Err(error) if received.is_empty() => {
                let cause = sent.err().unwrap_or(error);
                return Err(failed("no answer", &cause));
            }
            Err(_) => break,
        }
    }
    parse(&received, &request.method, true)
        .map_err(|error| failed("bad answer", &error))?
        .ok_or_else(|| failed("bad answer", &"it ends too early"))
}

/// The request as it goes over the wire; only what framing needs is added.
fn bytes(address: SocketAddr, request: &Request) -> Vec<u8> {
    let chunked = request.get("transfer-encoding").is_some();
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    let mut headers = request.headers.clone();
    if request.get("host").is_none() {
        headers.push(("host".to_owned(), address.to_string()));
    }
    headers.push(("connection".to_owned(), "close".to_owned()));
    let sends_body = !request.body.is_empty() || matches!(request.method.as_str(), "POST" | "PUT" | "PATCH");
    if sends_body && !chunked && request.get("content-length").is_none() {
        headers.push(("content-length".to_owned(), request.body.len().to_string()));
    }
    for (name, value) in headers {
        for part in [&name, ": ", &value, "\r\n"] {
            head.push_str(part);
        }
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    if chunked {
        for chunk in request.body.chunks(16384) {
            bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            bytes.extend_from_slice(chunk);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
    } else {
        bytes.extend_from_slice(&request.body);
    }
    bytes
}

/// The answer, once all of it is there.
fn parse(received: &[u8], method: &str, ended: bool) -> Result<Option<Response>, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(received).map_err(|error| error.to_string())? else {
        return Ok(None);
    };
    let status = head.code.unwrap_or_default();
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    if (100..200).contains(&status) {
        return parse(&received[length..], method, ended);
    }
    let response = |body: &[u8]| Response { status, headers: headers.clone(), body: body.to_vec() };
    let rest = &received[length..];
    if method == "HEAD" || status == 204 || status == 304 {
        return Ok(Some(response(&[])));
    }
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        return Ok(unchunk(rest)?.map(|body| response(&body)));
    }
    match header("content-length").map(str::parse::<usize>) {
        Some(Ok(length)) if rest.len() >= length => Ok(Some(response(&rest[..length]))),
        Some(Err(_)) => Err("its length is no number".to_owned()),
        None if ended => Ok(Some(response(rest))),
        Some(Ok(_)) | None => Ok(None),
    }
}

/// The body inside a chunked one, once all of it is there.
fn unchunk(mut rest: &[u8]) -> Result<Option<Vec<u8>>, String> {
    let mut body = Vec::new();
    loop {
        let size = httparse::parse_chunk_size(rest).map_err(|_| "a chunk has no size".to_owned())?;
        let httparse::Status::Complete((start, size)) = size else { return Ok(None) };
        let size = usize::try_from(size).map_err(|error| error.to_string())?;
        if size == 0 {
            return Ok(Some(body));
        }
        let Some(chunk) = rest.get(start..start + size) else { return Ok(None) };
        body.extend_from_slice(chunk);
        let Some(next) = rest.get(start + size + 2..) else { return Ok(None) };
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn answers_are_read_once_they_are_whole() {
        let whole = b"HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 2\r\n\r\n{}";
        for end in 0..whole.len() {
            assert_eq!(parse(&whole[..end], "GET", false), Ok(None), "{end}");
        }
        let response = parse(whole, "GET", false).unwrap().unwrap();
        assert_eq!((response.status, response.get("x-a"), response.body.as_slice()), (200, Some("b"), &b"{}"[..]));
    }

    #[test]
    fn chunked_answers_are_put_together() {
        let whole =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n4\r\na\":1\r\n1\r\n}\r\n0\r\n\r\n";
        assert_eq!(parse(whole, "GET", false).unwrap().unwrap().body, b"{\"a\":1}");
        assert_eq!(parse(&whole[..60], "GET", false), Ok(None));
    }

    #[test]
    fn an_answer_without_a_length_ends_with_the_connection() {
        let whole = b"HTTP/1.1 400 Bad Request\r\n\r\nno";
        assert_eq!(parse(whole, "GET", false), Ok(None));
        assert_eq!(parse(whole, "GET", true).unwrap().unwrap().body, b"no");
    }

    #[test]
    fn interim_answers_are_passed_over_and_heads_have_no_body() {
        let whole = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
        assert_eq!(parse(whole, "HEAD", false).unwrap().unwrap().status, 200);
        assert_eq!(parse(whole, "GET", false), Ok(None));
    }

    #[test]
    fn requests_go_out_as_they_are() {
        let address: SocketAddr = "127.0.0.1:80".parse().unwrap();
        let request = Request::new("POST", "/%").header("transfer-encoding", "chunked").body("a/b", "xyz");
        let text = String::from_utf8(bytes(address, &request)).unwrap();
        assert_eq!(
            text,
            "POST /% HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-type: a/b\r\nhost: 127.0.0.1:80\r\n\
             connection: close\r\n\r\n3\r\nxyz\r\n0\r\n\r\n"
        );
    }
}
