⟦= imports ⟧

test("⟦= title ⟧ a new row copies from those it refers to", async () => {
  const caller = await principals.⟦= caller ⟧();
⟦%- if let Some(path) = me %⟧
  const me = await api.get("⟦= path ⟧").set(caller.headers);
⟦%- endif %⟧
⟦%- for row in rows %⟧
  const ⟦= row.name ⟧ = ⟦= row.expression ⟧;
⟦%- endfor %⟧
⟦%- if rows.is_empty() && left_out.is_empty() && nulls.is_empty() %⟧
  const input = await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧);
⟦%- else %⟧
  const input = { ...(await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧)), ⟦% for row in rows %⟧⟦= row.property ⟧: ⟦= row.name ⟧.id, ⟦% endfor %⟧⟦% for property in left_out %⟧⟦= property ⟧: undefined, ⟦% endfor %⟧⟦% for property in nulls %⟧⟦= property ⟧: null, ⟦% endfor %⟧ };
⟦%- endif %⟧
  const answer = await api.post("⟦= path ⟧").set(caller.headers).send(input);
  expect(answer.status).toBe(201);
  expect(answer.body.data).toMatchObject({ ⟦= expected ⟧ });
});
