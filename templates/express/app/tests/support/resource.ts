import type { Response } from "supertest";
import { describe, expect, test } from "vitest";
import { api } from "./api.js";
import { type Rows, type Situation, setUp, titleOf } from "./situation.js";

⟦%- if unseen || unreadable || keeps_back %⟧

/** Somebody who may do something, and the row they may do it with. */
interface Permitted extends Situation {
⟦%- if unseen %⟧
  /** The guards of users that the caller may not see, and the relations that name them. */
  unseen?: [guard: string, relation: string][];
⟦%- endif %⟧
⟦%- if unreadable %⟧
  /** The guards of rows that the caller may not read, the references to them, and what stores such a row. */
  unreadable?: [guard: string, field: string, store: () => Promise<{ id: string }>][];
⟦%- endif %⟧
⟦%- if keeps_back %⟧
  /** The guards of rows that a caller may not read, the relations that lead to them, and the row that has such a one. */
  keptBack?: [guard: string, relation: string, situation: Situation][];
⟦%- endif %⟧
}
⟦%- endif %⟧

interface Resource extends Rows {
  list?: ⟦= permitted ⟧;
  get?: ⟦= permitted ⟧;
  create?: ⟦= permitted ⟧;
  update?: ⟦= permitted ⟧;
⟦%- if restricts %⟧
  remove?: ⟦= permitted ⟧;
⟦%- endif %⟧
  /** What a row shows, in order. */
  shown: string[];
⟦%- if hides %⟧
  /** What it shows to some only. */
  hidden?: string[];
⟦%- endif %⟧
⟦%- if keeps %⟧
  /** What it shows to nobody. */
  secret?: string[];
⟦%- endif %⟧
⟦%- if withholds %⟧
  /** Texts among it that lists could be searched for. */
  unsearched?: [field: string, text: string][];
⟦%- endif %⟧
  /** The parameters that filter a list, what each compares, and some values. */
  filters: [parameter: string, field: string, values: string[]][];
  /** The other parameters, what each compares, and how. */
  compared: [parameter: string, field: string, operator: string][];
  /** What lists are ordered by. */
  sorts: string[];
  /** The exact numbers among it, which are written as text. */
  exact: string[];
  /** What a body needs. */
  required: string[];
⟦%- if once %⟧
  /** What a body needs that replaces a row, where some of it is written only once. */
  requiredAgain?: string[];
⟦%- endif %⟧
  /** What nobody gives a new row, and what nobody changes. */
  notCreated: string[];
  notUpdated: string[];
  /** Values that the schema refuses, and why. */
  invalid: [field: string, value: unknown, code: string][];
  /** What refers to rows, of which there is none with this id. */
  references: string[];
  /** The same for what refers to several rows. */
  sets?: string[];
  /** What no two rows have in common. */
  unique: string[];
⟦%- if includes %⟧
  /** The relations whose rows can come along. */
  relations?: string[];
⟦%- endif %⟧
⟦%- if searches %⟧
  /** What lists are searched by. */
  searched?: string[];
⟦%- endif %⟧
⟦%- if restricts %⟧
  /** Store rows without which the row they refer to cannot be. */
  referring?: [field: string, refer: (id: string) => Promise<unknown>][];
⟦%- endif %⟧
}

const noRow = "00000000-0000-7000-8000-000000000000";

/** What a resource does for those who may use it. */
export function testResource(resource: Resource): void {
  const { create, update, list, get⟦% if restricts %⟧, remove⟦% endif %⟧ } = resource;
  if (create) describe(titleOf(create.guards, "POST"), () => testCreate(resource, create));
  if (update) describe(titleOf(update.guards, "PUT and PATCH"), () => testUpdate(resource, update));
  if (list) describe(titleOf(list.guards, "lists"), () => testList(resource, list));
  if (get) describe(titleOf(get.guards, "one row"), () => testGet(resource, get));
⟦%- if restricts %⟧
  if (remove) describe(titleOf(remove.guards, "DELETE"), () => testDelete(resource, remove));
⟦%- endif %⟧
}
⟦%- if hides %⟧

/** What of a row or a body everybody sees who sees the row. */
function visible({ hidden = [] }: Resource, row: object): object {
  const seen = Object.entries(row).filter(([name]) => !hidden.includes(name));
  return Object.fromEntries(seen);
}
⟦%- endif %⟧

