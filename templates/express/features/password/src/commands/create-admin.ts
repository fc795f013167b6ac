import { text } from "node:stream/consumers";
⟦%- if keyed %⟧
import { v7 as uuidv7 } from "uuid";
⟦%- endif %⟧
import { closeDatabase, write } from "../db/client.js";
import { type Registration, registration } from "../schemas/auth.schema.js";
import { createUser } from "../services/auth.service.js";
import { ApiError } from "../utils/errors.js";
import { hashPassword } from "../utils/password.js";

/** Makes a user of the first role. */

const usage = `Usage: npm run create-admin -- EMAIL⟦% if declared %⟧ [FIELD=VALUE ...]⟦% endif %⟧
The password, ⟦= password_min ⟧ to ⟦= password_max ⟧ characters, is read from standard input.
`;

⟦%- if declared %⟧

const [email, ...fields] = process.argv.slice(2);
const given = Object.fromEntries(fields.map((field) => field.split("=", 2)));
⟦%- else %⟧

const [email] = process.argv.slice(2);
⟦%- endif %⟧
const password = (await text(process.stdin)).replace(/\r?\n$/, "");
const account = registration.safeParse({ email, password⟦% if declared %⟧, ...given⟦% endif %⟧ });

if (account.success) {
  process.exitCode = await createAdmin(account.data);
} else {
  process.stderr.write(usage);
  process.exitCode = 2;
}
await closeDatabase();

async function createAdmin({ password, ...account }: Registration): Promise<number> {
⟦%- if keyed %⟧
  const id = uuidv7();
  const passwordHash = await hashPassword(password, id);
⟦%- else %⟧
  const passwordHash = await hashPassword(password);
⟦%- endif %⟧
  try {
    await write((tx) => createUser(tx, { ⟦% if keyed %⟧id, ⟦% endif %⟧...account, passwordHash, role: "⟦= role ⟧" }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    process.stderr.write(`There is a user with the address ${account.email} already.\n`);
    return 1;
  }
  process.stdout.write(`Created ${account.email} with the role ⟦= role ⟧.\n`);
  return 0;
}
