⟦= imports ⟧

test("⟦= title ⟧ a new row copies from those it refers to", async () => {
  const caller = await principals.⟦= caller ⟧();
⟦%- for row in rows %⟧
  const ⟦= row.name ⟧ = ⟦= row.expression ⟧;
⟦%- endfor %⟧
  const input = { ...(await ⟦= names.camel ⟧Input(⟦= input_arguments ⟧)), ⟦% for row in rows %⟧⟦= row.property ⟧: ⟦= row.name ⟧.id, ⟦% endfor %⟧⟦% for property in left_out %⟧⟦= property ⟧: undefined, ⟦% endfor %⟧ };
  const answer = await api.post("⟦= path ⟧").set(caller.headers).send(input);
  expect(answer.status).toBe(201);
  expect(answer.body.data).toMatchObject({ ⟦= expected ⟧ });
});
