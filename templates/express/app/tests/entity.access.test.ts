import { ⟦= names.table ⟧ } from "../src/models/⟦= names.stem ⟧.model.js";
import { testAccess } from "./support/access.js";
⟦= imports ⟧

const resource = {
  path: "⟦= path ⟧",
  table: ⟦= names.table ⟧,
  store: store⟦= names.pascal ⟧,
  input: ⟦= names.camel ⟧Input,
};

testAccess(resource, [
⟦%- for case in cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
]);
