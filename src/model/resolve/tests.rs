use crate::{spec, starters};

#[test]
fn every_starter_resolves_without_a_problem() {
    for starter in starters::all() {
        let spec = spec::read(starter.spec).spec;
        let (model, problems) = spec.as_ref().map(super::resolve).unwrap_or_default();
        assert_eq!(problems, [], "{}", starter.id);
        assert!(model.is_some(), "{}", starter.id);
    }
}
