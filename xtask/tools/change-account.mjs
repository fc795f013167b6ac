// Changes an account in an SQLite database, as no request can:
//   node --input-type=module - FILE ID role [ROLE] | disabled | deleted | expired < change-account.mjs
import { DatabaseSync } from "node:sqlite";

const [file, id, change, role = null] = process.argv.slice(2);
const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true });
const changes = {
  role: () => run("UPDATE users SET role = ? WHERE id = ?", role, id),
  disabled: () => run("UPDATE users SET disabled_at = ? WHERE id = ?", "2001-01-01T00:00:00.000Z", id),
  expired: () => run("UPDATE auth_sessions SET expires_at = ? WHERE user_id = ?", "2001-01-01T00:00:00.000Z", id),
  deleted: () => run("DELETE FROM users WHERE id = ?", id),
};
changes[change]();
database.close();

function run(sql, ...values) {
  const { changes: count } = database.prepare(sql).run(...values);
  if (count === 0) throw new Error(`there is nothing of an account ${id}`);
}
