//! Mutants that run together.

use super::{Verdict, Verdicts};

/// Mutants that run together, by their numbers: one server has all their faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch(pub(super) Vec<usize>);

/// Puts each of the mutants into the first batch that it fits into.
pub(super) fn batches(wanted: impl Iterator<Item = usize>, fits: impl Fn(usize, &Batch) -> bool) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    for index in wanted {
        match batches.iter_mut().find(|batch| fits(index, batch)) {
            Some(batch) => batch.0.push(index),
            None => batches.push(Batch(vec![index])),
        }
    }
    batches
}

/// Tries every batch of the mutants with these ids; `judged` says what becomes of each mutant of a batch, in order.
/// Whichever seems to survive in company is tried again by itself, and only that counts. Mutants of no batch show
/// nowhere; of those that are not wanted nothing is said.
pub(super) fn judge<'i, E>(
    batches: Vec<Batch>,
    ids: impl Iterator<Item = &'i str>,
    wanted: &dyn Fn(&str) -> bool,
    judged: &mut dyn FnMut(&Batch) -> Result<Vec<Verdict>, E>,
) -> Result<Verdicts, E> {
    let mut verdicts: Vec<(String, Verdict)> = ids.map(|id| (id.to_owned(), Verdict::Equivalent)).collect();
    for batch in batches {
        for (&index, verdict) in batch.0.iter().zip(judged(&batch)?) {
            verdicts[index].1 = match verdict {
                Verdict::Survived(_) if batch.0.len() > 1 => judged(&Batch(vec![index]))?.swap_remove(0),
                verdict => verdict,
            };
        }
    }
    verdicts.retain(|(id, _)| wanted(id));
    Ok(Verdicts(verdicts))
}