function testCreate(resource: Resource, permitted: ⟦= permitted ⟧): void {
  async function post(change: object = {}) {
    const { headers, input } = await setUp(resource, permitted);
    const body = { ...input, ...change };
    return {
      body,
      answer: await api.post(resource.path).set(headers).send(body),
    };
  }

  test("stores a row and says where", async () => {
    const { body, answer } = await post();
    expect(answer.status).toBe(201);
    const row = answer.body.data;
⟦%- if hides %⟧
    expect(Object.keys(visible(resource, row))).toEqual(resource.shown);
    expect(row).toMatchObject(visible(resource, body));
⟦%- else %⟧
    expect(Object.keys(row)).toEqual(resource.shown);
    expect(row).toMatchObject(body);
⟦%- endif %⟧
    expect(answer.headers.location).toBe(`${resource.path}/${row.id}`);
  });

  test("names everything that is missing", async () => {
    const { headers } = await setUp(resource, permitted);
    const answer = await api.post(resource.path).set(headers).send({});
    const missing = Object.entries(answer.body.error?.details ?? {});
    expect(missing.map(([field]) => field)).toEqual(resource.required);
    for (const [, problems] of missing) {
      expect(problems).toMatchObject([{ code: "required" }]);
    }
  });

  test.each([...resource.notCreated, "__proto__", "nothing"])(
    "does not know %s",
    async (field) => {
      const { answer } = await post({ [field]: noRow });
      expectProblem(answer, 400, field, "unknown");
    },
  );

  test.each(resource.invalid)(
    "refuses %s = %j: %s",
    async (field, value, code) => {
      const { answer } = await post({ [field]: value });
      expectProblem(answer, 400, field, code);
    },
  );

  test.each(resource.references)("needs the row of %s", async (field) => {
    const { answer } = await post({ [field]: noRow });
    expectProblem(answer, 409, field, "reference");
  });

  test.each(resource.sets ?? [])("needs every row of %s", async (field) => {
    const { answer } = await post({ [field]: [noRow] });
    expectProblem(answer, 409, field, "reference");
  });

⟦%- if unreadable %⟧

  test.each(permitted.unreadable ?? [])("[%s] takes no %s that its caller may not read", async (_guard, field, store) => {
    const { answer } = await post({ [field]: (await store()).id });
    expectProblem(answer, 409, field, "reference");
  });
⟦%- endif %⟧

  test.each(resource.unique)("takes a value of %s only once", async (field) => {
    const first = await post();
    expect(first.answer.status).toBe(201);
    const value = Object.entries(first.body).find(([name]) => name === field);
    const { answer } = await post(Object.fromEntries(value ? [value] : []));
    expectProblem(answer, 409, field, "unique");
  });


  test("takes no parameters", async () => {
    const { headers, input } = await setUp(resource, permitted);
    const answer = await api
      .post(`${resource.path}?page=1`)
      .set(headers)
      .send(input);
    expectProblem(answer, 400, "page", "unknown");
  });
}

