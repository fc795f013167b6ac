import { eq } from "drizzle-orm";
import type { ⟦= column_type ⟧, ⟦= table_type ⟧ } from "⟦= module ⟧";
import { expect⟦% if hooks %⟧, onTestFinished⟦% endif %⟧, test } from "vitest";
import { db } from "../../src/db/client.js";
⟦%- if hooks %⟧
import type { Hooks } from "../../src/hooks/hooks.js";
import { ApiError } from "../../src/utils/errors.js";
⟦%- endif %⟧
import { api, type Principal, principals } from "./api.js";

type Verb = "list" | "get" | "create" | "put" | "patch" | "delete";

/** Who asks for what, and the status that the rules imply. */
export interface AccessCase {
  /** The guards that decide. */
  guards: string[];
  verb: Verb;
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
  /** Stores the rows that the row refers to. */
  given?: (callerId: string) => Promise<object>;
⟦%- endif %⟧
⟦%- if beside.related %⟧
  /** Store rows that refer to the row. */
  related?: ((id: string, callerId: string) => Promise<unknown>)[];
⟦%- endif %⟧
  status: number;
  /** Whether a list shows the row. */
  listed?: boolean;
}

interface Resource {
  path: string;
  table: ⟦= table_type ⟧ & { id: ⟦= column_type ⟧ };
  /** Stores a row with the given values. */
  store: (given: object) => Promise<{ id: string }>;
  /** A valid body for the caller. */
  input: (caller: Principal) => object | Promise<object>;
⟦%- if hooks %⟧
  hooks?: Hooks<object, object>;
⟦%- endif %⟧
⟦%- if once %⟧
  /** What only a new row is given. */
  fixed?: string[];
⟦%- endif %⟧
}

/** Asks for each case; a request that is refused leaves everything as it was. */
export function testAccess(resource: Resource, cases: AccessCase[]): void {
  for (const access of cases) {
    test(titleOf(access), async () => {
      const { answer, before, after } = await tryOut(resource, access);
      expect(answer.status).toBe(access.status);
      if (access.status >= 400 || access.verb === "get") {
        expect(after).toEqual(before);
      } else if (access.verb === "list") {
        expect(answer.body.data.length).toBe(access.listed ? 1 : 0);
        expect(answer.body.meta.total).toBe(access.listed ? 1 : 0);
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
      ({ verb, status }) => verb === verbs[hook] && status < 400,
    );
    if (!permitted) continue;
    test(`${titleOf(permitted)}, unless ${hook} fails`, async () => {
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
  const caller = await principals[access.caller](⟦% if beside.oneself %⟧access.me ? access.row : {}⟦% endif %⟧);
  const mine = access.mine?.map((field) => [field, caller.id]) ?? [];
⟦%- if beside.given %⟧
  const given = await access.given?.(caller.id ?? "");
⟦%- endif %⟧
  const row = { ...access.row, ...Object.fromEntries(mine)⟦% if beside.given %⟧, ...given⟦% endif %⟧ };
⟦%- if beside.oneself %⟧
  const { id = "" } = access.me ? caller : await resource.store(row);
⟦%- else %⟧
  const { id } = await resource.store(row);
⟦%- endif %⟧
⟦%- if beside.related %⟧
  for (const relate of access.related ?? []) await relate(id, caller.id ?? "");
⟦%- endif %⟧
⟦%- if once %⟧
  const input = { ...(await resource.input(caller)), ...access.body⟦% if beside.given %⟧, ...given⟦% endif %⟧ };
  const body = access.verb === "create" ? input : changesOf(resource, input);
⟦%- else %⟧
  const body = { ...(await resource.input(caller)), ...access.body⟦% if beside.given %⟧, ...given⟦% endif %⟧ };
⟦%- endif %⟧
  const before = await stored(resource, id);
  const answer = await ask(resource.path, access.verb, id, caller, body);
  return { answer, before, after: await stored(resource, id) };
}
⟦%- if once %⟧

/** What of a body a stored row takes too. */
function changesOf({ fixed = [] }: Resource, input: object): object {
  const changes = Object.entries(input).filter(([name]) => !fixed.includes(name));
  return Object.fromEntries(changes);
}
⟦%- endif %⟧

function titleOf(access: AccessCase): string {
  const { guards, verb, caller, status, ...rest } = access;
  const ids = guards.map((id) => `[${id}]`).join(" ");
  return `${ids} ${verb} by ${caller} ${JSON.stringify(rest)}: ${status}`;
}

function ask(
  path: string,
  verb: Verb,
  id: string,
  { headers }: Principal,
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
