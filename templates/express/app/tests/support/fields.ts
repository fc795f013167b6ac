import { expect, test } from "vitest";
import { api, type Principal, principals } from "./api.js";

/** Who reads or writes a field that is not for everybody, or not for every value. */
interface FieldCase {
  /** The guards that decide. */
  guards: string[];
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
  use: "show" | "order" | "create" | "update";
  field: string;
  /** What the body gives. */
  value?: unknown;
  /** Why it is not for this caller, or for nobody. */
  refused?: "forbidden" | "transition";
}

interface Resource {
  path: string;
  /** Stores a row with the given values. */
  store: (given: object) => Promise<{ id: string }>;
  /** A valid body for the caller. */
  input: (caller: Principal) => object | Promise<object>;
}

/** Tries each case where all else is permitted. */
export function testFields(resource: Resource, cases: FieldCase[]): void {
  for (const each of cases) {
    test(titleOf(each), async () => {
      const caller = await principals[each.caller](⟦% if beside.oneself %⟧each.me ? each.row : {}⟦% endif %⟧);
      const mine = each.mine?.map((field) => [field, caller.id]) ?? [];
⟦%- if beside.given %⟧
      const given = await each.given?.(caller.id ?? "");
⟦%- endif %⟧
      const row = { ...each.row, ...Object.fromEntries(mine)⟦% if beside.given %⟧, ...given⟦% endif %⟧ };
⟦%- if beside.oneself %⟧
      const { id = "" } = each.me ? caller : await resource.store(row);
⟦%- else %⟧
      const { id } = await resource.store(row);
⟦%- endif %⟧
⟦%- if beside.related %⟧
      for (const relate of each.related ?? []) await relate(id, caller.id ?? "");
⟦%- endif %⟧
⟦%- if beside.given %⟧
      const answer = await ask(resource, { ...each, body: { ...each.body, ...given } }, id, caller);
⟦%- else %⟧
      const answer = await ask(resource, each, id, caller);
⟦%- endif %⟧
      if (each.use === "show") {
        expect(answer.status).toBe(200);
        expect(each.field in answer.body.data).toBe(!each.refused);
      } else if (each.refused) {
        expect(answer.status).toBe(each.refused === "forbidden" ? 403 : 409);
        const { details } = answer.body.error;
        expect(details).toMatchObject({
          [each.field]: [{ code: each.refused }],
        });
      } else {
        expect(answer.status).toBe(each.use === "create" ? 201 : 200);
      }
    });
  }
}

function titleOf({ guards, caller, use, field, ...rest }: FieldCase): string {
  const ids = guards.map((id) => `[${id}]`).join(" ");
  return `${ids} ${use} ${field} for ${caller} ${JSON.stringify(rest)}`;
}

async function ask(
  { path, input }: Resource,
  { use, field, value, body }: FieldCase,
  id: string,
  caller: Principal,
) {
  const { headers } = caller;
  switch (use) {
    case "show":
      return api.get(`${path}/${id}`).set(headers);
    case "order":
      return api.get(path).query({ sort: field }).set(headers);
    case "create": {
      const whole = { ...(await input(caller)), ...body, [field]: value };
      return api.post(path).set(headers).send(whole);
    }
    case "update":
      return api
        .patch(`${path}/${id}`)
        .set(headers)
        .send({ [field]: value });
  }
}