function testUpdate(resource: Resource, permitted: ⟦= permitted ⟧): void {
  const urlOf = (id: string) => `${resource.path}/${id}`;

  test("PATCH with nothing changes nothing", async () => {
    const { id, headers } = await setUp(resource, permitted);
    const first = await api.patch(urlOf(id)).set(headers).send({});
    const second = await api.patch(urlOf(id)).set(headers).send({});
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
  });

  test("PATCH and PUT change what they say", async () => {
    const { id, headers, ⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧ } = await setUp(resource, permitted);
    for (const method of ["patch", "put"] as const) {
      const answer = await api[method](urlOf(id)).set(headers).send(⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧);
      expect(answer.status).toBe(200);
⟦%- if hides %⟧
      expect(answer.body.data).toMatchObject(visible(resource, ⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧));
⟦%- else %⟧
      expect(answer.body.data).toMatchObject(⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧);
⟦%- endif %⟧
      expect(answer.body.data.id).toBe(id);
    }
  });

  test("PUT needs the whole row", async () => {
    const { id, headers } = await setUp(resource, permitted);
    const answer = await api.put(urlOf(id)).set(headers).send({});
    const missing = Object.keys(answer.body.error?.details ?? {});
    expect(missing).toEqual(resource.⟦% if once %⟧requiredAgain ?? resource.⟦% endif %⟧required);
  });

⟦%- if unreadable %⟧

  test.each(permitted.unreadable ?? [])("[%s] take no %s that their caller may not read", async (_guard, field, store) => {
    const { id, headers, ⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧ } = await setUp(resource, permitted);
    const body = { ...⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧, [field]: (await store()).id };
    for (const method of ["patch", "put"] as const) {
      const answer = await api[method](urlOf(id)).set(headers).send(body);
      expectProblem(answer, 409, field, "reference");
    }
  });
⟦%- endif %⟧

  test.each([...resource.notUpdated, "__proto__", "nothing"])("do not know %s", async (field) => {
    const { id, headers, ⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧ } = await setUp(resource, permitted);
    for (const method of ["patch", "put"] as const) {
      const body = { ...⟦% if once %⟧changes⟦% else %⟧input⟦% endif %⟧, [field]: noRow };
      const answer = await api[method](urlOf(id)).set(headers).send(body);
      expectProblem(answer, 400, field, "unknown");
    }
  });

  test.each(resource.references)("needs the row of %s", async (field) => {
    const { id, headers } = await setUp(resource, permitted);
    const body = { [field]: noRow };
    const answer = await api.patch(urlOf(id)).set(headers).send(body);
    expectProblem(answer, 409, field, "reference");
  });

  test.each(resource.sets ?? [])("needs every row of %s", async (field) => {
    const { id, headers } = await setUp(resource, permitted);
    const body = { [field]: [noRow] };
    const answer = await api.patch(urlOf(id)).set(headers).send(body);
    expectProblem(answer, 409, field, "reference");
  });

  test("a row that does not exist comes before a bad body", async () => {
    const { headers } = await setUp(resource, permitted);
    const answer = await api.patch(urlOf(noRow)).set(headers).send("{");
    expect(answer.status).toBe(404);
  });
}

