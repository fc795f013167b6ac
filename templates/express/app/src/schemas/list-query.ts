⟦= imports ⟧
⟦%- if lists %⟧

/** A value that rows are compared with. */
export type Comparable = string | number | boolean;

type Comparison = "eq" | "ne" | "lt" | "lte" | "gt" | "gte";
type Operator = Comparison | "in"⟦% if nullable %⟧ | "null"⟦% endif %⟧;

/** Keeps the rows whose field compares so with the value. */
export type Filter<Field> = { field: Field } & (
  | { operator: Comparison; value: Comparable }
  | { operator: "in"; value: Comparable[] }
⟦%- if nullable %⟧
  | { operator: "null"; value: boolean }
⟦%- endif %⟧
);

/** What a field is compared with, and how. */
interface Filterable {
  schema: z.ZodType<Comparable>;
  operators: Operator[];
}
⟦%- if same %⟧

export const same = (schema: z.ZodType<Comparable>): Filterable => ({
  schema,
  operators: ["eq", "ne"],
});
⟦%- endif %⟧

export const oneOf = (schema: z.ZodType<Comparable>): Filterable => ({
  schema,
  operators: ["eq", "ne", "in"],
});

export const ordered = (schema: z.ZodType<Comparable>): Filterable => ({
  schema,
  operators: ["eq", "ne", "lt", "lte", "gt", "gte", "in"],
});
⟦%- if nullable %⟧

export const nullable = ({ schema, operators }: Filterable): Filterable => ({
  schema,
  operators: [...operators, "null"],
});
⟦%- endif %⟧

export interface Order<Field> {
  field: Field;
  descending: boolean;
}

export interface ListQuery<Field⟦% if includes %⟧, Relation = never⟦% endif %⟧> {
  page: number;
  limit: number;
  sort: Order<Field>[];
  filters: Filter<Field>[];
⟦%- if searches %⟧
  /** What one of the searched fields must hold. */
  search: string | undefined;
⟦%- endif %⟧
⟦%- if includes %⟧
  /** The relations whose rows come along. */
  include: Relation[];
⟦%- endif %⟧
}

/** The parameters of a list: paging, `sort`, and a filter for each field. */
export function listQuery<Field extends string⟦% if includes %⟧, Relation extends string = never⟦% endif %⟧>(
  fields: Record<Field, Filterable>,
⟦%- if searches || includes %⟧
  parameters: { ⟦% if searches %⟧q?: z.ZodOptional<z.ZodString>; ⟦% endif %⟧⟦% if includes %⟧include?: z.ZodType<Relation[]>⟦% endif %⟧ } = {},
⟦%- endif %⟧
) {
  const names = Object.keys(fields) as Field[];
  const filters = names.flatMap((field) => filtersOf(field, fields[field]));
  return z
    .strictObject({
      ...Object.fromEntries(filters),
⟦%- if searches || includes %⟧
      ...parameters,
⟦%- endif %⟧
      page: countParameter(maxPage).default(1),
      limit: countParameter(maxPageSize).default(pageSize),
      sort: sortParameter(names).default([]),
    })
    .transform(({ page, limit, sort, ⟦% if searches %⟧q, ⟦% endif %⟧⟦% if includes %⟧include, ⟦% endif %⟧...filters }): ListQuery<Field⟦% if includes %⟧, Relation⟦% endif %⟧> => {
      return {
        page,
        limit,
        sort,
⟦%- if searches %⟧
        search: typeof q === "string" ? q : undefined,
⟦%- endif %⟧
⟦%- if includes %⟧
        include: Array.isArray(include) ? include : [],
⟦%- endif %⟧
        filters: Object.values(filters),
      };
    });
}

const listParameters = ["page", "limit", "sort", "q", "include"];

/** The filters of a field, by the names of their parameters. */
function filtersOf<Field extends string>(field: Field, { schema, operators }: Filterable) {
  const filters = operators.map((operator) => {
    const name = `${field}[${operator}]`;
    return [name, filterOf(field, operator, schema).optional()] as const;
  });
  // Fields that are called like a parameter of every list have no short form.
  if (listParameters.includes(field)) return filters;
  return [[field, filterOf(field, "eq", schema).optional()] as const, ...filters];
}
⟦%- if nullable %⟧

const flag = z.enum(["true", "false"]);
⟦%- endif %⟧

function filterOf<Field extends string>(
  field: Field,
  operator: Operator,
  schema: z.ZodType<Comparable>,
): z.ZodType<Filter<Field>> {
  switch (operator) {
    case "in":
      return z
        .string()
        .transform((text): unknown[] => text.split(","))
        .pipe(z.array(schema).max(maxFilterValues))
        .transform((value): Filter<Field> => ({ field, operator, value }));
⟦%- if nullable %⟧
    case "null":
      return flag.transform((text): Filter<Field> => ({ field, operator, value: text === "true" }));
⟦%- endif %⟧
    default:
      return schema.transform((value): Filter<Field> => ({ field, operator, value }));
  }
}
⟦%- if searches %⟧

/** `q` */
export const searchParameter = () => string(1, maxSearchLength).optional();
⟦%- endif %⟧

function countParameter(max: number) {
  return z
    .string()
    .regex(/^(0|[1-9][0-9]{0,8})$/)
    .transform(Number)
    .pipe(z.number().min(1).max(max));
}

/** `-⟦= keys.name("created_at") ⟧,title` */
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
⟦%- endif %⟧

⟦%- if includes %⟧

/** `include`: relations whose rows come along. */
export function includeParameter<Relation extends string>(relations: readonly Relation[]) {
  const isRelation = (name: string): name is Relation => {
    return relations.some((relation) => relation === name);
  };
  return z
    .string()
    .transform((text, context): Relation[] => {
      const names = text.split(",");
      const known = names.filter(isRelation);
      if (known.length < names.length) {
        context.addIssue({ code: "custom", message: "choice" });
      } else if (new Set(names).size < names.length) {
        context.addIssue({ code: "custom", message: "repeated" });
      }
      return known;
    })
    .default([]);
}
⟦%- endif %⟧

/** For operations that take no parameters. */
export const noParameters = z.strictObject({});
