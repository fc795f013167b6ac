import { testResource } from "./support/resource.js";
⟦= imports ⟧

testResource({
  path: "⟦= path ⟧",
  store: store⟦= names.pascal ⟧,
  input: ⟦= input ⟧,
⟦%- if let Some(fixed) = fixed %⟧
  fixed: ⟦= fixed ⟧,
⟦%- endif %⟧
⟦%- for (name, who) in permitted %⟧
  ⟦= name ⟧: ⟦= who.object() ⟧,
⟦%- endfor %⟧
  shown: ⟦= shown ⟧,
⟦%- if let Some(hidden) = hidden %⟧
  hidden: ⟦= hidden ⟧,
⟦%- endif %⟧
⟦%- if let Some(secret) = secret %⟧
  secret: ⟦= secret ⟧,
⟦%- endif %⟧
⟦%- if !unsearched.is_empty() %⟧
  unsearched: [
⟦%- for row in unsearched %⟧
    [⟦= row[0] ⟧, ⟦= row[1] ⟧],
⟦%- endfor %⟧
  ],
⟦%- endif %⟧
  required: ⟦= required ⟧,
⟦%- if let Some(required) = required_again %⟧
  requiredAgain: ⟦= required ⟧,
⟦%- endif %⟧
  notCreated: ⟦= not_created ⟧,
  notUpdated: ⟦= not_updated ⟧,
  invalid: [
⟦%- for row in invalid %⟧
    [⟦= row[0] ⟧, ⟦= row[1] ⟧, ⟦= row[2] ⟧],
⟦%- endfor %⟧
  ],
  references: ⟦= references ⟧,
⟦%- if let Some(sets) = sets %⟧
  sets: ⟦= sets ⟧,
⟦%- endif %⟧
  unique: ⟦= unique ⟧,
⟦%- if let Some(relations) = relations %⟧
  relations: ⟦= relations ⟧,
⟦%- endif %⟧
⟦%- if let Some(searched) = searched %⟧
  searched: ⟦= searched ⟧,
⟦%- endif %⟧
⟦%- if !referring.is_empty() %⟧
  referring: [
⟦%- for row in referring %⟧
    [⟦= row[0] ⟧, ⟦= row[1] ⟧],
⟦%- endfor %⟧
  ],
⟦%- endif %⟧
  filters: [
⟦%- for filter in filters %⟧
    [⟦= filter[0] ⟧, ⟦= filter[1] ⟧, ⟦= filter[2] ⟧],
⟦%- endfor %⟧
  ],
  compared: [
⟦%- for row in compared %⟧
    [⟦= row[0] ⟧, ⟦= row[1] ⟧, ⟦= row[2] ⟧],
⟦%- endfor %⟧
  ],
  sorts: ⟦= sorts ⟧,
  exact: ⟦= exact ⟧,
});