function testList(resource: Resource, permitted: ⟦= permitted ⟧): void {
  type Value = string | number | boolean | null;
  type Row = Record<string, Value>;

  async function list(query: object) {
    const { id, headers } = await setUp(resource, permitted);
    const answer = await api.get(resource.path).query(query).set(headers);
    const rows: Row[] = answer.body.data;
    return { id, headers, answer, rows };
  }

  test("come page by page, the newest first", async () => {
    await setUp(resource, permitted);
    const { answer: first, headers } = await list({ limit: 1 });
    const second = await api
      .get(resource.path)
      .query({ page: 2, limit: 1 })
      .set(headers);
    const { total } = first.body.meta;
    expect(first.body.meta).toEqual({ page: 1, limit: 1, total, pages: total });
    expect(first.body.data).toHaveLength(1);
    expect(second.body.meta.page).toBe(2);
    for (const { id } of second.body.data) {
      expect(id < first.body.data[0].id).toBe(true);
    }
  });

  test.each(resource.filters)("%s finds equal %s only", async (parameter, field, values) => {
    const { id, answer: own, headers } = await list({ limit: ⟦= limit ⟧ });
    const row = own.body.data.find((each: Row) => each.id === id);
    const find = (value: string) =>
      api.get(resource.path).query({ id, [parameter]: value }).set(headers);
    const value = String(row[field]);
    const found = await find(value);
    expect(found.body.data).toEqual([row]);
    expect(found.body.meta.total).toBe(1);
    for (const other of values.filter((each) => each !== value)) {
      const missed = await find(other);
      expect(missed.body.data).toEqual([]);
      expect(missed.body.meta.total).toBe(0);
    }
  });

  test.each(resource.compared)("%s compares %s: %s", async (parameter, field, operator) => {
    await setUp(resource, permitted);
    const { id, headers, rows } = await list({ limit: ⟦= page ⟧ });
    const own = rows.find((row) => row.id === id)?.[field] ?? null;
    const text = operator === "null" ? "true" : String(own);
    const ids = rows.map((row) => row.id).join(",");
    const answer = await api.get(resource.path).query({ "id[in]": ids, [parameter]: text }).set(headers);
    const passes = (row: Row) => isSo(field, operator, row[field] ?? null, own);
    expect(answer.body.data).toEqual(rows.filter(passes));
  });

  test.each(resource.sorts)("are ordered by %s", async (field) => {
    await setUp(resource, permitted);
    const { rows: up } = await list({ sort: field, limit: ⟦= limit ⟧ });
    const { rows: down } = await list({ sort: `-${field}`, limit: ⟦= limit ⟧ });
    expect(up.map((row) => row[field])).toEqual(sorted(up, field));
    expect(down.map((row) => row[field])).toEqual(
      sorted(down, field).reverse(),
    );
  });

  test.each([
    ["page", "0", "range"],
    ["page", "100001", "range"],
    ["page", "1.0", "pattern"],
    ["limit", "⟦= limit + 1 ⟧", "range"],
    ["limit", "", "pattern"],
    ["sort", "nothing", "choice"],
    ["sort", "id,id", "repeated"],
    ["page", ["1", "2"], "repeated"],
    ["nothing", "1", "unknown"],
    ["__proto__", "1", "unknown"],
    ["id", "1", "pattern"],
    ["id[gte]", noRow, "unknown"],
  ])("refuse %s = %j: %s", async (parameter, value, code) => {
    const { headers } = await setUp(resource, permitted);
    const pairs = [value].flat().map((each) => [parameter, each]);
    const url = `${resource.path}?${new URLSearchParams(pairs)}`;
    const answer = await api.get(url).set(headers);
    expectProblem(answer, 400, parameter, code);
  });

⟦%- if includes %⟧

  test.each(resource.relations ?? [])("bring along %s", async (relation) => {
    const { id, headers, rows } = await list({ include: relation, limit: ⟦= limit ⟧ });
    const row = rows.find((each) => each.id === id);
    expect(row).toHaveProperty(relation);
    const twice = await api
      .get(resource.path)
      .query({ include: `${relation},${relation}` })
      .set(headers);
    expectProblem(twice, 400, "include", "repeated");
  });
⟦%- endif %⟧
⟦%- if unseen %⟧

  test.each(permitted.unseen ?? [])("[%s] do not bring along %s unseen", async (_guard, relation) => {
    const { id, rows } = await list({ include: relation, limit: ⟦= limit ⟧ });
    const row = rows.find((each) => each.id === id);
    expect(row).toMatchObject({ [relation]: null });
  });
⟦%- endif %⟧

⟦%- if keeps_back %⟧

  test.each(permitted.keptBack ?? [])("[%s] do not bring along all %s", async (_guard, relation, situation) => {
    const { id, headers } = await setUp(resource, situation);
    const query = { id, include: relation };
    const answer = await api.get(resource.path).query(query).set(headers);
    expect(answer.body.data).toMatchObject([{ [relation]: [] }]);
  });
⟦%- endif %⟧
⟦%- if keeps %⟧

  test.each(resource.secret ?? [])("do not tell %s", async (field) => {
    const { headers } = await setUp(resource, permitted);
    const ask = (query: object) => api.get(resource.path).query(query).set(headers);
    expectProblem(await ask({ [field]: noRow }), 400, field, "unknown");
    expectProblem(await ask({ sort: field }), 400, "sort", "choice");
  });
⟦%- endif %⟧

⟦%- if searches %⟧

  test.each(resource.searched ?? [])("are searched by %s", async (field) => {
    const { id, headers } = await setUp(resource, permitted);
    const find = (query: object) => api.get(resource.path).query({ id, ...query }).set(headers);
    const rows: Row[] = (await find({})).body.data;
    const texts = (resource.searched ?? []).map((each) => String(rows[0]?.[each]));
    const text = String(rows[0]?.[field]);
    expect((await find({ q: text.toUpperCase() })).body.data).toEqual(rows);
    for (const wild of ["%", "_"]) {
      const holding = texts.some((each) => each.includes(wild)) ? rows : [];
      expect((await find({ q: wild })).body.data).toEqual(holding);
    }
  });
⟦%- endif %⟧

⟦%- if withholds %⟧

  test.each(resource.unsearched ?? [])("are not searched by %s", async (field, text) => {
    const row = { ...permitted.row, [field]: text };
    const { id, headers } = await setUp(resource, { ...permitted, row });
    const answer = await api.get(resource.path).query({ id, q: text }).set(headers);
    expect(answer.body.data).toEqual([]);
  });
⟦%- endif %⟧

  test("do not take broken escapes", async () => {
    const { headers } = await setUp(resource, permitted);
    const answer = await api.get(`${resource.path}?id=%ff`).set(headers);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe("MALFORMED_REQUEST");
  });

  test("may be asked for beyond their end", async () => {
    const { answer } = await list({ page: 100_000 });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual([]);
  });

  /** Whether a value compares so with another; null compares with nothing. */
  function isSo(field: string, operator: string, value: Value, other: Value) {
    if (operator === "null") return value === null;
    if (value === null || other === null) return false;
    const exact = resource.exact.includes(field);
    const [a, b] = exact ? [Number(value), Number(other)] : [value, other];
    const comparisons: Record<string, boolean> = {
      ne: a !== b,
      lt: a < b,
      lte: a <= b,
      gt: a > b,
      gte: a >= b,
      in: a === b,
    };
    return comparisons[operator];
  }

  /** The values of a field in ascending order; text by its code units. */
  function sorted(rows: Row[], field: string) {
    const values = rows.map((row) => row[field] ?? null);
    const exact = resource.exact.includes(field);
    const isAfter = (a: Value, b: Value) => {
      if (a === null || b === null) return a !== null;
      return exact ? Number(a) > Number(b) : a > b;
    };
    return values.sort((a, b) => Number(isAfter(a, b)) - Number(isAfter(b, a)));
  }
}

