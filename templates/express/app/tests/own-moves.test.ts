⟦= imports ⟧

/** A user who takes an arrow, or tries to, and what the rules look at around that user. */
interface OwnMove {
  /** The guard that decides. */
  guard: string;
  role: User["role"];
  given: Partial<User>;
  /** What the rules look at in other rows. */
  beside?: string;
⟦%- if holds %⟧
  /** Stores the rows in the user's sets. */
  holds?: () => Promise<Partial<User>>;
⟦%- endif %⟧
⟦%- if names %⟧
  /** Stores the rows that the user refers to. */
  names?: (callerId: string⟦% if let Some(me) = me %⟧, me: ⟦= me ⟧⟦% endif %⟧) => Promise<Partial<User>>;
⟦%- endif %⟧
⟦%- if related %⟧
  /** Store rows that refer to the user. */
  related?: ((id: string⟦% if let Some(me) = me %⟧, me: ⟦= me ⟧⟦% endif %⟧) => Promise<unknown>)[];
⟦%- endif %⟧
  body: Partial<User>;
  status: number;
  code?: "forbidden" | "transition";
}

const moves: OwnMove[] = [
⟦%- for case in cases %⟧
  ⟦= case ⟧,
⟦%- endfor %⟧
];

for (const move of moves) {
  test(nameOf(move), async () => {
    const { given, body, status } = move;
    const { id, headers } = await setUp(move);
    const answer = await api.patch("⟦= base ⟧/auth/me").set(headers).send(body);
    expect(answer.status).toBe(status);
    const details = Object.values<[{ code: string }]>(answer.body.error?.details ?? {});
    expect(details[0]?.[0].code).toBe(move.code);
    const [after] = await db.select().from(users).where(eq(users.id, id));
    expect(after).toMatchObject(status === 200 ? { ...given, ...body } : given);
  });
}

function nameOf({ guard, status, ...rest }: OwnMove): string {
  return `${guard} ${JSON.stringify(rest)}: ${status}`;
}

/** Somebody signed in, with all the rows around. */
async function setUp(move: OwnMove) {
⟦%- if holds %⟧
  const held = await move.holds?.();
  const caller = await ⟦= sign_up ⟧(move.role, { ...move.given, ...held });
⟦%- else %⟧
  const caller = await ⟦= sign_up ⟧(move.role, move.given);
⟦%- endif %⟧
⟦%- if names %⟧
  // Rows may refer to the user who refers to them.
  const named = await move.names?.(caller.id⟦% if me.is_some() %⟧, caller.user⟦% endif %⟧);
  if (named) await db.update(users).set(named).where(eq(users.id, caller.id));
⟦%- endif %⟧
⟦%- if related %⟧
  for (const relate of move.related ?? []) await relate(caller.id⟦% if me.is_some() %⟧, caller.user⟦% endif %⟧);
⟦%- endif %⟧
  return caller;
}
