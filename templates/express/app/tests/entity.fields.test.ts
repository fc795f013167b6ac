import { testFields } from "./support/fields.js";
⟦= imports ⟧

const resource = {
  path: "⟦= path ⟧",
  store: store⟦= names.pascal ⟧,
  input: ⟦= input ⟧,
};

testFields(resource, [
⟦%- for case in cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
]);
