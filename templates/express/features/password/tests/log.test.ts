import { expect, test, vi } from "vitest";
import { logger } from "../src/config/logger.js";
import { api } from "./support/api.js";
import { password, signUp } from "./support/users.js";

test("the log holds neither passwords nor tokens", async () => {
  const info = vi.spyOn(logger, "info");
  const { user, headers } = await signUp();
  await api.get("⟦= base ⟧/auth/me").set(headers);
  const login = await api
    .post("⟦= base ⟧/auth/login")
    .send({ email: user.email, password });
  expect(info).toHaveBeenCalledTimes(2);
  const lines = JSON.stringify(info.mock.calls);
  const { ⟦= keys.member("access_token") ⟧, ⟦= keys.member("refresh_token") ⟧ } = login.body.data;
  for (const secret of [password, headers.Authorization, accessToken, refreshToken]) {
    expect(lines).not.toContain(secret);
  }
});
