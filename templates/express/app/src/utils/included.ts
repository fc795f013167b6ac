⟦% if links -%⟧
/** A row that belongs to another one. */
export interface Link {
  owner: string | null;
  id: string;
}

⟦% endif -%⟧
⟦% if views -%⟧
/** Rows as the API shows them, by their ids. */
export function viewsOf<Row extends { id: string }, View>(
  rows: Row[],
  view: (row: Row) => View,
): Map<string, View> {
  return new Map(rows.map((row) => [row.id, view(row)]));
}
⟦%- endif %⟧
⟦%- if shown %⟧

/** What the API shows of rows, by their ids. */
export function byId<View extends { id: string }>(views: View[]): Map<string, View> {
  return new Map(views.map((view) => [view.id, view]));
}
⟦%- endif %⟧
⟦%- if links %⟧

/** Tells what belongs to an owner, in the order of the links. */
export function byOwner<View extends object>(
  links: Link[],
  views: Map<string, View>,
): (owner: string) => View[] {
  const owned = Map.groupBy(links, ({ owner }) => owner);
  return (owner) => {
    const found = owned.get(owner) ?? [];
    return found.flatMap(({ id }) => views.get(id) ?? []);
  };
}
⟦%- endif %⟧
