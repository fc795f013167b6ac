import { expect, test } from "vitest";
import { api } from "./api.js";
import { type Rows, type Situation, setUp, titleOf } from "./situation.js";

/** Who reads or writes a field that is not for everybody, or not for every value. */
interface FieldCase extends Situation {
  use: "show" | "order" | "create" | "update";
⟦%- if by %⟧
  /** What answers with the row, where it is not asked for alone. */
  by?: "list" | "create" | "update";
⟦%- endif %⟧
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
⟦%- if by %⟧
        expect(answer.status).toBe(each.by === "create" ? 201 : 200);
        const [row] = [answer.body.data].flat();
        expect(each.field in row).toBe(!each.refused);
⟦%- else %⟧
        expect(answer.status).toBe(200);
        expect(each.field in answer.body.data).toBe(!each.refused);
⟦%- endif %⟧
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
  const { use, field, value⟦% if by %⟧, by⟦% endif %⟧⟦% if also %⟧, also⟦% endif %⟧ } = each;
⟦%- if by %⟧
  const given = use === "show" ? {} : { [field]: value };
  switch (by ?? use) {
⟦%- else %⟧
  switch (use) {
⟦%- endif %⟧
    case "show":
      return api.get(`${rows.path}/${id}`).set(headers);
⟦%- if by %⟧
    case "list":
      return api.get(rows.path).query({ id }).set(headers);
⟦%- endif %⟧
    case "order":
      return api.get(rows.path).query({ sort: field }).set(headers);
    case "create":
      return api
        .post(rows.path)
        .set(headers)
        .send({ ...input, ⟦% if by %⟧...given⟦% else %⟧[field]: value⟦% endif %⟧ });
    case "update":
      return api
        .patch(`${rows.path}/${id}`)
        .set(headers)
        .send(⟦% if by && !also %⟧given⟦% else %⟧{ ⟦% if also %⟧...also, ⟦% endif %⟧⟦% if by %⟧...given⟦% else %⟧[field]: value⟦% endif %⟧ }⟦% endif %⟧);
  }
}
