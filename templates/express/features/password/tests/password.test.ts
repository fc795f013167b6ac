⟦% if keyed -%⟧
import { randomUUID } from "node:crypto";
⟦% endif -%⟧
import { describe, expect, test, vi } from "vitest";

vi.mock(import("⟦= library ⟧"), async (original) => {
  const library = await original();
  return { ...library, verify: vi.fn(library.verify) };
});

// The cost is chosen on import, so everything is imported afresh.
vi.stubEnv("APP_ENV", "production");
vi.resetModules();
const { logger } = await import("../src/config/logger.js");
const { verify } = await import("⟦= library ⟧");
const { hashPassword⟦% if keyed %⟧, verifyPassword⟦% endif %⟧ } = await import("../src/utils/password.js");
const { api } = await import("./support/api.js");
logger.level = "silent";

describe("passwords in production", () => {
  test("are hashed with the cost that OWASP recommends", async () => {
    const hash = await hashPassword("correct horse"⟦% if keyed %⟧, randomUUID()⟦% endif %⟧);
    expect(hash).toMatch(/^⟦= prefix ⟧/);
  });
⟦%- if keyed %⟧

  test("are hashed with all their bytes, for one user", async () => {
    const [id, long] = [randomUUID(), "é".repeat(100)];
    const hash = await hashPassword(`${long}a`, id);
    expect(await verifyPassword(hash, `${long}a`, id)).toBe(true);
    expect(await verifyPassword(hash, `${long}b`, id)).toBe(false);
    expect(await verifyPassword(hash, `${long}a`, randomUUID())).toBe(false);
  });
⟦%- endif %⟧

  test("are verified for addresses that nobody has too", async () => {
⟦%- if keyed %⟧
    vi.mocked(verify).mockClear();
⟦%- endif %⟧
    const email = "nobody@example.com";
    const answer = await api
      .post("⟦= base ⟧/auth/login")
      .send({ email, password: "correct horse" });
    expect(answer.status).toBe(401);
    expect(verify).toHaveBeenCalledOnce();
  });
});
