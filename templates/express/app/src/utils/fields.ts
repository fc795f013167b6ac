⟦= imports ⟧
⟦%- if writes %⟧

/** Refuses values of fields that the caller may not write. */
export function rejectUnwritable(input: object, writable: Record<string, boolean>): void {
  rejectFields(Object.keys(input), writable);
}
⟦%- endif %⟧
⟦%- if reads %⟧

/** Refuses filters and orders by fields that the caller may not read. */
export function rejectUnreadable<Field extends string>(
  { filters, sort }: ListQuery<Field>,
  readable: Record<string, boolean>,
): void {
  rejectFields([...filters, ...sort].map(({ field }) => field), readable);
}
⟦%- endif %⟧

function rejectFields(fields: string[], permitted: Record<string, boolean>): void {
  const refused = fields.filter((field) => permitted[field] === false);
  const problems = refused.map((field): Problem => [field, "forbidden"]);
  if (problems.length > 0) throw new ApiError("FORBIDDEN", problems);
}
