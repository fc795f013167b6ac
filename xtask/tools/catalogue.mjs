// Prints the catalogue of an SQLite database as JSON, one entry a line:
//   node catalogue.mjs database FILE    of the database in a file
//   node catalogue.mjs sql FILE         of the database that a file of SQL builds
//   node catalogue.mjs rows FILE        prints the rows of the database in a file instead
// The order of columns counts, that of tables and indexes does not. Tables in which a migration tool keeps its own
// records are left out.
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const RECORDS = /^(__drizzle_migrations|sqlite_)/;

const [what, file] = process.argv.slice(2);
const database = what === "sql" ? new DatabaseSync(":memory:") : new DatabaseSync(file, { readOnly: true });
if (what === "sql") {
  database.exec(readFileSync(file, "utf8"));
}

const rows = (sql, ...values) => database.prepare(sql).all(...values);
const tables = rows("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name");
const own = tables.filter((table) => !RECORDS.test(table.name));
if (what === "rows") {
  for (const { name } of own) rows(`SELECT * FROM "${name}"`).forEach(print);
} else {
  printCatalogue();
}

function printCatalogue() {
  for (const { name, sql } of own) {
    print({
      table: name,
      columns: rows("SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)", name),
      references: rows("SELECT * FROM pragma_foreign_key_list(?) ORDER BY \"table\", \"from\"", name).map(reference),
      indexes: rows("SELECT * FROM pragma_index_list(?)", name).map(index).sort(byText),
      checks: checks(sql),
    });
  }
  const others = rows("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name");
  others.forEach(print);
}

function print(entry) {
  console.log(JSON.stringify(entry));
}

function reference({ table, from, to, on_update, on_delete }) {
  return { table, from, to, on_update, on_delete };
}

function index({ name, unique, origin, partial }) {
  const columns = rows("SELECT name, desc, coll FROM pragma_index_xinfo(?) WHERE key = 1", name);
  // The name of an index that a constraint makes is SQLite's own affair.
  return { name: origin === "c" ? name : null, unique, origin, partial, columns };
}

// The conditions of a table's CHECK constraints, without regard to how they are spaced, quoted or ordered.
function checks(sql) {
  const found = [];
  for (const match of sql.matchAll(/\bCHECK\s*\(/gi)) {
    found.push(upToItsEnd(sql.slice(match.index + match[0].length)).replace(/["`\s]/g, ""));
  }
  return found.sort();
}

function upToItsEnd(text) {
  let depth = 1;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === "'" || sign === '"' || sign === "`") {
      quote = sign;
    } else if (sign === "(") {
      depth += 1;
    } else if (sign === ")") {
      depth -= 1;
      if (depth === 0) return text.slice(0, at);
    }
  }
  throw new Error("a CHECK without an end");
}

function byText(one, other) {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
