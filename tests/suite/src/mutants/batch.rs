//! Mutants that run together.

use super::Verdict;

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

/// Tries every batch of so many mutants; `judged` says what becomes of each mutant of a batch, in order. Whichever seems
/// to survive in company is tried again by itself, and only that counts. Mutants of no batch show nowhere.
pub(super) fn judge<E>(
    batches: Vec<Batch>,
    count: usize,
    judged: &mut dyn FnMut(&Batch) -> Result<Vec<Verdict>, E>,
) -> Result<Vec<Verdict>, E> {
    let mut verdicts = vec![Verdict::Equivalent; count];
    for batch in batches {
        for (&index, verdict) in batch.0.iter().zip(judged(&batch)?) {
            verdicts[index] = match verdict {
                Verdict::Survived(_) if batch.0.len() > 1 => judged(&Batch(vec![index]))?.swap_remove(0),
                verdict => verdict,
            };
        }
    }
    Ok(verdicts)
}
