#![allow(clippy::unwrap_used)]

use super::*;
use crate::{Request, Session};

/// What somebody knows who is told by updates.
#[derive(Default)]
struct Listener {
    paths: Vec<String>,
    wholes: BTreeMap<String, String>,
    texts: BTreeMap<String, String>,
}

impl Listener {
    fn hears(&mut self, view: &UpdateView) {
        if let Some(paths) = &view.paths {
            self.paths = paths.iter().map(|path| (*path).to_owned()).collect();
            self.texts.retain(|path, _| self.paths.contains(path));
        }
        for (path, text) in &view.files {
            self.wholes.insert((*path).to_owned(), (*text).to_owned());
            self.texts.insert((*path).to_owned(), (*text).to_owned());
        }
        for SplicedView { path, splices } in &view.spliced {
            let whole: Vec<u16> = self.wholes[*path].encode_utf16().collect();
            let units = |from: usize, to: usize| String::from_utf16(&whole[from..to]).unwrap();
            let (mut text, mut at) = (String::new(), 0);
            for splice in splices {
                assert_eq!(units(0, splice.start).matches('\n').count(), splice.line);
                text = text + &units(at, splice.start) + splice.lines;
                at = splice.end;
            }
            self.texts.insert((*path).to_owned(), text + &units(at, whole.len()));
        }
    }
}

#[test]
fn whoever_is_told_has_every_text() {
    let spec = crate::starters::find("bookshop").unwrap().spec.replacen("name:", "description: Bücher, 📚.\nname:", 1);
    let specs = [
        spec.clone(),
        spec.replacen("1..200", "1..201", 1),
        spec.replacen("1..200", "1..202", 1),
        spec.clone(),
        "backsmith: 2".to_owned(),
        spec.replacen("1..5", "1..6", 1),
        spec.replacen("Review:", "Opinion:", 1),
        spec.clone(),
        spec.replacen("Bücher", "Books", 1),
    ];
    let (mut session, mut told, mut listener) = (Session::default(), Told::default(), Listener::default());
    let (mut splices, mut wholes) = (Vec::new(), Vec::new());
    for spec in &specs {
        let outcome = session.generate(&Request::new(spec)).unwrap();
        let view = UpdateView::new(&outcome, &mut told, spec);
        listener.hears(&view);
        splices.push(view.spliced.len());
        wholes.push(view.files.len());
        let Some(generated) = &outcome.result else { continue };
        let files = generated.project.files();
        assert!(files.iter().map(|file| file.path.as_str()).eq(listener.paths.iter().map(String::as_str)));
        assert!(files.iter().all(|file| listener.texts[file.path.as_str()] == file.text));
        assert_eq!(files.len(), listener.texts.len());
    }
    // What is told again is told whole; what is no spec tells nothing.
    assert!(splices[0] == 0 && splices[1..4].iter().all(|count| *count > 0), "{splices:?}");
    assert!(wholes[1] < wholes[0] / 4 && wholes[4] == 0, "{wholes:?}");
}
