⟦= imports ⟧

// Values that a query writes as JSON does, but without quotes.

⟦%- if integer %⟧

export const integerParameter = (min: number, max: number) =>
  z.string().regex(⟦= integer_pattern ⟧).transform(Number).pipe(integer(min, max));
⟦%- endif %⟧
⟦%- if number %⟧

export const numberParameter = (schema: z.ZodNumber) =>
  z.string().regex(⟦= number_pattern ⟧).transform(Number).refine(Number.isFinite, { error: "range" satisfies DetailCode, abort: true }).pipe(schema);
⟦%- endif %⟧
⟦%- if boolean %⟧

export const booleanParameter = () =>
  z.enum(["true", "false"]).transform((value) => value === "true");
⟦%- endif %⟧
