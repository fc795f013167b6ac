//! The reference with faults, each at one place.

use std::time::Duration;

use backsmith::contract::{Contract, Plan};
use backsmith::reference::{Request, Response};
use serde_json::Value as Json;

use super::sites::{Fault, Kind, SiteMutant};
use crate::memory::Reference;
use crate::system::{AccountChange, Facts, Failure, Ids, System};

/// A server that is right but for some faults.
pub(super) struct Faulty<'m> {
    right: Reference,
    contract: &'m Contract,
    faults: Vec<Wrong<'m>>,
}

/// A fault, with what stands in for contract and guards while a request of its kind is answered.
struct Wrong<'m> {
    mutant: &'m SiteMutant,
    contract: Contract,
    plan: Plan,
}

impl<'m> Faulty<'m> {
    /// `right` is a server without rows that keeps to `contract`.
    pub(super) fn new(right: Reference, contract: &'m Contract, mutants: &[&'m SiteMutant]) -> Self {
        let wrong = |mutant: &&'m SiteMutant| Wrong {
            plan: mutant.fault.plan().unwrap_or(&contract.plan).clone(),
            contract: mutant.fault.contract().unwrap_or(contract).clone(),
            mutant,
        };
        Self { right, contract, faults: mutants.iter().map(wrong).collect() }
    }

    fn send_wrongly(&mut self, fault: usize, request: &Request) -> Result<Response, Failure> {
        let Wrong { contract, plan, .. } = &mut self.faults[fault];
        self.right.exchange(contract, plan);
        let answer = self.right.send(request);
        self.right.exchange(contract, plan);
        answer
    }

    /// The list of one answer with the total of another.
    fn mixed(&mut self, fault: usize, request: &Request, wrong_rows: bool) -> Result<Response, Failure> {
        let (right, wrong) = (self.right.send(request)?, self.send_wrongly(fault, request)?);
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
        let contract = self.contract;
        let concerned = self.faults.iter().position(|wrong| wrong.mutant.kind.holds(contract, request));
        let Some(fault) = concerned else { return self.right.send(request) };
        let mutant = self.faults[fault].mutant;
        match &mutant.fault {
            Fault::Guards(_) | Fault::Contract(..) => self.send_wrongly(fault, request),
            Fault::Rows(_) => self.mixed(fault, request, true),
            Fault::Total(_) => self.mixed(fault, request, false),
            Fault::PassesOver => {
                let request = self.known_only(mutant.kind, request);
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
