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
  { filters, sort }: Pick<ListQuery<Field>, "filters" | "sort">,
  readable: Record<string, boolean>,
): void {
  rejectFields([...filters, ...sort].map(({ field }) => field), readable);
}
⟦%- endif %⟧
⟦%- if reads || writes %⟧

function rejectFields(fields: string[], permitted: Record<string, boolean>): void {
  const refused = fields.filter((field) => permitted[field] === false);
  const problems = refused.map((field): Problem => [field, "forbidden"]);
  if (problems.length > 0) throw new ApiError("FORBIDDEN", problems);
}
⟦%- endif %⟧
⟦%- if moves %⟧

/** Refuses changes that others may make, and those that nobody may. */
export function rejectMoves(verdicts: Record<string, boolean | undefined>): void {
  const fields = Object.keys(verdicts);
  const problems = (verdict: boolean | undefined, code: DetailCode) =>
    fields.filter((field) => verdicts[field] === verdict).map((field): Problem => [field, code]);
  const forbidden = problems(false, "forbidden");
  if (forbidden.length > 0) throw new ApiError("FORBIDDEN", forbidden);
  const impossible = problems(undefined, "transition");
  if (impossible.length > 0) throw new ApiError("CONFLICT", impossible);
}
⟦%- endif %⟧
