//! Keys and words, looked up in the vocabulary.

use super::{
    super::{
        code::Code,
        diagnostic::Diagnostic,
        span::Span,
        vocabulary::{Place, Word},
        yaml::{Entry, Map, Scalar},
    },
    Problems,
};

/// A word and the pair that begins with it.
pub(super) struct Known<'n> {
    pub(super) word: &'static str,
    pub(super) entry: &'n Entry,
}

/// The pairs of a map whose keys the vocabulary has at this place. A key that is nearly a word is reported,
/// and read as that word if the map does not have it, so that the slip stays the only problem.
pub(super) fn known<'n>(map: &'n Map, place: Place, problems: &mut Problems) -> Vec<Known<'n>> {
    let written = |name: &str| map.entries.iter().any(|entry| entry.key.text == name);
    let mut found: Vec<Known<'n>> = Vec::new();
    for entry in &map.entries {
        let word = match place.find(&entry.key.text) {
            Some(word) => word,
            None => match unknown(&entry.key, place, problems) {
                Some(near) if !written(near.name) && found.iter().all(|known| known.word != near.name) => near,
                _ => continue,
            },
        };
        refuse_unavailable(word, place, entry.key.inner(), problems);
        found.push(Known { word: word.name, entry });
    }
    found
}

/// Reports a word that is not one, and returns what was probably meant.
fn unknown(key: &Scalar, place: Place, problems: &mut Problems) -> Option<&'static Word> {
    let near = place.nearest(&key.text);
    problems.push(unknown_word(&key.text, key.inner(), place, near));
    near
}

/// The problem with a word that the language does not have at this place.
pub(super) fn unknown_word(text: &str, span: Span, place: Place, near: Option<&Word>) -> Diagnostic {
    let problem = Diagnostic::error(Code::UnknownWord, span, format!("`{text}` is not {}.", place.noun()));
    if let Some(near) = near {
        return problem.did_you_mean(span, Some(near.name));
    }
    if let Some(help) = place.instead(text) {
        return problem.help(help);
    }
    problem.help(format!("The words here are {}.", place.listed()))
}

/// Reports a word that this version does not build.
pub(super) fn refuse_unavailable(word: &Word, place: Place, span: Span, problems: &mut Problems) -> bool {
    if word.is_available() {
        return false;
    }
    let problem = Diagnostic::not_yet_available(&format!("`{}`", word.name), span);
    let instead = place.words().iter().filter(|other| other.is_available() && place.is_choice());
    let instead: Vec<String> = instead.map(|other| format!("`{}`", other.name)).collect();
    problems.push(if instead.is_empty() {
        problem
    } else {
        problem.help(format!("For now, choose {}.", instead.join(", ")))
    });
    true
}
