⟦= imports ⟧

type Shown = ReturnType<typeof ⟦= names.camel ⟧View> & {
⟦%- for relation in relations %⟧
  ⟦= relation.wire ⟧?: ReturnType<typeof ⟦= relation.view_function ⟧>⟦% if relation.many %⟧[]⟦% else %⟧ | null⟦% endif %⟧;
⟦%- endfor %⟧
};

/** Rows as the API shows them, with those that are asked for along with them. */
export async function withIncluded(rows: ⟦= names.row ⟧[], include: ⟦= names.pascal ⟧Relation[]⟦= caller_parameter ⟧): Promise<Shown[]> {
  const shown: Shown[] = ⟦= shown ⟧;
  for (const relation of include) await add[relation](shown⟦= caller_argument ⟧);
  return shown;
}

const add: Record<⟦= names.pascal ⟧Relation, (rows: Shown[]⟦= caller_parameter ⟧) => Promise<void>> = {
⟦%- for relation in relations %⟧
  ⟦= relation.wire ⟧: async (rows⟦= relation.caller ⟧) => {
⟦%- match relation.named %⟧
⟦%- when Some with (named) %⟧
    const ids = rows.⟦% if named.nullable %⟧flatMap⟦% else %⟧map⟦% endif %⟧((row) => row.⟦= named.property ⟧⟦% if named.nullable %⟧ ?? []⟦% endif %⟧);
⟦%- if let Some(found) = relation.found %⟧
    const found = ⟦= found ⟧;
⟦%- endif %⟧
    const views = ⟦= relation.views ⟧;
    for (const row of rows) row.⟦= relation.wire ⟧ = views.get(row.⟦= named.property ⟧⟦% if named.nullable %⟧ ?? ""⟦% endif %⟧) ?? null;
⟦%- when None %⟧
    const links = await ⟦= relation.service ⟧.⟦= relation.links ⟧(⟦= relation.links_argument ⟧rows.map(({ id }) => id));
    const ids = links.map(({ id }) => id);
⟦%- if let Some(found) = relation.found %⟧
    const found = ⟦= found ⟧;
⟦%- endif %⟧
    const views = ⟦= relation.views ⟧;
    const owned = byOwner(links, views);
    for (const row of rows) row.⟦= relation.wire ⟧ = owned(row.id)⟦% if !relation.many %⟧.at(0) ?? null⟦% endif %⟧;
⟦%- endmatch %⟧
  },
⟦%- endfor %⟧
};
