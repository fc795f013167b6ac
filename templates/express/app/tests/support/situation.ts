⟦= imports ⟧

/** Who asks, and the row that they ask about. */
export interface Situation {
  /** The guards that decide. */
  guards: string[];
  caller: keyof typeof principals;
⟦%- if beside.oneself %⟧
  /** Whether the row is the caller. */
  me?: boolean;
⟦%- endif %⟧
  /** The fields of the row that refer to the caller. */
  mine?: string[];
  /** Other values of the row that the rules look at. */
  row?: object;
  /** Values of the body that the rules look at. */
  body?: object;
⟦%- if beside.any() %⟧
  /** What the rules look at in other rows. */
  beside?: string;
⟦%- endif %⟧
⟦%- if beside.given %⟧
⟦%- if let Some(me) = me %⟧
  /** Stores the rows that the row refers to, and tells what it holds as they or the caller do. */
  given?: (callerId: string, me: ⟦= me.name() ⟧) => Promise<object>;
⟦%- else %⟧
  /** Stores the rows that the row refers to. */
  given?: (callerId: string) => Promise<object>;
⟦%- endif %⟧
⟦%- if apart %⟧
  /** What of that is for a new row only, because no two may hold it. */
  apart?: string[];
⟦%- endif %⟧
⟦%- if kept %⟧
  /** ⟦% if me.is_some() %⟧What of that⟦% else %⟧Those of them that⟦% endif %⟧ the caller may not change. */
  kept?: string[];
⟦%- endif %⟧
⟦%- endif %⟧
⟦%- if beside.related %⟧
  /** Store rows that refer to the row. */
  related?: ((id: string, callerId: string⟦% if let Some(me) = me %⟧, me: ⟦= me.name() ⟧⟦% endif %⟧) => Promise<unknown>)[];
⟦%- endif %⟧
}

/** Where rows are asked for, and how they are made. */
export interface Rows {
  path: string;
  /** Stores a row with the given values. */
  store: (given: object) => Promise<{ id: string }>;
  /** A valid body for the caller. */
  input: (caller: Principal) => object | Promise<object>;
⟦%- if once %⟧
  /** What only a new row is given. */
  fixed?: string[];
⟦%- endif %⟧
}

/** A caller, a row that is as the rules want it, and a body. */
export async function setUp(rows: Rows, situation: Situation) {
⟦%- if beside.oneself && beside.given && me.is_none() %⟧
  // What a caller names is there before.
  const own = situation.me ? await situation.given?.("") : {};
  const caller = await principals[situation.caller](situation.me ? { ...situation.row, ...own } : {});
⟦%- else %⟧
  const caller = await principals[situation.caller](⟦% if beside.oneself %⟧situation.me ? situation.row : {}⟦% endif %⟧);
⟦%- endif %⟧
  const mine = situation.mine?.map((field) => [field, caller.id]) ?? [];
⟦%- if let Some(me) = me %⟧
  const me = caller.user ?? ⟦= me.made() ⟧;
⟦%- endif %⟧
⟦%- if beside.given %⟧
⟦%- if beside.oneself && me.is_none() %⟧
  const others = situation.me ? own : await situation.given?.(caller.id ?? "");
⟦%- else %⟧
  const others = await situation.given?.(caller.id ?? ""⟦% if me.is_some() %⟧, me⟦% endif %⟧);
⟦%- endif %⟧
⟦%- endif %⟧
  const given = { ...situation.row, ...Object.fromEntries(mine)⟦% if beside.given %⟧, ...others⟦% endif %⟧ };
⟦%- if beside.oneself %⟧
  const { id = "" } = situation.me ? caller : await rows.store(⟦% if apart %⟧without(given, situation.apart)⟦% else %⟧given⟦% endif %⟧);
⟦%- else %⟧
  const { id } = await rows.store(⟦% if apart %⟧without(given, situation.apart)⟦% else %⟧given⟦% endif %⟧);
⟦%- endif %⟧
⟦%- if beside.related %⟧
  for (const relate of situation.related ?? []) await relate(id, caller.id ?? ""⟦% if me.is_some() %⟧, me⟦% endif %⟧);
⟦%- endif %⟧
  const input = { ...(await rows.input(caller)), ...situation.body⟦% if kept %⟧, ...without(others, situation.kept)⟦% else if beside.given %⟧, ...others⟦% endif %⟧ };
⟦%- if once %⟧
  return { id, input, changes: without(input, rows.fixed), headers: caller.headers };
⟦%- else %⟧
  return { id, input, headers: caller.headers };
⟦%- endif %⟧
}
⟦%- if once || kept || apart %⟧

function without(values: object = {}, names: string[] = []): object {
  const others = Object.entries(values).filter(([name]) => !names.includes(name));
  return Object.fromEntries(others);
}
⟦%- endif %⟧

/** Names the guards that a test depends on. */
export function titleOf(guards: string[], what: string): string {
  return [...guards.map((id) => `[${id}]`), what].join(" ");
}
