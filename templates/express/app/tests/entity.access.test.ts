⟦%- if let Some((name, module)) = hooks %⟧
import { ⟦= name ⟧ } from "⟦= module ⟧";
⟦%- endif %⟧
import { ⟦= names.table ⟧ } from "../src/models/⟦= names.stem ⟧.model.js";
import { testAccess } from "./support/access.js";
⟦= imports ⟧

const resource = {
  path: "⟦= path ⟧",
  table: ⟦= names.table ⟧,
  store: store⟦= names.pascal ⟧,
  input: ⟦= input ⟧,
⟦%- if let Some((name, _)) = hooks %⟧
  hooks: ⟦= name ⟧,
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
