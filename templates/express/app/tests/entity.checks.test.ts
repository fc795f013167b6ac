⟦= imports ⟧

const unfit = {
  code: "check",
  message: "⟦= message ⟧",
};

function refusalOf(fields: string[]) {
  return Object.fromEntries(fields.map((field) => [field, [unfit]]));
}
⟦%- if let Some(create) = create %⟧

test.each([
⟦%- for case in create.cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
])("$guard ⟦= create.guards ⟧ a new row is refused with $body", async ({ body, fields }) => {
  const caller = await principals.⟦= create.caller ⟧();
  const input = { ...(await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧)), ...body };
  const answer = await api.post("⟦= path ⟧").set(caller.headers).send(input);
  expect(answer.status).toBe(409);
  expect(answer.body.error.details).toEqual(refusalOf(fields));
});
⟦%- endif %⟧
⟦%- if let Some(copied) = copied %⟧

test.each([
⟦%- for case in copied.cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
])("$guard ⟦= copied.guards ⟧ a new row is refused because of what it copies", async ({ body, given, fields }) => {
  const caller = await principals.⟦= copied.caller ⟧();
  const input = { ...(await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧)), ...body, ...(await given(⟦= copied.argument() ⟧)) };
  const answer = await api.post("⟦= path ⟧").set(caller.headers).send(input);
  expect(answer.status).toBe(409);
  expect(answer.body.error.details).toEqual(refusalOf(fields));
});
⟦%- endif %⟧
⟦%- if let Some(named_twice) = named_twice %⟧

test.each([
⟦%- for case in named_twice.cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
])("$guard ⟦= named_twice.guards ⟧ a new row is refused that names one row as $fields", async ({ body, given, fields }) => {
  const caller = await principals.⟦= named_twice.caller ⟧();
  const input = { ...(await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧)), ...body, ...(await given(⟦= named_twice.argument() ⟧)) };
  const answer = await api.post("⟦= path ⟧").set(caller.headers).send(input);
  expect(answer.status).toBe(409);
  expect(answer.body.error.details).toEqual(refusalOf(fields));
});
⟦%- endif %⟧
⟦%- if let Some(owned) = owned %⟧

test.each([
⟦%- for case in owned.cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
])("$guard ⟦= owned.guards ⟧ a new row is refused because of what its owner holds", async ({ me, body, fields }) => {
  const caller = await ⟦= sign_up ⟧(⟦= owned.role ⟧, me);
  const input = { ...(await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧)), ...body };
  const answer = await api.post("⟦= path ⟧").set(caller.headers).send(input);
  expect(answer.status).toBe(409);
  expect(answer.body.error.details).toEqual(refusalOf(fields));
});
⟦%- endif %⟧
⟦%- if let Some(update) = update %⟧

test.each([
⟦%- for case in update.cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
])("$guard ⟦= update.guards ⟧ a change is refused with $body", async ({ body, fields }) => {
  const caller = await principals.⟦= update.caller ⟧();
  const { id } = await store⟦= names.pascal ⟧(⟦= update.given ⟧);
  const answer = await api.patch(`⟦= path ⟧/${id}`).set(caller.headers).send(body);
  expect(answer.status).toBe(409);
  expect(answer.body.error.details).toEqual(refusalOf(fields));
});
⟦%- endif %⟧
⟦%- if let Some(renamed) = renamed %⟧

test.each([
⟦%- for case in renamed.cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
])("$guard ⟦= renamed.guards ⟧ a change is refused that names one row as $fields", async ({ given, fields }) => {
  const caller = await principals.⟦= renamed.caller ⟧();
  const { id } = await store⟦= names.pascal ⟧(⟦= renamed.given ⟧);
  const answer = await api.patch(`⟦= path ⟧/${id}`).set(caller.headers).send(await given(⟦= renamed.argument() ⟧));
  expect(answer.status).toBe(409);
  expect(answer.body.error.details).toEqual(refusalOf(fields));
});
⟦%- endif %⟧
