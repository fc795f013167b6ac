import { expect, test } from "vitest";
import { api, type Principal, principals } from "./api.js";

/** Who reads or writes a field that is not for everybody, or not for every value. */
interface FieldCase {
  /** The guards that decide. */
  guards: string[];
  caller: keyof typeof principals;
⟦%- if oneself %⟧
  /** Whether the row is the caller. */
  me?: boolean;
⟦%- endif %⟧
  /** The fields of the row that refer to the caller. */
  mine?: string[];
  /** Other values of the row that the rules look at. */
  row?: object;
  /** Values of the body that the rules look at. */
  body?: object;
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
      const caller = await principals[each.caller](⟦% if oneself %⟧each.me ? each.row : {}⟦% endif %⟧);
      const mine = each.mine?.map((field) => [field, caller.id]) ?? [];
      const row = { ...each.row, ...Object.fromEntries(mine) };
⟦%- if oneself %⟧
      const { id = "" } = each.me ? caller : await resource.store(row);
⟦%- else %⟧
      const { id } = await resource.store(row);
⟦%- endif %⟧
      const answer = await ask(resource, each, id, caller);
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
