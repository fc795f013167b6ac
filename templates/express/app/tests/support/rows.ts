⟦= imports ⟧

// Rows for tests to work on; what a test does not care about is made up.
⟦%- if counts %⟧

let made = 0;

/** A number that has not been used before. */
⟦% if exports %⟧export ⟦% endif %⟧function next(): number {
  made += 1;
  return made;
}
⟦%- endif %⟧
⟦%- if turns %⟧

/** The values again and again, because there are not enough of them for all rows. */
function* turns<const Value>(values: readonly Value[]): Generator<Value, never> {
  while (true) yield* values;
}
⟦%- endif %⟧
⟦%- for entity in entities %⟧
⟦%- if !entity.turns.is_empty() %⟧

/** What no two rows have in common. */
const ⟦= entity.camel ⟧Turns = turns([
⟦%- for turn in entity.turns %⟧
  { ⟦% for (name, value) in turn %⟧⟦= name ⟧: ⟦= value ⟧, ⟦% endfor %⟧ },
⟦%- endfor %⟧
]);
⟦%- endif %⟧

export ⟦% if entity.input_asynchronous %⟧async ⟦% endif %⟧function ⟦= entity.camel ⟧Input(⟦= entity.input_parameters ⟧): ⟦% if entity.input_asynchronous %⟧Promise<⟦= entity.input ⟧>⟦% else %⟧⟦= entity.input ⟧⟦% endif %⟧ {
  return {
⟦%- for (name, value) in entity.members %⟧
    ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
⟦%- if !entity.turns.is_empty() %⟧
    ...⟦= entity.camel ⟧Turns.next().value,
⟦%- endif %⟧
  };
}
⟦%- if entity.stores %⟧

export async function store⟦= entity.pascal ⟧(given: Partial<⟦= entity.row ⟧> = {}): Promise<⟦= entity.row ⟧> {
⟦%- if let Some(owner) = entity.owner %⟧
  const ⟦= owner.variable ⟧ = given.⟦= owner.property ⟧ ?? (await signUp()).id;
⟦%- endif %⟧
  const input = ⟦% if entity.input_asynchronous %⟧await ⟦% endif %⟧⟦= entity.camel ⟧Input(⟦= entity.input_arguments ⟧);
  const row⟦% if !entity.overrides.is_empty() %⟧: ⟦= entity.row ⟧⟦% endif %⟧ = {
    ...new⟦= entity.pascal ⟧(input⟦= entity.new_arguments ⟧),
⟦%- for (name, value) in entity.overrides %⟧
    ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
    ...given,
  };
  return write((tx) => ⟦= entity.camel ⟧Repository.insert(tx, row));
}
⟦%- endif %⟧
⟦%- endfor %⟧
⟦%- if ids %⟧

/** The id of a row that is about to be there. */
export async function idOf(stored: Promise<{ id: string }>): Promise<string> {
  return (await stored).id;
}
⟦%- endif %⟧
⟦%- if shared %⟧

/** What is made with a row that several others name. */
export async function withId<Made>(
  stored: Promise<{ id: string }>,
  make: (id: string) => Promise<Made>,
): Promise<Made> {
  const { id } = await stored;
  return make(id);
}
⟦%- endif %⟧
⟦%- if related %⟧

/** A row, together with the rows that refer to it. */
export async function withRelated<Row extends { id: string }>(
  stored: Promise<Row>,
  ...related: ((id: string) => Promise<unknown>)[]
): Promise<Row> {
  const row = await stored;
  for (const relate of related) await relate(row.id);
  return row;
}
⟦%- endif %⟧
