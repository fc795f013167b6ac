import express from "express";
import request from "supertest";
import { describe, expect, test } from "vitest";
import { answerError } from "../src/middleware/errors.js";
import { api } from "./support/api.js";
⟦%- if let Some(post) = post %⟧

/** A path that takes bodies from anyone. */
const open = "⟦= post ⟧";
⟦%- endif %⟧

const messages = {
⟦%- for (code, message) in messages %⟧
  ⟦= code ⟧: ⟦= message ⟧,
⟦%- endfor %⟧
};

function errorOf(code: keyof typeof messages) {
  return { error: { code, message: messages[code], details: {} } };
}

describe("addresses", () => {
  test.each([
    "/",
    "⟦= base ⟧",
    "⟦= base ⟧/nothing",
    "/health/live/",
    "/health/Live",
    "/HEALTH/live",
    "/health/%6Cive",
    "/health/%zz",
    "//health/live",
  ])("%s is unknown", async (path) => {
    const answer = await api.get(path);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual(errorOf("NOT_FOUND"));
  });

  test("too long ones are refused", async () => {
    const answer = await api.get(`/${"a".repeat(8192)}`);
    expect(answer.status).toBe(414);
    expect(answer.body).toEqual(errorOf("URI_TOO_LONG"));
  });
});

describe("methods", () => {
  test("others are refused and the right ones named", async () => {
    for (const method of ["delete", "trace"] as const) {
      const answer = await api[method]("/health/live");
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe("GET, HEAD, OPTIONS");
      expect(answer.body).toEqual(errorOf("METHOD_NOT_ALLOWED"));
    }
  });

  test("OPTIONS names them", async () => {
    const answer = await api.options("/health/live");
    expect(answer.status).toBe(204);
    expect(answer.headers.allow).toBe("GET, HEAD, OPTIONS");
  });

  test("HEAD answers like GET, without the body", async () => {
    const get = await api.get("/health/live");
    const head = await api.head("/health/live");
    expect(head.status).toBe(200);
    expect(head.text).toBeUndefined();
    expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  });
});
⟦%- if post.is_some() %⟧

describe("bodies", () => {
  function post(body: string, type = "application/json") {
    return api.post(open).set("Content-Type", type).send(body);
  }

  test.each([
    "text/plain",
    "application/json; charset=utf-16",
    "application/json; charset=latin1",
    "nonsense",
  ])("of type %s are refused", async (type) => {
    const answer = await post("{}", type);
    expect(answer.status).toBe(415);
    expect(answer.body).toEqual(errorOf("UNSUPPORTED_MEDIA_TYPE"));
  });

  test("without a type are refused", async () => {
    const answer = await api.post(open);
    expect(answer.status).toBe(415);
  });

  test.each([
    ["nothing", ""],
    ["half an object", "{"],
    ["an array", "[]"],
    ["a string", '"a"'],
    ["NaN", '{"email":NaN}'],
    ["33 levels", `{"a":${"[".repeat(32)}${"]".repeat(32)}}`],
    ["a byte order mark", "\ufeff{}"],
  ])("that are %s are refused", async (_name, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(errorOf("MALFORMED_REQUEST"));
  });

  test("that are not UTF-8 are refused", async () => {
    const pending = api.post(open).set("Content-Type", "application/json");
    pending.write(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]));
    const answer = await pending;
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(errorOf("MALFORMED_REQUEST"));
  });

  test("that announce themselves as too long are refused unread", async () => {
    const answer = await post(`"${"a".repeat(⟦= max_body - 1 ⟧)}"`, "text/plain");
    expect(answer.status).toBe(413);
    expect(answer.body).toEqual(errorOf("PAYLOAD_TOO_LARGE"));
  });

  test("that turn out too long are refused", async () => {
    const pending = api.post(open).set("Content-Type", "application/json");
    const half = " ".repeat(⟦= max_body / 2 + 1 ⟧);
    pending.write(half);
    pending.write(half);
    const answer = await pending;
    expect(answer.status).toBe(413);
    expect(answer.body).toEqual(errorOf("PAYLOAD_TOO_LARGE"));
  });

  test.each(["__proto__", "constructor", "toString", "nothing"])(
    "with the unknown key %s are refused",
    async (key) => {
      const answer = await post(`{"${key}":1}`);
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.body.error.details)).toContain(key);
    },
  );

  test("list at most 20 problems", async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `"k${index}":1`);
    const answer = await post(`{${keys.join()}}`);
    expect(Object.keys(answer.body.error.details)).toHaveLength(20);
  });
});
⟦%- endif %⟧

describe("headers", () => {
  test("protect every answer", async () => {
    for (const path of ["/health/live", "/nothing"]) {
      const { headers } = await api.get(path);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none';frame-ancestors 'none'",
      );
      expect(headers["x-powered-by"]).toBeUndefined();
      expect(headers.etag).toBeUndefined();
    }
  });

  test("tell the request's id, which callers may choose", async () => {
    const chosen = await api.get("/health/live").set("X-Request-Id", "abc-1.2");
    expect(chosen.headers["x-request-id"]).toBe("abc-1.2");
    const strange = await api.get("/health/live").set("X-Request-Id", "a b");
    expect(strange.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

test("what goes wrong inside is not told", async () => {
  const app = express().get("/", () => {
    throw new Error("something that only the log may say");
  });
  const answer = await request(app.use(answerError)).get("/");
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual(errorOf("INTERNAL"));
});

test("the server is alive and ready", async () => {
  for (const path of ["/health/live", "/health/ready"]) {
    const answer = await api.get(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ data: { status: "ok" } });
  }
});
