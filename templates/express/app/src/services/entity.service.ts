⟦= imports ⟧
⟦%- for rule in rules %⟧

/** ⟦= rule.doc ⟧ */
function ⟦= rule.name ⟧(⟦= rule.parameters ⟧): boolean {
  ⟦= rule.origin ⟧return ⟦= rule.expression ⟧;⟦= none ⟧
}
⟦%- endfor %⟧
⟦%- include "express/app/src/services/moves.ts" %⟧
⟦%- if has_list %⟧

export function list(⟦= list.parameters ⟧) {
⟦%- if let Some(readable) = list_readable %⟧
  rejectUnreadable(query, ⟦= readable ⟧);
⟦%- endif %⟧
  return repository.list(⟦= list.arguments ⟧);
}
⟦%- endif %⟧
⟦%- if has_find %⟧

/** The row, if there is one and the caller may read it. */
export async function find(⟦= find.parameters ⟧): Promise<⟦= names.row ⟧ | undefined> {
⟦%- if let Some(refusal) = find_refusal %⟧
  ⟦= get_origin ⟧if (⟦= refusal ⟧) return undefined;⟦= none ⟧
⟦%- endif %⟧
  return repository.find(⟦= find.arguments ⟧);
}
⟦%- endif %⟧
⟦%- if has_many %⟧

/** Those of these rows that the caller may read. */
export async function findMany(⟦= many.parameters ⟧): Promise<⟦= names.row ⟧[]> {
⟦%- if let Some(refusal) = find_refusal %⟧
  ⟦= get_origin ⟧if (⟦= refusal ⟧) return [];⟦= none ⟧
⟦%- endif %⟧
  return repository.findMany(⟦= many.arguments ⟧);
}
⟦%- endif %⟧
⟦%- for link in links %⟧

/** ⟦= link.doc ⟧ */
export async function ⟦= link.name ⟧(⟦= link.parameters ⟧): Promise<Link[]> {
⟦%- if let Some(refusal) = link.refusal %⟧
  ⟦= get_origin ⟧if (⟦= refusal ⟧) return [];⟦= none ⟧
⟦%- endif %⟧
  return repository.⟦= link.name ⟧(⟦= link.arguments ⟧);
}
⟦%- endfor %⟧
⟦%- if has_count %⟧

/** How many of these rows there are that the caller may read. */
export async function count(⟦= count.parameters ⟧): Promise<number> {
⟦%- if let Some(refusal) = find_refusal %⟧
  ⟦= get_origin ⟧if (⟦= refusal ⟧) return 0;⟦= none ⟧
⟦%- endif %⟧
  return repository.count(⟦= count.arguments ⟧);
}
⟦%- endif %⟧
⟦%- if has_rows %⟧

export async function get(⟦= find.parameters ⟧): Promise<⟦= names.row ⟧> {
  const row = await find(⟦= get_arguments ⟧);
  if (!row) throw new ApiError("NOT_FOUND");
  return row;
}
⟦%- endif %⟧
⟦%- if let Some(show) = show %⟧

/** Rows as the API shows them⟦% if show.by_caller %⟧ to the caller⟦% endif %⟧. */
export async function show(⟦= show.parameters ⟧rows: ⟦= names.row ⟧[]) {
  const ids = rows.map(({ id }) => id);
  const readable = await repository.readableFields(⟦= show.arguments ⟧ids);
  return rows.map((row) => ⟦= show.view ⟧);
}
⟦%- endif %⟧
⟦%- for admission in admissions %⟧

/** The row, if the caller may ⟦= admission.verb ⟧ it. */
export async function ⟦= admission.name ⟧(⟦= admission.parameters ⟧): Promise<⟦= names.row ⟧> {
  const row = await get(⟦= get_arguments ⟧);
  ⟦= admission.origin ⟧if (!⟦= admission.rule ⟧) throw new ApiError("FORBIDDEN");⟦= none ⟧
  return row;
}
⟦%- endfor %⟧
⟦%- if makes_rows %⟧

/** A row that is yet to be stored. */
export function new⟦= names.pascal ⟧(⟦= new_parameters ⟧): ⟦= names.row ⟧ {
  const now = new Date().toISOString();
  return {
    id: uuidv7(),
    ...input,
⟦%- for value in new_values %⟧
    ⟦= value ⟧,
⟦%- endfor %⟧
    ⟦= keys.name("created_at") ⟧: now,
    ⟦= keys.name("updated_at") ⟧: now,
  };
}
⟦%- endif %⟧
⟦%- if has_create %⟧

export async function create(⟦= create.parameters ⟧): Promise<⟦= names.row ⟧> {
⟦%- for field in forbidden %⟧
  if (input.⟦= field.property ⟧ !== undefined && !⟦= field.admitted ⟧) {
    throw new ApiError("FORBIDDEN", [["⟦= field.property ⟧", "forbidden"]]);
  }
⟦%- endfor %⟧
⟦%- if let Some(writable) = create_writable %⟧
  rejectUnwritable(input, ⟦= writable ⟧);
⟦%- endif %⟧
  return write(async (tx) => {
⟦%- if create_refers %⟧
    await checkReferences(⟦= check_arguments ⟧input, tx);
⟦%- endif %⟧
⟦%- if copies %⟧
    const copied = await repository.copied(tx, ⟦= copied_input ⟧);
⟦%- endif %⟧
    const given = ⟦= new_row ⟧;
    await ⟦= hooks ⟧.beforeCreate?.(given, tx);
    const row = await repository.insert(tx, given);
⟦%- if let Some(rule) = create_result %⟧
    if (!⟦= rule ⟧) throw new ApiError("FORBIDDEN");
⟦%- endif %⟧
⟦%- if let Some(writable) = created_writable %⟧
    rejectUnwritable(input, ⟦= writable ⟧);
⟦%- endif %⟧
    await ⟦= hooks ⟧.afterCreate?.(row, tx);
    return row;
  });
}
⟦%- endif %⟧
⟦%- if has_update %⟧

