//! The requests of a project's `requests.http`, sent as an editor would send them.

use std::collections::BTreeMap;

use backsmith::reference::Request;
use serde_json::Value;

use crate::system::{Failure, System};

/// One request of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    title: String,
    /// The status that the title ends with.
    status: u16,
    /// What later requests call the answer.
    name: Option<String>,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// Sends every request of the file in order and compares each status with the one that its title names. The sample rows
/// must be there, and the round must be another one each time. Returns how many requests there are.
pub fn send(file: &str, system: &mut dyn System, round: u32) -> Result<u32, Failure> {
    let steps = parse(file)?;
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    let mut sent = 0;
    for step in &steps {
        let fill = |text: &str| fill(text, &answers, &format!("{round:08}-0000-4000-8000-{sent:012}"));
        let mut request = Request::new(&step.method, &fill(&step.target)?);
        for (name, value) in &step.headers {
            request = request.header(name, &fill(value)?);
        }
        request.body = fill(&step.body)?.into_bytes();
        let response = system.send(&request)?;
        let body = String::from_utf8_lossy(&response.body).into_owned();
        if response.status != step.status {
            return Err(Failure(format!("“{}” was answered {} {body}", step.title, response.status)));
        }
        if let Some(name) = &step.name {
            let answer = serde_json::from_str(&body).map_err(|error| Failure(format!("“{}”: {error}", step.title)))?;
            answers.insert(name.clone(), answer);
        }
        sent += 1;
    }
    Ok(sent)
}

fn parse(file: &str) -> Result<Vec<Step>, Failure> {
    file.split("\n### ").skip(1).map(step).collect()
}

fn step(text: &str) -> Result<Step, Failure> {
    let wrong = |what: &str| Failure(format!("requests.http: {what}: {text}"));
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let title = lines.next().unwrap_or_default().to_owned();
    let status = title.rsplit(": ").next().and_then(|status| status.trim().parse().ok());
    let status = status.ok_or_else(|| wrong("a title without a status"))?;
    let mut lines = lines.peekable();
    let name = lines.next_if(|line| line.starts_with("# @name ")).map(|line| line["# @name ".len()..].to_owned());
    let request = lines.next().and_then(|line| line.split_once(" {{server}}"));
    let (method, target) = request.ok_or_else(|| wrong("no method and address"))?;
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").ok_or_else(|| wrong("a header without a value"))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    let headers = lines.map(header).collect::<Result<_, Failure>>()?;
    let (method, target, body) = (method.to_owned(), target.to_owned(), body.trim_end().to_owned());
    Ok(Step { title, status, name, method, target, headers, body })
}

/// Puts values in the place of `{{…}}`: those of answers, and the given one where a new one is wanted.
fn fill(text: &str, answers: &BTreeMap<String, Value>, guid: &str) -> Result<String, Failure> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (variable, after) = after.split_once("}}").ok_or_else(|| Failure(format!("an open {{{{ in {text}")))?;
        filled.push_str(before);
        if variable == "$guid" {
            filled.push_str(guid);
        } else {
            let value = variable.split_once(".response.body.$").and_then(|(name, path)| at(answers.get(name)?, path));
            filled.push_str(value.ok_or_else(|| Failure(format!("{variable} has no value")))?);
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The string at a path such as `.data[0].id`.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    let steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
    let found = steps.into_iter().try_fold(value, |value, step| match step.parse::<usize>() {
        Ok(index) => value.get(index),
        Err(_) => value.get(step),
    });
    found?.as_str()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_is_read_with_its_name_its_headers_and_its_body() {
        let file = "# about\n\n@server = http://a\n\n### Do it: 201\n# @name done\nPOST {{server}}/a/b\nA: b\n\n{}\n";
        let expected = Step {
            title: "Do it: 201".to_owned(),
            status: 201,
            name: Some("done".to_owned()),
            method: "POST".to_owned(),
            target: "/a/b".to_owned(),
            headers: vec![("A".to_owned(), "b".to_owned())],
            body: "{}".to_owned(),
        };
        assert_eq!(parse(file).unwrap(), [expected]);
        assert!(parse("\n### Do it\nGET {{server}}/").is_err());
        assert!(parse("\n### Do it: 200\nGET /").is_err());
    }

    #[test]
    fn values_come_from_earlier_answers() {
        let answers = BTreeMap::from([("list".to_owned(), json!({"data": [{"id": "7"}]}))]);
        assert_eq!(fill("/a/{{list.response.body.$.data[0].id}}/b", &answers, "").unwrap(), "/a/7/b");
        assert!(fill("{{list.response.body.$.data[1].id}}", &answers, "").is_err());
        assert_eq!(fill("{{$guid}}@a", &answers, "1-2").unwrap(), "1-2@a");
    }
}
