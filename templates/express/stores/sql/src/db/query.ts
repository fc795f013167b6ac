⟦= imports ⟧
⟦%- if lists %⟧

type Columns<Field extends string> = Record<Field, Column>;

const comparisons = { eq, ne, lt, lte, gt, gte };

/** The conditions of a list's filters. */
export function matching<Field extends string>(
  columns: Columns<Field>,
  filters: readonly Filter<Field>[],
): SQL[] {
  return filters.map((filter) => {
    const column = columns[filter.field];
    switch (filter.operator) {
      case "in":
        return inArray(column, filter.value);
⟦%- if nullable %⟧
      case "null":
        return filter.value ? isNull(column) : isNotNull(column);
⟦%- endif %⟧
      default:
        return comparisons[filter.operator](column, filter.value);
    }
  });
}
⟦%- if searches %⟧

/** Whether one of the columns holds a text, whatever the case of its letters. */
export function holding(columns: Column[], text: string | undefined): SQL | undefined {
  if (text === undefined) return undefined;
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(...columns.map((column) => sql`${column} ⟦= like ⟧ ${pattern} escape '\\'`));
}
⟦%- endif %⟧

/** The order of a list; rows that are equal in it are told apart by their ids. */
export function ordering<Field extends string>(
  columns: Columns<Field | "id" | "⟦= keys.name("created_at") ⟧">,
  sort: readonly Order<Field>[],
): SQL[] {
  if (sort.length === 0) return [desc(columns.⟦= keys.name("created_at") ⟧), desc(columns.id)];
⟦%- if orders_nulls %⟧
  // Null is lower than every value.
  const orders = sort.map(({ field, descending }) =>
    descending
      ? sql`${columns[field]} desc nulls last`
      : sql`${columns[field]} asc nulls first`,
  );
⟦%- else %⟧
  const orders = sort.map(({ field, descending }) =>
    descending ? desc(columns[field]) : asc(columns[field]),
  );
⟦%- endif %⟧
  return [...orders, asc(columns.id)];
}

/** The place of a page's first row. */
export function offset(query: { page: number; limit: number }): number {
  return (query.page - 1) * query.limit;
}
⟦%- endif %⟧
⟦%- if links %⟧

/** The place of a row among those of the same owner, of which the newest is the first. */
export function placeAmong(owner: Column, { ⟦= keys.member("created_at") ⟧, id }: Record<"⟦= keys.name("created_at") ⟧" | "id", Column>) {
  return sql<number>`row_number() over (partition by ${owner} order by ${createdAt} desc, ${id} desc)`.as("place");
}
⟦%- endif %⟧
⟦%- if conditions %⟧

/** A condition that does not depend on the row. */
export function holds(condition: boolean): SQL {
  return condition ? sql`1 = 1` : sql`1 = 0`;
}
⟦%- endif %⟧
⟦%- if told %⟧

/** A condition as a column of its own; what is unknown because of a null counts as false. */
export function isTrue(condition: SQL | undefined): SQL<boolean> {
  return sql<boolean>`coalesce(${condition}, false)`.mapWith(Boolean);
}
⟦%- endif %⟧
⟦%- if owners %⟧

/** Whether a column refers to the caller. */
export function isCaller(column: Column, caller: { id: string } | undefined): SQL {
  return caller ? eq(column, caller.id) : holds(false);
}
⟦%- endif %⟧
⟦%- if others %⟧

/** Whether a column refers to a user who is not the caller. */
export function isAnother(column: Column, caller: { id: string } | undefined): SQL {
  return caller ? ne(column, caller.id) : holds(false);
}
⟦%- endif %⟧
