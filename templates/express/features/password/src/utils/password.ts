⟦= imports ⟧

⟦= cost ⟧

const maxRunning = Math.max(1, Math.min(4, availableParallelism()) - 1);

let running = 0;
const waiting: (() => void)[] = [];

/** Hashing takes a whole processor core, so only a few run at a time. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxRunning) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The place goes straight to the next in line, if there is one.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

⟦% if keyed -%⟧
/** bcrypt reads 72 bytes at most, so it is given a digest that depends on all of them. */
function digestOf(password: string, userId: string): string {
  return createHmac("sha256", userId).update(password).digest("base64");
}

⟦% endif -%⟧
export function hashPassword(password: string⟦% if keyed %⟧, userId: string⟦% endif %⟧): Promise<string> {
  return inTurn(() => ⟦= hash ⟧);
}

export function verifyPassword(
  passwordHash: string,
  password: string,
⟦%- if keyed %⟧
  userId: string,
⟦%- endif %⟧
): Promise<boolean> {
  return inTurn(() => ⟦= verify ⟧);
}
