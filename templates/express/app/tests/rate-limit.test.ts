import { expect, test, vi } from "vitest";

// The limit is read on import, so everything is imported afresh.
vi.stubEnv("RATE_LIMIT_MAX", "9");
vi.resetModules();
const { logger } = await import("../src/config/logger.js");
const { api } = await import("./support/api.js");
logger.level = "silent";

test("addresses that a caller makes up do not help", async () => {
  const statuses: number[] = [];
  for (let host = 1; host <= 10; host += 1) {
    const answer = await api
      .get("/health/live")
      .set("X-Forwarded-For", `10.0.0.${host}`)
      .set("Forwarded", `for=10.0.0.${host}`);
    statuses.push(answer.status);
  }
  expect(statuses.at(0)).toBe(200);
  expect(statuses.at(-1)).toBe(429);
});
