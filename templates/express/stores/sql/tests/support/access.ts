import { eq } from "drizzle-orm";
import type { ⟦= column_type ⟧, ⟦= table_type ⟧ } from "⟦= module ⟧";
import { expect⟦% if hooks %⟧, onTestFinished⟦% endif %⟧, test } from "vitest";
import { db } from "../../src/db/client.js";
⟦%- if hooks %⟧
import type { Hooks } from "../../src/hooks/hooks.js";
import { ApiError } from "../../src/utils/errors.js";
⟦%- endif %⟧
import { api } from "./api.js";
import { type Rows, type Situation, setUp, titleOf } from "./situation.js";

type Verb = "list" | "get" | "create" | "put" | "patch" | "delete";

/** Who asks for what, and the status that the rules imply. */
export interface AccessCase extends Situation {
  verb: Verb;
  status: number;
  /** Whether a list shows the row. */
  listed?: boolean;
⟦%- if unchanged %⟧
  /** Whether there is nothing that the caller may change. */
  unchanged?: boolean;
⟦%- endif %⟧
}

interface Resource extends Rows {
  table: ⟦= table_type ⟧ & { id: ⟦= column_type ⟧ };
⟦%- if empties %⟧
  /** What each test finds empty, because rules name what only one row may hold. */
  emptied?: ⟦= table_type ⟧[];
⟦%- endif %⟧
⟦%- if hooks %⟧
  hooks?: Hooks<object, object>;
⟦%- endif %⟧
⟦%- if searches %⟧
  /** A text that its lists are searched by. */
  searched?: string;
⟦%- endif %⟧
}

/** Asks for each case; a request that is refused leaves everything as it was. */
export function testAccess(resource: Resource, cases: AccessCase[]): void {
  for (const access of cases) {
    test(nameOf(access), async () => {
      const { id, headers, answer, before, after } = await tryOut(resource, access);
      expect(answer.status).toBe(access.status);
      if (access.status >= 400 || access.verb === "get"⟦% if unchanged %⟧ || access.unchanged⟦% endif %⟧) {
        expect(after).toEqual(before);
      } else if (access.verb === "list") {
        const shown = access.listed ? 1 : 0;
        // However a list is asked for, it shows the same rows.
        const queries = [{ sort: "id" }⟦% if searches %⟧, ...searchesFor(resource, before.row)⟦% endif %⟧];
        const lists = queries.map((query) => api.get(resource.path).query({ id, ...query }).set(headers));
        for (const { body } of [answer, ...(await Promise.all(lists))]) {
          expect(body.data.length).toBe(shown);
          expect(body.meta.total).toBe(shown);
        }
      } else {
        expect(after).not.toEqual(before);
      }
    });
  }
⟦%- if hooks %⟧
  testHooks(resource, cases);
⟦%- endif %⟧
}
⟦%- if hooks %⟧

const verbs = {
  afterCreate: "create",
  afterUpdate: "patch",
  afterDelete: "delete",
} as const;

/** What callers may do is undone by a hook that fails. */
function testHooks(resource: Resource, cases: AccessCase[]): void {
  const { hooks } = resource;
  if (!hooks) return;
  for (const hook of ["afterCreate", "afterUpdate", "afterDelete"] as const) {
    const permitted = cases.find(
      ({ verb, status⟦% if unchanged %⟧, unchanged⟦% endif %⟧ }) => verb === verbs[hook] && status < 400⟦% if unchanged %⟧ && !unchanged⟦% endif %⟧,
    );
    if (!permitted) continue;
    test(`${nameOf(permitted)}, unless ${hook} fails`, async () => {
      hooks[hook] = () => {
        throw new ApiError("CONFLICT");
      };
      onTestFinished(() => {
        delete hooks[hook];
      });
      const { answer, before, after } = await tryOut(resource, permitted);
      expect(answer.status).toBe(409);
      expect(after).toEqual(before);
    });
  }
}
⟦%- endif %⟧

/** Asks for a row that is stored beforehand. */
async function tryOut(resource: Resource, access: AccessCase) {
⟦%- if empties %⟧
  for (const table of resource.emptied ?? []) await db.delete(table);
⟦%- endif %⟧
⟦%- if once %⟧
  const { id, input, changes, headers } = await setUp(resource, access);
  const body = access.verb === "create" ? input : changes;
⟦%- else %⟧
  const { id, input: body, headers } = await setUp(resource, access);
⟦%- endif %⟧
  const before = await stored(resource, id);
  const answer = await ask(resource.path, access.verb, id, headers, body);
  return { id, headers, answer, before, after: await stored(resource, id) };
}

function nameOf(access: AccessCase): string {
  const { guards, verb, caller, status, ...rest } = access;
  const what = `${verb} by ${caller} ${JSON.stringify(rest)}: ${status}`;
  return titleOf(guards, what);
}

function ask(
  path: string,
  verb: Verb,
  id: string,
  headers: Record<string, string>,
  body: object,
) {
  switch (verb) {
    case "list":
      return api.get(path).query({ id }).set(headers);
    case "create":
      return api.post(path).set(headers).send(body);
    case "get":
      return api.get(`${path}/${id}`).set(headers);
    case "put":
      return api.put(`${path}/${id}`).set(headers).send(body);
    case "patch":
      return api.patch(`${path}/${id}`).set(headers).send(body);
    case "delete":
      return api.delete(`${path}/${id}`).set(headers);
  }
}

/** The row as the database has it, and how many there are. */
async function stored({ table }: Resource, id: string) {
  const [row] = await db.select().from(table).where(eq(table.id, id));
  return { row, count: await db.$count(table) };
}
⟦%- if searches %⟧

/** A search that finds the row, where its lists are searched. */
function searchesFor({ searched }: Resource, row: object = {}): object[] {
  const text = Object.entries(row).find(([name]) => name === searched)?.[1];
  return typeof text === "string" && text ? [{ q: text }] : [];
}
⟦%- endif %⟧
