⟦= imports ⟧

const resource = {
  path: "⟦= path ⟧",
  table: ⟦= names.table ⟧,
⟦%- if !emptied.is_empty() %⟧
  emptied: [⟦= emptied.join(", ") ⟧],
⟦%- endif %⟧
  store: store⟦= names.pascal ⟧,
  input: ⟦= input ⟧,
⟦%- if let Some(name) = hooks %⟧
  hooks: ⟦= name ⟧,
⟦%- endif %⟧
⟦%- if let Some(name) = searched %⟧
  searched: "⟦= name ⟧",
⟦%- endif %⟧
⟦%- if let Some(fixed) = fixed %⟧
  fixed: ⟦= fixed ⟧,
⟦%- endif %⟧
};

testAccess(resource, [
⟦%- for case in cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
]);
