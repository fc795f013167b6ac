import { availableParallelism } from "node:os";
import { hash, type Options, verify } from "@node-rs/argon2";
import { config } from "../config/config.js";

// Cheap only under test; everywhere else the least that OWASP recommends.
const cost: Options =
  config.APP_ENV === "test"
    ? { memoryCost: 64, timeCost: 1, parallelism: 1 }
    : { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

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

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

export function verifyPassword(
  passwordHash: string,
  password: string,
): Promise<boolean> {
  return inTurn(() => verify(passwordHash, password));
}
