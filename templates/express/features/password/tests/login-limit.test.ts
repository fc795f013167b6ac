import { expect, test, vi } from "vitest";

// The limit is read on import, so everything is imported afresh.
vi.stubEnv("RATE_LIMIT_LOGIN_MAX", "2");
vi.resetModules();
const { logger } = await import("../src/config/logger.js");
const { api } = await import("./support/api.js");
const { password, signUp } = await import("./support/users.js");
logger.level = "silent";

test("an account is tried only so often", async () => {
  const { user } = await signUp();
  const attempt = () =>
    api.post("⟦= base ⟧/auth/login").send({ email: user.email, password });
  expect((await attempt()).status).toBe(200);
  expect((await attempt()).status).toBe(200);
  const last = await attempt();
  expect(last.status).toBe(429);
  expect(last.body.error.code).toBe("RATE_LIMITED");
  expect(last.headers["retry-after"]).toMatch(/^[0-9]+$/);
  expect(last.headers.ratelimit).toContain('"login"');
});
