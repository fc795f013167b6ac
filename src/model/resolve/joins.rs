//! The tables of sets of rows, which have names of their own.

use std::collections::BTreeMap;

use crate::model::{EntityId, Name};
use crate::spec::ast::Word;
use crate::spec::{Code, Diagnostic};

use super::{
    Problems,
    fields::Draft,
    scope::{Scope, name_of_key},
};

/// Sets of rows whose table would be called like another one.
pub(super) fn refuse_collisions(scope: &Scope<'_>, drafts: &[Draft<'_>], problems: &mut Problems) {
    let mut taken: BTreeMap<String, &Word> = BTreeMap::new();
    for declared in &scope.entities {
        let (Some(name), Some(written)) = (&declared.name, declared.written) else { continue };
        let key = table(&name_of_key(&declared.table_name()));
        for form in [table(&declared.table_name()), key, file(&name.kebab()), variable(&name.plural_camel())] {
            taken.entry(form).or_insert(&written.name);
        }
    }
    for (index, draft) in drafts.iter().enumerate() {
        let declared = scope.declared(EntityId(index));
        let written = declared.written.and_then(|entity| entity.fields.value());
        let (Some(name), Some(written)) = (&declared.name, written) else { continue };
        for word in written.iter().map(|field| &field.name) {
            let Some(field) = Name::new(&word.value).filter(|name| draft.has_many(name)) else { continue };
            let forms = [
                table(&format!("{}_{}", declared.table_name(), field.snake())),
                file(&format!("{}-{}", name.kebab(), field.kebab())),
                variable(&format!("{}{}", name.camel(), field.pascal())),
            ];
            if let Some((form, first)) = forms.iter().find_map(|form| taken.get(form).map(|first| (form, *first))) {
                let message = format!("`{}` and `{}` would both become {form}.", first.value, word.value);
                problems.push(
                    Diagnostic::error(Code::NameCollision, word.span, message)
                        .label(first.span, "the other one")
                        .help("Choose another name for one of them."),
                );
            }
            for form in forms {
                taken.entry(form).or_insert(word);
            }
        }
    }
}

fn table(name: &str) -> String {
    format!("the table `{name}`")
}

fn file(name: &str) -> String {
    format!("the file `{name}`")
}

fn variable(name: &str) -> String {
    format!("the name `{}`", name.to_ascii_lowercase())
}
