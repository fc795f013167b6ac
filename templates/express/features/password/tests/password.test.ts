import { describe, expect, test, vi } from "vitest";

vi.mock(import("@node-rs/argon2"), async (original) => {
  const library = await original();
  return { ...library, verify: vi.fn(library.verify) };
});

// The cost is chosen on import, so everything is imported afresh.
vi.stubEnv("APP_ENV", "production");
vi.resetModules();
const { logger } = await import("../src/config/logger.js");
const { verify } = await import("@node-rs/argon2");
const { hashPassword } = await import("../src/utils/password.js");
const { api } = await import("./support/api.js");
logger.level = "silent";

describe("passwords in production", () => {
  test("are hashed with the cost that OWASP recommends", async () => {
    const hash = await hashPassword("correct horse");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("are verified for addresses that nobody has too", async () => {
    const email = "nobody@example.com";
    const answer = await api
      .post("⟦= base ⟧/auth/login")
      .send({ email, password: "correct horse" });
    expect(answer.status).toBe(401);
    expect(verify).toHaveBeenCalledOnce();
  });
});
