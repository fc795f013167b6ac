//! The reference with a fault at one place.

use std::time::Duration;

use backsmith::contract::{Contract, Plan};
use backsmith::reference::{Request, Response};
use serde_json::Value as Json;

use super::sites::{Fault, Kind, SiteMutant};
use crate::memory::Reference;
use crate::system::{AccountChange, Facts, Failure, Ids, System};

/// A server that is right but for one fault.
pub(super) struct Faulty<'m> {
    right: Reference,
    contract: &'m Contract,
    mutant: &'m SiteMutant,
    /// What stands in for contract and guards while a request of the faulty kind is answered.
    wrong: (Contract, Plan),
}

impl<'m> Faulty<'m> {
    /// `right` is a server without rows that keeps to `contract`.
    pub(super) fn new(right: Reference, contract: &'m Contract, mutant: &'m SiteMutant) -> Self {
        let plan = match &mutant.fault {
            Fault::Guards(plan) | Fault::Rows(plan) | Fault::Total(plan) => plan.clone(),
            Fault::Contract(_) | Fault::PassesOver => contract.plan.clone(),
        };
        let wrong = match &mutant.fault {
            Fault::Contract(wrong) => wrong.as_ref().clone(),
            Fault::Guards(_) | Fault::Rows(_) | Fault::Total(_) | Fault::PassesOver => contract.clone(),
        };
        Self { right, contract, mutant, wrong: (wrong, plan) }
    }

    fn send_wrongly(&mut self, request: &Request) -> Result<Response, Failure> {
        self.right.exchange(&mut self.wrong.0, &mut self.wrong.1);
        let answer = self.right.send(request);
        self.right.exchange(&mut self.wrong.0, &mut self.wrong.1);
        answer
    }

    /// The list of one answer with the total of another.
    fn mixed(&mut self, request: &Request, wrong_rows: bool) -> Result<Response, Failure> {
        let (right, wrong) = (self.right.send(request)?, self.send_wrongly(request)?);
        let (rows, total) = if wrong_rows { (wrong, right) } else { (right, wrong) };
        match (rows.json(), total.json()) {
            (Some(mut body), Some(other)) if rows.status == 200 && total.status == 200 => {
                body["meta"] = other["meta"].clone();
                let body = body.to_string().into_bytes();
                let mut headers = rows.headers;
                let length = headers.iter_mut().find(|(name, _)| name == "content-length");
                if let Some((_, value)) = length {
                    *value = body.len().to_string();
                }
                Ok(Response { headers, body, ..total })
            }
            _ => Ok(rows),
        }
    }

    /// The request with nothing in its body but what the contract knows.
    fn known_only(&self, kind: Kind, request: &Request) -> Request {
        let resource = self.contract.resource(kind.entity);
        let inputs = if request.method == "POST" { &resource.create } else { &resource.update };
        match serde_json::from_slice(&request.body) {
            Ok(Json::Object(mut members)) => {
                members.retain(|name, _| inputs.iter().any(|input| input.property.wire == *name));
                Request { body: Json::Object(members).to_string().into_bytes(), ..request.clone() }
            }
            _ => request.clone(),
        }
    }
}

impl System for Faulty<'_> {
    fn send(&mut self, request: &Request) -> Result<Response, Failure> {
        let kind = self.mutant.kind;
        if !kind.holds(self.contract, request) {
            return self.right.send(request);
        }
        match &self.mutant.fault {
            Fault::Guards(_) | Fault::Contract(_) => self.send_wrongly(request),
            Fault::Rows(_) => self.mixed(request, true),
            Fault::Total(_) => self.mixed(request, false),
            Fault::PassesOver => {
                let request = self.known_only(kind, request);
                self.right.send(&request)
            }
        }
    }

    fn send_together(&mut self, requests: &[Request]) -> Vec<Result<Response, Failure>> {
        requests.iter().map(|request| self.send(request)).collect()
    }

    fn seed(&mut self, file: &Json) -> Result<Ids, Failure> {
        self.right.seed(file)
    }

    fn change_account(&mut self, id: &str, change: &AccountChange) -> Result<(), Failure> {
        self.right.change_account(id, change)
    }

    fn facts(&self) -> Facts {
        self.right.facts()
    }

    fn logs(&mut self) -> String {
        self.right.logs()
    }

    fn stored(&mut self) -> Result<String, Failure> {
        self.right.stored()
    }

    fn send_meanwhile(&mut self, busy: &[Request], again: &Request) -> Result<Vec<Duration>, Failure> {
        self.right.send_meanwhile(busy, again)
    }
}
