import { testFields } from "./support/fields.js";
⟦= imports ⟧

const resource = {
  path: "⟦= path ⟧",
  store: store⟦= names.pascal ⟧,
  input: ⟦= names.camel ⟧Input,
};

testFields(resource, [
⟦%- for case in cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
]);
