import { describe, expect, onTestFinished, test, vi } from "vitest";

const token = "a token that is known to tests only";

// The variables are read on import, so everything is imported afresh. That takes
// its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

async function serve(variables: Record<string, string>) {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  const { logger } = await import("../src/config/logger.js");
  const { api } = await import("./support/api.js");
  logger.level = "silent";
  return api;
}

test("the server is alive but not ready without its database", async () => {
  const module = "../src/db/client.js";
  vi.doMock(module, async (original) => ({
    ...(await original<object>()),
    ping: () => Promise.reject(new Error("gone")),
  }));
  onTestFinished(() => {
    vi.doUnmock(module);
  });
  const api = await serve({});
  expect((await api.get("/health/live")).status).toBe(200);
  expect((await api.get("/health/ready")).status).toBe(503);
});

describe("metrics", () => {
  test("are for those who have the token", async () => {
    const api = await serve({ METRICS_TOKEN: token });
    await api.get("/health/live");
    const answer = await api.get("/metrics").set("Authorization", `Bearer ${token}`);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toContain("text/plain");
    expect(answer.text).toMatch(/^http_requests_total\{.*route="\/health\/live".*\} 1$/m);
    expect(answer.text).toContain("http_request_duration_seconds_bucket");
    expect(answer.text).toContain("process_cpu_seconds_total");
    for (const header of ["", `Bearer ${token}x`, `Basic ${token}`]) {
      const refused = await api.get("/metrics").set("Authorization", header);
      expect(refused.status).toBe(404);
    }
  });

  test("are not there where no token is set", async () => {
    const api = await serve({});
    for (const header of ["Bearer", "Bearer undefined"]) {
      const answer = await api.get("/metrics").set("Authorization", header);
      expect(answer.status).toBe(404);
    }
  });
});
⟦%- if has_docs %⟧

describe("the documentation", () => {
  test("is a page without scripts that loads nothing from elsewhere", async () => {
    const api = await serve({ DOCS: "always" });
    const page = await api.get("⟦= page_path ⟧");
    expect(page.status).toBe(200);
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.headers["content-security-policy"]).toBe("default-src 'self'; frame-ancestors 'none'");
    expect(page.text).not.toContain("<script");
    const style = await api.get("⟦= style_path ⟧");
    expect(style.headers["content-type"]).toContain("text/css");
  });

  test.each([
    ["development", "production", 404],
    ["development", "development", 200],
    ["always", "production", 200],
    ["never", "development", 404],
  ])("with DOCS=%s in %s answers %i", async (docs, environment, status) => {
    const api = await serve({ DOCS: docs, APP_ENV: environment });
    expect((await api.get("⟦= page_path ⟧")).status).toBe(status);
  });
});
⟦%- endif %⟧