function testGet(resource: Resource, permitted: ⟦= permitted ⟧): void {
  test("is shown whole", async () => {
    const { id, headers } = await setUp(resource, permitted);
    const answer = await api.get(`${resource.path}/${id}`).set(headers);
    expect(answer.status).toBe(200);
⟦%- if hides %⟧
    const row = visible(resource, answer.body.data);
    expect(Object.keys(row)).toEqual(resource.shown);
⟦%- else %⟧
    expect(Object.keys(answer.body.data)).toEqual(resource.shown);
⟦%- endif %⟧
  });

  test("is found by its id in capitals too", async () => {
    const { id, headers } = await setUp(resource, permitted);
    const url = `${resource.path}/${id.toUpperCase()}`;
    expect((await api.get(url).set(headers)).body.data.id).toBe(id);
  });

  test.each([noRow, "1", "constructor"])("is not at %s", async (id) => {
    const { headers } = await setUp(resource, permitted);
    const answer = await api.get(`${resource.path}/${id}`).set(headers);
    expect(answer.status).toBe(404);
  });
⟦%- if includes %⟧

  test.each(resource.relations ?? [])("brings along %s", async (relation) => {
    const { id, headers } = await setUp(resource, permitted);
    const get = (include: string) =>
      api.get(`${resource.path}/${id}`).query({ include }).set(headers);
    const { data } = (await get(relation)).body;
    expect(data).toHaveProperty(relation);
    expectProblem(await get(`${relation}.id`), 400, "include", "choice");
  });
⟦%- endif %⟧
⟦%- if unseen %⟧

  test.each(permitted.unseen ?? [])("[%s] does not bring along %s unseen", async (_guard, relation) => {
    const { id, headers } = await setUp(resource, permitted);
    const url = `${resource.path}/${id}`;
    const answer = await api.get(url).query({ include: relation }).set(headers);
    expect(answer.body.data).toMatchObject({ [relation]: null });
  });
⟦%- endif %⟧

⟦%- if keeps_back %⟧

  test.each(permitted.keptBack ?? [])("[%s] does not bring along all %s", async (_guard, relation, situation) => {
    const { id, headers } = await setUp(resource, situation);
    const url = `${resource.path}/${id}`;
    const answer = await api.get(url).query({ include: relation }).set(headers);
    expect(answer.body.data).toMatchObject({ [relation]: [] });
  });
⟦%- endif %⟧

  test("takes no ⟦% if includes %⟧other ⟦% endif %⟧parameters", async () => {
    const { id, headers } = await setUp(resource, permitted);
    const answer = await api.get(`${resource.path}/${id}?id=1`).set(headers);
    expectProblem(answer, 400, "id", "unknown");
  });
}

⟦%- if restricts %⟧

function testDelete(resource: Resource, permitted: ⟦= permitted ⟧): void {
  test.each(resource.referring ?? [])("is refused while %s refers to the row", async (_field, refer) => {
    const { id, headers } = await setUp(resource, permitted);
    await refer(id);
    const answer = await api.delete(`${resource.path}/${id}`).set(headers);
    expectProblem(answer, 409, "id", "referenced");
  });
}
⟦%- endif %⟧

function expectProblem(
  answer: Response,
  status: number,
  path: string,
  code: string,
): void {
  expect(answer.status).toBe(status);
  const details = Object.entries(answer.body.error.details);
  const found = details.find(([name]) => name === path)?.[1];
  expect(found).toEqual([{ code, message: expect.any(String) }]);
}
