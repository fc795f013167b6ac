import { z } from "zod";
import { maxPage, maxPageSize, pageSize } from "../config/limits.js";

/** A value that rows are compared with. */
export type Comparable = string | number | boolean;

/** Keeps the rows whose field equals the value. */
export interface Filter<Field> {
  field: Field;
  value: Comparable;
}

export interface Order<Field> {
  field: Field;
  descending: boolean;
}

export interface ListQuery<Field> {
  page: number;
  limit: number;
  sort: Order<Field>[];
  filters: Filter<Field>[];
}

/** The parameters of a list: paging, `sort`, and a filter for each field. */
export function listQuery<Field extends string>(
  fields: Record<Field, z.ZodType<Comparable>>,
) {
  const names = Object.keys(fields) as Field[];
  const filters = names.flatMap((field) => {
    const schema = fields[field]
      .transform((value): Filter<Field> => ({ field, value }))
      .optional();
    return filterNames(field).map((name) => [name, schema] as const);
  });
  return z
    .strictObject({
      ...Object.fromEntries(filters),
      page: countParameter(maxPage).default(1),
      limit: countParameter(maxPageSize).default(pageSize),
      sort: sortParameter(names).default([]),
    })
    .transform(({ page, limit, sort, ...filters }): ListQuery<Field> => {
      return { page, limit, sort, filters: Object.values(filters) };
    });
}

const listParameters = ["page", "limit", "sort", "q", "include"];

/** Fields that are called like a parameter of every list have no short form. */
function filterNames(field: string): string[] {
  const long = `${field}[eq]`;
  return listParameters.includes(field) ? [long] : [field, long];
}

function countParameter(max: number) {
  return z
    .string()
    .regex(/^(0|[1-9][0-9]{0,8})$/)
    .transform(Number)
    .pipe(z.number().min(1).max(max));
}

/** `-createdAt,title` */
function sortParameter<Field extends string>(fields: readonly Field[]) {
  const isField = (name: string): name is Field => {
    return fields.some((field) => field === name);
  };
  return z.string().transform((text, context): Order<Field>[] => {
    const steps = text.split(",");
    const orders = steps.flatMap((step) => {
      const descending = step.startsWith("-");
      const field = descending ? step.slice(1) : step;
      return isField(field) ? [{ field, descending }] : [];
    });
    if (orders.length < steps.length) {
      context.addIssue({ code: "custom", message: "choice" });
    } else if (new Set(steps).size < steps.length) {
      context.addIssue({ code: "custom", message: "repeated" });
    }
    return orders;
  });
}

/** For operations that take no parameters. */
export const noParameters = z.strictObject({});
