import { setTimeout } from "node:timers/promises";
import { ping } from "../db/client.js";

const patience = 1000;
const memory = 1000;

let stopping = false;
let last: { at: number; answer: Promise<boolean> } | undefined;

/** From now on the server is not ready any more. */
export function beginShutdown(): void {
  stopping = true;
}

/** Whether requests can be served; the database is asked once a second at most. */
export async function isReady(): Promise<boolean> {
  if (stopping) return false;
  const now = Date.now();
  if (!last || now - last.at >= memory) last = { at: now, answer: check() };
  return last.answer;
}

function check(): Promise<boolean> {
  const answered = ping().then(
    () => true,
    () => false,
  );
  const gaveUp = setTimeout(patience, false, { ref: false });
  return Promise.race([answered, gaveUp]);
}
