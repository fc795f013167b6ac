//! Files that come again as they were: whoever edits a spec has the same project rendered over and over, and nearly
//! all of its files stay the same.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Laid, Language, layout};

/// The most bytes that are kept. A project of some hundred entities has room.
const ROOM: usize = 64 << 20;

/// What files were last time, by name.
#[derive(Default)]
struct Known {
    files: HashMap<String, Entry>,
    bytes: usize,
}

struct Entry {
    rendered: String,
    language: Language,
    laid: Laid,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Lays out a rendered file of some name. If its text is what it was the last time, so is its layout.
///
/// Each thread remembers for itself.
pub fn layout_again(name: &str, rendered: String, language: Language) -> Laid {
    KNOWN.with_borrow_mut(|known| {
        if let Some(entry) = known.files.get(name)
            && entry.language == language
            && entry.rendered == rendered
        {
            return entry.laid.clone();
        }
        let laid = layout(&rendered, language);
        known.keep(name, Entry { rendered, language, laid: laid.clone() });
        laid
    })
}

impl Known {
    fn keep(&mut self, name: &str, entry: Entry) {
        self.bytes += entry.size();
        if self.bytes > ROOM {
            self.files.clear();
            self.bytes = entry.size();
        }
        if let Some(former) = self.files.insert(name.to_owned(), entry) {
            self.bytes -= former.size();
        }
    }
}

impl Entry {
    const fn size(&self) -> usize {
        self.rendered.len() + self.laid.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_text_of_a_name_counts() {
        let lay = |name: &str, text: &str| layout_again(name, text.to_owned(), Language::TypeScript).text;
        for (name, text) in [("a.ts", "f( 1 )"), ("a.ts", "f( 1 )"), ("a.ts", "f( 2 )"), ("b.ts", "f( 1 )")] {
            assert_eq!(lay(name, text), layout(text, Language::TypeScript).text);
        }
        assert_eq!(layout_again("a.ts", "f( 2 )".to_owned(), Language::Plain).text, "f( 2 )");
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let entry = |size: usize| Entry {
            rendered: "x".repeat(size),
            language: Language::Plain,
            laid: layout("", Language::Plain),
        };
        let mut known = Known::default();
        known.keep("a", entry(ROOM / 2));
        known.keep("a", entry(ROOM / 4));
        known.keep("b", entry(ROOM / 4));
        assert_eq!((known.files.len(), known.bytes), (2, ROOM / 2));
        known.keep("c", entry(ROOM / 2 + 1));
        assert_eq!((known.files.len(), known.bytes), (1, ROOM / 2 + 1));
    }
}
