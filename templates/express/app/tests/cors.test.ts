import { describe, expect, test, vi } from "vitest";

// The origins are read on import, so everything is imported afresh.
vi.stubEnv("CORS_ORIGINS", "https://shop.example, http://localhost:5173");
vi.resetModules();
const { logger } = await import("../src/config/logger.js");
const { api } = await import("./support/api.js");
logger.level = "silent";

function ask(path: string, origin: string) {
  return api.get(path).set("Origin", origin);
}

describe("a page of a configured origin", () => {
  test.each(["https://shop.example", "http://localhost:5173"])(
    "%s reads answers and errors",
    async (origin) => {
      for (const path of ["/health/live", "/nothing"]) {
        const { headers } = await ask(path, origin);
        expect(headers["access-control-allow-origin"]).toBe(origin);
        expect(headers["access-control-allow-credentials"]).toBeUndefined();
        expect(headers.vary).toContain("Origin");
      }
    },
  );

  test("is told what it may send", async () => {
    const { status, headers } = await api
      .options("/health/live")
      .set("Origin", "https://shop.example")
      .set("Access-Control-Request-Method", "GET");
    expect(status).toBe(204);
    expect(headers["access-control-allow-methods"]).toContain("GET");
    expect(headers["access-control-allow-headers"]).toContain("Authorization");
  });
});

test.each([
  "https://evil.example",
  "null",
  "https://shop.example.evil.example",
  "https://shop.example:8443",
  "http://shop.example",
])("a page of %s reads nothing", async (origin) => {
  for (const path of ["/health/live", "/nothing"]) {
    const { headers } = await ask(path, origin);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers.vary).toContain("Origin");
  }
});
