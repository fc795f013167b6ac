⟦= imports ⟧
⟦%- if writes %⟧

const fields = {
⟦%- for field in fields %⟧
  ⟦= field.origin ⟧⟦= field.property ⟧: ⟦= field.schema ⟧,
⟦%- endfor %⟧⟦= none ⟧
};
⟦%- if has_create %⟧

export const ⟦= names.camel ⟧Create = z.strictObject(⟦= create ⟧);
⟦%- endif %⟧
⟦%- if has_put %⟧

export const ⟦= names.camel ⟧Replace = ⟦= replace ⟧;
⟦%- endif %⟧
⟦%- if has_update %⟧

export const ⟦= names.camel ⟧Update = z.strictObject(⟦= update ⟧).partial();
⟦%- endif %⟧
⟦%- endif %⟧
⟦%- if let Some(relations) = relations %⟧

const relations = ⟦= relations ⟧ as const;
⟦%- endif %⟧
⟦%- if has_list %⟧

export const ⟦= names.camel ⟧Query = listQuery({
⟦%- for parameter in parameters %⟧
  ⟦= parameter.property ⟧: ⟦= parameter.schema ⟧,
⟦%- endfor %⟧
}⟦% if let Some(parameters) = list_parameters %⟧, { ⟦= parameters ⟧ }⟦% endif %⟧);
⟦%- endif %⟧
⟦%- if has_parameters %⟧

export const ⟦= names.camel ⟧Parameters = z.strictObject({ include: includeParameter(relations) });
⟦%- endif %⟧
⟦%- if writes || has_list || relations.is_some() %⟧
⟦% if has_create %⟧
export type ⟦= names.pascal ⟧Create = z.output<typeof ⟦= names.camel ⟧Create>;
⟦%- endif %⟧
⟦%- if exports_replace %⟧
export type ⟦= names.pascal ⟧Replace = z.output<typeof ⟦= names.camel ⟧Replace>;
⟦%- endif %⟧
⟦%- if has_update %⟧
export type ⟦= names.pascal ⟧Update = ⟦% if changes_nothing %⟧Record<never, never>⟦% else %⟧z.output<typeof ⟦= names.camel ⟧Update>⟦% endif %⟧;
⟦%- endif %⟧
⟦%- if has_list %⟧
export type ⟦= names.pascal ⟧Query = z.output<typeof ⟦= names.camel ⟧Query>;
⟦%- endif %⟧
⟦%- if relations.is_some() %⟧
export type ⟦= names.pascal ⟧Relation = (typeof relations)[number];
⟦%- endif %⟧
⟦%- endif %⟧
⟦%- for rule in rules %⟧

/** ⟦= rule.doc ⟧ */
⟦= rule.export ⟧function ⟦= rule.name ⟧(⟦= rule.parameters ⟧): boolean {
  ⟦= rule.origin ⟧return ⟦= rule.expression ⟧;⟦= none ⟧
}
⟦%- endfor %⟧

⟦%- if let Some(readable) = readable %⟧

/** Which fields a caller may read of a row, where other rows decide it. */
export type ⟦= readable.name ⟧ = Record<⟦= readable.fields ⟧, boolean>;
⟦%- endif %⟧

/** ⟦= doc ⟧ */
export function ⟦= names.camel ⟧View(row: ⟦= names.row ⟧⟦= view_parameters ⟧) {
  return {
⟦%- for line in view %⟧
    ⟦= line ⟧,
⟦%- endfor %⟧
  };
}