export async function update(⟦= update.parameters ⟧): Promise<⟦= names.row ⟧> {
⟦%- if let Some(writable) = update_writable %⟧
  rejectUnwritable(changes, ⟦= writable ⟧);
⟦%- endif %⟧
  return write(async (tx) => {
    const before = await ⟦= get_for_update ⟧;
⟦%- if let Some(writable) = row_writable %⟧
    rejectUnwritable(changes, ⟦= writable ⟧);
⟦%- endif %⟧
    if (Object.keys(changes).length === 0) return before;
⟦%- if let Some(verdicts) = verdicts %⟧
    rejectMoves(⟦= verdicts ⟧);
⟦%- endif %⟧
⟦%- if update_refers %⟧
    await checkReferences(⟦= check_arguments ⟧changes, tx, before);
⟦%- endif %⟧
    const given = { ...changes, ⟦= keys.name("updated_at") ⟧: new Date().toISOString() };
⟦%- if has_hooks %⟧
    await ⟦= hooks ⟧.beforeUpdate?.(given, before, tx);
⟦%- endif %⟧
    const row = await repository.update(tx, id, given);
⟦%- if let Some(rule) = update_result %⟧
    if (!⟦= rule ⟧) throw new ApiError("FORBIDDEN");
⟦%- endif %⟧
⟦%- if let Some(writable) = updated_writable %⟧
    rejectUnwritable(changes, ⟦= writable ⟧);
⟦%- endif %⟧
⟦%- if has_hooks %⟧
    await ⟦= hooks ⟧.afterUpdate?.(row, before, tx);
⟦%- endif %⟧
    return row;
  });
}
⟦%- endif %⟧
⟦%- if let Some(replace) = replace %⟧

/** What a whole body leaves out begins anew, as far as the caller may write it. */
export ⟦% if replace.of_row || replace.waits %⟧async ⟦% endif %⟧function replace(⟦= replace.parameters ⟧): Promise<⟦= names.row ⟧> {
⟦%- if replace.of_row %⟧
  const before = await get(⟦= replace_get ⟧);
⟦%- endif %⟧
  const absent = {
⟦%- for member in replace.absent %⟧
    ⟦= member ⟧,
⟦%- endfor %⟧
  };
  return update(⟦= replace.arguments ⟧, { ...absent, ...input });
}
⟦%- endif %⟧
⟦%- if has_delete %⟧

export async function remove(⟦= remove.parameters ⟧): Promise<void> {
  return write(async (tx) => {
⟦%- if has_hooks %⟧
    const row = await ⟦= get_for_delete ⟧;
    await ⟦= hooks ⟧.beforeDelete?.(row, tx);
    await repository.remove(tx, id);
    await ⟦= hooks ⟧.afterDelete?.(row, tx);
⟦%- else %⟧
    await ⟦= get_for_delete ⟧;
    await repository.remove(tx, id);
⟦%- endif %⟧
  });
}
⟦%- endif %⟧
⟦%- if checks_references %⟧

/** To refer to a row one must be able to read it⟦% if update_refers %⟧, unless it stays the same⟦% endif %⟧. */
async function checkReferences(
  ⟦= check_parameters ⟧changes: {
⟦%- for reference in references %⟧
    ⟦= reference.property ⟧?: ⟦= reference.ty ⟧;
⟦%- endfor %⟧
⟦%- for set in sets %⟧
    ⟦= set.property ⟧?: string[] | undefined;
⟦%- endfor %⟧
  },
  reader: Reader,
⟦%- if update_refers %⟧
  before?: ⟦= names.row ⟧,
⟦%- endif %⟧
): Promise<void> {
  const problems: Problem[] = [];
⟦%- for reference in references %⟧
  if (changes.⟦= reference.property ⟧ && ⟦% if update_refers %⟧changes.⟦= reference.property ⟧ !== before?.⟦= reference.property ⟧ && ⟦% endif %⟧!(await ⟦= reference.service ⟧find(⟦= reference.arguments ⟧changes.⟦= reference.property ⟧, reader))) {
    problems.push(["⟦= reference.property ⟧", "reference"]);
  }
⟦%- endfor %⟧
⟦%- for set in sets %⟧
  const ⟦= set.added ⟧ = changes.⟦= set.property ⟧⟦% if update_refers %⟧?.filter((id) => !before?.⟦= set.property ⟧.includes(id))⟦% endif %⟧ ?? [];
  if (⟦= set.added ⟧.length > 0 && (await ⟦= set.service ⟧count(⟦= set.arguments ⟧⟦= set.added ⟧, reader)) < ⟦= set.added ⟧.length) {
    problems.push(["⟦= set.property ⟧", "reference"]);
  }
⟦%- endfor %⟧
  if (problems.length > 0) throw new ApiError("CONFLICT", problems);
}
⟦%- endif %⟧
