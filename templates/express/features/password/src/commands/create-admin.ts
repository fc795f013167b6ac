import { text } from "node:stream/consumers";
⟦%- if keyed %⟧
import { v7 as uuidv7 } from "uuid";
⟦%- endif %⟧
import { closeDatabase, write } from "../db/client.js";
import { type Registration, registration } from "../schemas/auth.schema.js";
import { ⟦% if check.is_some() %⟧checkReferences, ⟦% endif %⟧createUser } from "../services/auth.service.js";
import { ApiError } from "../utils/errors.js";
import { hashPassword } from "../utils/password.js";

/** Makes a user of the first role. */

const usage = `Usage: npm run create-admin -- EMAIL⟦% if declared %⟧ [FIELD=VALUE ...]⟦% endif %⟧
The password, ⟦= password_min ⟧ to ⟦= password_max ⟧ characters, is read from standard input.
`;

⟦%- if !json.is_empty() %⟧

/** The fields whose values are written as in JSON; those of all others are text. */
const inJson = new Set(⟦= json ⟧);
⟦%- endif %⟧

const [email⟦% if declared %⟧, ...fields⟦% endif %⟧] = process.argv.slice(2);
const password = (await text(process.stdin)).replace(/\r?\n$/, "");
⟦%- if declared %⟧
const given = Object.fromEntries(fields.map(read));
const account = registration.safeParse({ ...given, email, password });
⟦%- else %⟧
const account = registration.safeParse({ email, password });
⟦%- endif %⟧

if (account.success) {
  process.exitCode = await createAdmin(account.data);
} else {
  process.stderr.write(usage);
⟦%- if declared %⟧
  for (const { path, message } of account.error.issues) {
    process.stderr.write(`${[...path, message].join(": ")}\n`);
  }
⟦%- endif %⟧
  process.exitCode = 2;
}
await closeDatabase();
⟦%- if declared %⟧

/** A field and its value, as a body would hold them. */
function read(argument: string): [name: string, value: unknown] {
  const [name = "", ...rest] = argument.split("=");
  const value = rest.join("=");
⟦%- if json.is_empty() %⟧
  return [name, value];
⟦%- else %⟧
  return [name, inJson.has(name) ? parse(value) : value];
⟦%- endif %⟧
}
⟦%- if !json.is_empty() %⟧

/** What is no JSON stays text, which the schema refuses. */
function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
⟦%- endif %⟧
⟦%- endif %⟧

async function createAdmin({ password, ...account }: Registration): Promise<number> {
⟦%- if keyed %⟧
  const id = uuidv7();
  const passwordHash = await hashPassword(password, id);
⟦%- else %⟧
  const passwordHash = await hashPassword(password);
⟦%- endif %⟧
  try {
⟦%- if let Some(check) = check %⟧
    await write(async (tx) => {
      await checkReferences(⟦= check.of_nobody ⟧account, tx);
      await createUser(tx, { ⟦% if keyed %⟧id, ⟦% endif %⟧...account, ⟦= keys.member("password_hash") ⟧, role: "⟦= role ⟧" });
    });
⟦%- else %⟧
    await write((tx) => createUser(tx, { ⟦% if keyed %⟧id, ⟦% endif %⟧...account, ⟦= keys.member("password_hash") ⟧, role: "⟦= role ⟧" }));
⟦%- endif %⟧
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
⟦%- if declared %⟧
    for (const [field, code] of error.problems) {
      const isTaken = code === "unique";
      process.stderr.write(isTaken ? `Another user has this ${field} already.\n` : `${field}: ${code}\n`);
    }
⟦%- else %⟧
    process.stderr.write(`There is a user with the address ${account.email} already.\n`);
⟦%- endif %⟧
    return 1;
  }
  process.stdout.write(`Created ${account.email} with the role ⟦= role ⟧.\n`);
  return 0;
}
