import { expect, test } from "vitest";
import { api } from "./api.js";
import { type Rows, type Situation, setUp, titleOf } from "./situation.js";

/** Who reads or writes a field that is not for everybody, or not for every value. */
interface FieldCase extends Situation {
  use: "show" | "order" | "create" | "update";
  field: string;
  /** What the body gives. */
  value?: unknown;
⟦%- if also %⟧
  /** What else it gives. */
  also?: object;
⟦%- endif %⟧
  /** Why it is not for this caller, or for nobody. */
  refused?: "forbidden" | "transition";
}

/** Tries each case where all else is permitted. */
export function testFields(rows: Rows, cases: FieldCase[]): void {
  for (const each of cases) {
    test(nameOf(each), async () => {
      const answer = await ask(rows, each);
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

function nameOf({ guards, caller, use, field, ...rest }: FieldCase): string {
  return titleOf(
    guards,
    `${use} ${field} for ${caller} ${JSON.stringify(rest)}`,
  );
}

async function ask(rows: Rows, each: FieldCase) {
  const { id, input, headers } = await setUp(rows, each);
  const { use, field, value⟦% if also %⟧, also⟦% endif %⟧ } = each;
  switch (use) {
    case "show":
      return api.get(`${rows.path}/${id}`).set(headers);
    case "order":
      return api.get(rows.path).query({ sort: field }).set(headers);
    case "create":
      return api
        .post(rows.path)
        .set(headers)
        .send({ ...input, [field]: value });
    case "update":
      return api
        .patch(`${rows.path}/${id}`)
        .set(headers)
        .send({ ⟦% if also %⟧...also, ⟦% endif %⟧[field]: value });
  }
}
