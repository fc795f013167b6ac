⟦= imports ⟧

/**
 * `seed [FILE]` stores the rows of a JSON file and prints the ids they got.
 * In the file, rows have keys of their own, and references are written as the
 * key of the other row. Where a value is taken that no two rows may have, the
 * row that has it stays as it is.
 */

const key = z.string();

const seedFile = z.strictObject({
⟦%- for seed in seeds %⟧
  ⟦= seed.name ⟧: z.record(key, ⟦= seed.schema ⟧).default({}),
⟦%- endfor %⟧
});

type Seed = z.output<typeof seedFile>;

if (config.APP_ENV === "production") {
  process.stderr.write("The seed is not meant for production.\n");
  process.exitCode = 1;
} else {
  const [file = "seed.json"] = process.argv.slice(2);
  const seed = seedFile.parse(JSON.parse(await readFile(file, "utf8")));
  const ids = await write((tx) => store(tx, seed));
  process.stdout.write(`${JSON.stringify(ids, null, 2)}\n`);
}
await closeDatabase();

async function store(tx: Transaction, seed: Seed) {
  const ids = {
⟦%- for seed in seeds %⟧
    ⟦= seed.name ⟧: new Map<string, string>(),
⟦%- endfor %⟧
  };
⟦%- for seed in seeds %⟧
  for (const [key, row] of Object.entries(seed.⟦= seed.name ⟧)) {⟦%- if let Some(row) = seed.new_row %⟧
    const fresh = ⟦= row ⟧;
⟦%- endif %⟧
    const { id } = ⟦= seed.store ⟧;
    ids.⟦= seed.name ⟧.set(key, id);
  }
⟦%- endfor %⟧
⟦%- for seed in seeds %⟧
⟦%- if !seed.later.is_empty() %⟧
  for (const [key, row] of Object.entries(seed.⟦= seed.name ⟧)) {

    const id = idOf(ids.⟦= seed.name ⟧, key);
⟦%- for statement in seed.later %⟧
    ⟦= statement ⟧
⟦%- endfor %⟧
  }
⟦%- endif %⟧
⟦%- endfor %⟧
  return Object.fromEntries(Object.entries(ids).map(([name, of]) => [name, Object.fromEntries(of)]));
}
⟦%- for function in functions %⟧

⟦= function ⟧
⟦%- endfor %⟧
⟦%- if refers %⟧

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`No row has the key "${key}".`);
  return id;
}
⟦%- endif %⟧
