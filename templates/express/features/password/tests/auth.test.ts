import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { db } from "../src/db/client.js";
import { authSessions } from "../src/models/auth-session.model.js";
⟦= users ⟧
import { api } from "./support/api.js";
⟦%- if !stores.is_empty() %⟧
import { ⟦= stores ⟧ } from "./support/rows.js";
⟦%- endif %⟧
import { ⟦% if counts %⟧next, ⟦% endif %⟧password, ⟦% if !fields.is_empty() %⟧profile, ⟦% endif %⟧signUp } from "./support/users.js";

const unauthenticated = {
  error: {
    code: "UNAUTHENTICATED",
    message: "Authentication is missing or not valid.",
    details: {},
  },
};

⟦%- if !unfit.is_empty() || !copied_unfit.is_empty() || !unfit_changes.is_empty() %⟧

const unfit = { code: "check", message: ⟦= check ⟧ };

function refusalOf(fields: string[]) {
  return Object.fromEntries(fields.map((field) => [field, [unfit]]));
}
⟦%- endif %⟧

function post(action: string, body: object) {
  return api.post(`⟦= base ⟧/auth/${action}`).send(body);
}

function me(token: string) {
  return api.get("⟦= base ⟧/auth/me").set("Authorization", `Bearer ${token}`);
}

async function logIn() {
  const { user } = await signUp();
  const answer = await post("login", { email: user.email, password });
  return { user, session: answer.body.data };
}

describe("register", () => {
  test("opens a session for a new user", async () => {
    const email = "New.User@Example.com";
    const answer = await post("register", { ⟦% if !fields.is_empty() %⟧...⟦= profile ⟧, ⟦% endif %⟧email, password });
    expect(answer.status).toBe(201);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.body.data).toEqual({
      user: expect.objectContaining({ email: "new.user@example.com", role: ⟦= default_role ⟧ }),
      ⟦= keys.name("access_token") ⟧: expect.any(String),
      ⟦= keys.name("refresh_token") ⟧: expect.any(String),
      ⟦= keys.name("expires_in") ⟧: ⟦= seconds ⟧,
    });
    expect(Object.keys(answer.body.data.user)).toEqual(⟦= shown ⟧);
    expect((await me(answer.body.data.⟦= keys.name("access_token") ⟧)).status).toBe(200);
  });

  test("refuses an address that is taken", async () => {
    const { user } = await signUp();
    const body = { ⟦% if !fields.is_empty() %⟧...⟦= profile ⟧, ⟦% endif %⟧email: user.email.toUpperCase(), password };
    const answer = await post("register", body);
    expect(answer.status).toBe(409);
    expect(answer.body.error.details.email[0].code).toBe("unique");
  });

  test.each([
    ["a bad address", { email: "nobody", password }, "email", "pattern"],
    ["no password", { email: "a@b.co" }, "password", "required"],
    [
      "a short password",
      { email: "a@b.co", password: "⟦= short ⟧" },
      "password",
      "length",
    ],
    [
      "a long password",
      { email: "a@b.co", password: "é".repeat(⟦= password_max + 1 ⟧) },
      "password",
      "length",
    ],
    ["a role", { email: "a@b.co", password, role: null }, "role", "unknown"],
    ["an id", { email: "a@b.co", password, id: "1" }, "id", "unknown"],
⟦%- for name in untold %⟧
    ["⟦= name ⟧", { email: "a@b.co", password, ⟦= name ⟧: null }, "⟦= name ⟧", "unknown"],
⟦%- endfor %⟧
  ])("refuses %s", async (_name, body, field, code) => {
    const answer = await post("register", ⟦% if fields.is_empty() %⟧body⟦% else %⟧{ ...⟦= profile ⟧, ...body }⟦% endif %⟧);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details[field][0].code).toBe(code);
  });

⟦%- if !unfit.is_empty() %⟧

  test.each([
⟦%- for case in unfit %⟧
    ⟦= case ⟧,
⟦%- endfor %⟧
  ])("$guard refuses $body", async ({ body, fields }) => {
    const email = "un@fit.org";
    const answer = await post("register", { ...⟦= profile ⟧, email, password, ...body });
    expect(answer.status).toBe(409);
    expect(answer.body.error.details).toEqual(refusalOf(fields));
  });
⟦%- endif %⟧

⟦%- if !copied_unfit.is_empty() %⟧

  test.each([
⟦%- for case in copied_unfit %⟧
    ⟦= case ⟧,
⟦%- endfor %⟧
  ])("$guard refuses a new user because of what is copied", async ({ body, given, fields }) => {
    const email = "un@fit.org";
    const answer = await post("register", { ...⟦= profile ⟧, email, password, ...body, ...(await given()) });
    expect(answer.status).toBe(409);
    expect(answer.body.error.details).toEqual(refusalOf(fields));
  });
⟦%- endif %⟧

⟦%- if let Some(copies) = copies %⟧

  test("copies from the rows that a new user refers to", async () => {
⟦%- for row in copies.rows %⟧
    const ⟦= row.name ⟧ = await ⟦= row.store ⟧(⟦= row.given ⟧);
⟦%- endfor %⟧
    const email = "copies@example.com";
    const told = { ...⟦= profile ⟧, ⟦% for row in copies.rows %⟧⟦= row.property ⟧: ⟦= row.name ⟧.id, ⟦% endfor %⟧⟦% for property in copies.left_out %⟧⟦= property ⟧: undefined, ⟦% endfor %⟧email, password };
    const answer = await post("register", told);
    expect(answer.status).toBe(201);
    expect(answer.body.data.user).toMatchObject({ ⟦= copies.expected ⟧ });
  });
⟦%- endif %⟧

  test("stores passwords and tokens as hashes only", async () => {
    const { user, session } = await logIn();
    const [row] = await db.select().from(users).where(eq(users.id, user.id));
    expect(row?.⟦= keys.name("password_hash") ⟧).toMatch(/^⟦= hash ⟧/);
    const stored = await db.select().from(authSessions);
    const secret = session.⟦= keys.name("refresh_token") ⟧.split(".")[1];
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});

describe("login", () => {
  test("answers an unknown address like a wrong password", async () => {
    const { user } = await signUp();
    const wrong = await post("login", { email: user.email, password: "wrong" });
    const unknown = await post("login", { email: "un@known.org", password });
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(unauthenticated);
      expect(answer.headers["www-authenticate"]).toBe("Bearer");
    }
  });

  test("counts every byte of a long password", async () => {
    const email = "long@example.com";
    const long = "é".repeat(⟦= password_max - 1 ⟧);
    await post("register", { ⟦% if !fields.is_empty() %⟧...⟦= profile ⟧, ⟦% endif %⟧email, password: `${long}a` });
    const right = await post("login", { email, password: `${long}a` });
    const wrong = await post("login", { email, password: `${long}b` });
    expect([right.status, wrong.status]).toEqual([200, 401]);
  });

  test("refuses a user that is disabled", async () => {
    const { user, session } = await logIn();
    await disable(user.id);
    const login = await post("login", { email: user.email, password });
    expect(login.status).toBe(401);
    const { ⟦= keys.member("refresh_token") ⟧ } = session;
    expect((await post("refresh", { ⟦= keys.member("refresh_token") ⟧ })).status).toBe(401);
    expect((await me(session.⟦= keys.name("access_token") ⟧)).status).toBe(401);
  });

  test("ignores a token", async () => {
    const { user } = await signUp();
    const answer = await post("login", { email: user.email, password }).set(
      "Authorization",
      "Bearer nonsense",
    );
    expect(answer.status).toBe(200);
  });
});

describe("refresh", () => {
  test("gives a new pair, once for each token", async () => {
    const { user, session } = await logIn();
    const { ⟦= keys.member("refresh_token") ⟧ } = session;
    const answer = await post("refresh", { ⟦= keys.member("refresh_token") ⟧ });
    expect(answer.status).toBe(200);
    expect(answer.body.data.user.id).toBe(user.id);
    expect(answer.body.data.⟦= keys.name("refresh_token") ⟧).not.toBe(refreshToken);
  });

  test("ends the session when a token comes a second time", async () => {
    const { ⟦= keys.member("refresh_token") ⟧ } = (await logIn()).session;
    const next = (await post("refresh", { ⟦= keys.member("refresh_token") ⟧ })).body.data;
    const again = await post("refresh", { ⟦= keys.member("refresh_token") ⟧ });
    expect(again.status).toBe(401);
    expect(again.body).toEqual(unauthenticated);
    const last = await post("refresh", { ⟦= keys.name("refresh_token") ⟧: next.⟦= keys.name("refresh_token") ⟧ });
    expect(last.status).toBe(401);
  });

  test("lets one of many uses at once through, and ends the session", async () => {
    const { ⟦= keys.member("refresh_token") ⟧ } = (await logIn()).session;
    const uses = Array.from({ length: 20 }, () =>
      post("refresh", { ⟦= keys.member("refresh_token") ⟧ }),
    );
    const answers = await Promise.all(uses);
    const passed = answers.filter((answer) => answer.status === 200);
    expect(passed).toHaveLength(1);
    const last = passed[0]?.body.data.⟦= keys.name("refresh_token") ⟧;
    expect((await post("refresh", { ⟦= keys.name("refresh_token") ⟧: last })).status).toBe(401);
  });

  test("ends with the session's life", async () => {
    const { user, session } = await logIn();
    await db
      .update(authSessions)
      .set({ ⟦= keys.name("expires_at") ⟧: new Date().toISOString() })
      .where(eq(authSessions.⟦= keys.name("user_id") ⟧, user.id));
    const { ⟦= keys.member("refresh_token") ⟧ } = session;
    expect((await post("refresh", { ⟦= keys.member("refresh_token") ⟧ })).status).toBe(401);
  });

  test("does not prolong the session's life", async () => {
    const { user, session } = await logIn();
    const life = () =>
      db
        .select({ ⟦= keys.name("expires_at") ⟧: authSessions.⟦= keys.name("expires_at") ⟧ })
        .from(authSessions)
        .where(eq(authSessions.⟦= keys.name("user_id") ⟧, user.id));
    const before = await life();
    await post("refresh", { ⟦= keys.name("refresh_token") ⟧: session.⟦= keys.name("refresh_token") ⟧ });
    expect(await life()).toEqual(before);
  });

  test.each(["nonsense", "a.b", "."])("refuses %s", async (refreshToken) => {
    const answer = await post("refresh", { ⟦= keys.member("refresh_token") ⟧ });
    expect(answer.status).toBe(401);
  });

  test("refuses an access token", async () => {
    const { ⟦= keys.member("access_token") ⟧ } = (await logIn()).session;
    const answer = await post("refresh", { ⟦= keys.name("refresh_token") ⟧: accessToken });
    expect(answer.status).toBe(401);
  });
});

describe("logout", () => {
  test("ends the session", async () => {
    const { ⟦= keys.member("refresh_token") ⟧ } = (await logIn()).session;
    const answer = await post("logout", { ⟦= keys.member("refresh_token") ⟧ });
    expect(answer.status).toBe(204);
    expect((await post("refresh", { ⟦= keys.member("refresh_token") ⟧ })).status).toBe(401);
  });

  test("does not tell whether a token is known", async () => {
    const answer = await post("logout", { ⟦= keys.name("refresh_token") ⟧: "nonsense" });
    expect(answer.status).toBe(204);
  });
});

describe("a change of password", () => {
  function change(token: string, body: object) {
    return post("change-password", body).set("Authorization", `Bearer ${token}`);
  }

  const newPassword = "⟦= new_password ⟧";

  test("ends every session and begins a new one", async () => {
    const { user, session } = await logIn();
    const other = await post("login", { email: user.email, password });
    const answer = await change(session.⟦= keys.name("access_token") ⟧, { ⟦= keys.name("current_password") ⟧: password, ⟦= keys.member("new_password") ⟧ });
    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe("no-store");
    for (const { ⟦= keys.member("access_token") ⟧, ⟦= keys.member("refresh_token") ⟧ } of [session, other.body.data]) {
      expect((await me(accessToken)).status).toBe(401);
      expect((await post("refresh", { ⟦= keys.member("refresh_token") ⟧ })).status).toBe(401);
    }
    const { ⟦= keys.member("access_token") ⟧, ⟦= keys.member("refresh_token") ⟧ } = answer.body.data;
    expect((await me(accessToken)).status).toBe(200);
    expect((await post("refresh", { ⟦= keys.member("refresh_token") ⟧ })).status).toBe(200);
  });

  test("lets the new password in and the old one no more", async () => {
    const { user, session } = await logIn();
    await change(session.⟦= keys.name("access_token") ⟧, { ⟦= keys.name("current_password") ⟧: password, ⟦= keys.member("new_password") ⟧ });
    const old = await post("login", { email: user.email, password });
    const fresh = await post("login", { email: user.email, password: newPassword });
    expect([old.status, fresh.status]).toEqual([401, 200]);
  });

  test("needs the present password", async () => {
    const { session } = await logIn();
    const answer = await change(session.⟦= keys.name("access_token") ⟧, { ⟦= keys.name("current_password") ⟧: "wrong", ⟦= keys.member("new_password") ⟧ });
    expect(answer.status).toBe(409);
    expect(answer.body.error.details.⟦= keys.name("current_password") ⟧[0].code).toBe("mismatch");
    expect((await me(session.⟦= keys.name("access_token") ⟧)).status).toBe(200);
  });

  test("happens once, however often it is asked for at once", async () => {
    const { session } = await logIn();
    const changes = Array.from({ length: 5 }, () =>
      change(session.⟦= keys.name("access_token") ⟧, { ⟦= keys.name("current_password") ⟧: password, ⟦= keys.member("new_password") ⟧ }),
    );
    const answers = await Promise.all(changes);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test.each([
    ["a short one", { ⟦= keys.name("current_password") ⟧: password, ⟦= keys.name("new_password") ⟧: "⟦= short ⟧" }, "⟦= keys.name("new_password") ⟧", "length"],
    ["none", { ⟦= keys.name("current_password") ⟧: password }, "⟦= keys.name("new_password") ⟧", "required"],
    ["no present one", { ⟦= keys.member("new_password") ⟧ }, "⟦= keys.name("current_password") ⟧", "required"],
  ])("refuses %s", async (_name, body, field, code) => {
    const { session } = await logIn();
    const answer = await change(session.⟦= keys.name("access_token") ⟧, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details[field][0].code).toBe(code);
  });

  test("is for users only", async () => {
    const body = { ⟦= keys.name("current_password") ⟧: password, ⟦= keys.member("new_password") ⟧ };
    expect((await post("change-password", body)).status).toBe(401);
  });
});
⟦%- if !changes.is_empty() %⟧

describe("a change of oneself", () => {
  function change(headers: Record<string, string>, body: object) {
    return api.patch("⟦= base ⟧/auth/me").set(headers).send(body);
  }

  test(⟦= permitted_changes.stays ⟧, async () => {
    const { headers } = await signUp(⟦= changing_user ⟧);
    const changes = {
⟦%- for (name, value) in changes %⟧
      ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
    };
    const answer = await change(headers, changes);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject(changes);
    const after = await api.get("⟦= base ⟧/auth/me").set(headers);
    expect(after.body).toEqual(answer.body);
  });

⟦%- if !unfit_changes.is_empty() %⟧

  test.each([
⟦%- for case in unfit_changes %⟧
    ⟦= case ⟧,
⟦%- endfor %⟧
  ])("$guard refuses $body", async ({ body, fields }) => {
    const { headers } = await signUp(⟦= changing_user ⟧);
    const answer = await change(headers, body);
    expect(answer.status).toBe(409);
    expect(answer.body.error.details).toEqual(refusalOf(fields));
  });
⟦%- endif %⟧

  test(⟦= permitted_changes.nothing ⟧, async () => {
    const { headers } = await signUp(⟦= changing_user ⟧);
    const before = await api.get("⟦= base ⟧/auth/me").set(headers);
    const answer = await change(headers, {});
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(before.body);
  });

  test.each(["id", "email", "role", "⟦= keys.name("password_hash") ⟧", "epoch", "⟦= keys.name("created_at") ⟧"])(
    ⟦= permitted_changes.unreached ⟧,
    async (field) => {
      const { headers } = await signUp(⟦= changing_user ⟧);
      const answer = await change(headers, { [field]: "x" });
      expect(answer.status).toBe(400);
      expect(answer.body.error.details[field][0].code).toBe("unknown");
    },
  );

  test("is for users only", async () => {
    expect((await change({}, {})).status).toBe(401);
  });
});
⟦%- endif %⟧

⟦%- if !moves.is_empty() %⟧

describe("a move of oneself", () => {
  test.each<{
    guard: string;
    role: User["role"];
    given: Partial<User>;
    body: Partial<User>;
    status: number;
    code: string | undefined;
  }>([
⟦%- for case in moves %⟧
    ⟦= case ⟧,
⟦%- endfor %⟧
  ])("$guard from $given to $body by $role gives $status", async ({ role, given, body, status, code }) => {
    const { headers } = await signUp(role, given);
    const answer = await api.patch("⟦= base ⟧/auth/me").set(headers).send(body);
    expect(answer.status).toBe(status);
    const after = await api.get("⟦= base ⟧/auth/me").set(headers);
    expect(after.body.data).toMatchObject(status === 200 ? body : given);
    const details = Object.values<[{ code: string }]>(answer.body.error?.details ?? {});
    expect(details[0]?.[0].code).toBe(code);
  });
});
⟦%- endif %⟧

describe("access tokens", () => {
  test("show the user", async () => {
    const { user, session } = await logIn();
    const answer = await me(session.⟦= keys.name("access_token") ⟧);
    expect(answer.body.data.id).toBe(user.id);
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("are no refresh tokens", async () => {
    const { session } = await logIn();
    expect((await me(session.⟦= keys.name("refresh_token") ⟧)).status).toBe(401);
  });

  test("are needed", async () => {
    const answer = await api.get("⟦= base ⟧/auth/me");
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(unauthenticated);
  });

  test("say what they are and carry no role", async () => {
    const { user, session } = await logIn();
    expect(decodeProtectedHeader(session.⟦= keys.name("access_token") ⟧)).toEqual({
      alg: "HS256",
      typ: "at+jwt",
      kid: keyId(secret),
    });
    const claims = decodeJwt(session.⟦= keys.name("access_token") ⟧);
    expect(claims).toEqual({
      iss: "⟦= name ⟧",
      aud: "⟦= name ⟧",
      sub: user.id,
      iat: expect.any(Number),
      exp: (claims.iat ?? 0) + ⟦= seconds ⟧,
      jti: expect.any(String),
      epoch: 0,
    });
  });

  test("count as long as the user's epoch and account last", async () => {
    const { user, session } = await logIn();
    const change = (values: Partial<typeof users.$inferInsert>) =>
      db.update(users).set(values).where(eq(users.id, user.id));
    await change({ epoch: 1 });
    expect((await me(session.⟦= keys.name("access_token") ⟧)).status).toBe(401);
    await change({ epoch: 0 });
    expect((await me(session.⟦= keys.name("access_token") ⟧)).status).toBe(200);
    await db.delete(users).where(eq(users.id, user.id));
    expect((await me(session.⟦= keys.name("access_token") ⟧)).status).toBe(401);
  });
⟦%- if has_roles %⟧

  test("give no role that the user has lost", async () => {
    const { user, headers } = await signUp("⟦= role ⟧");
    const role = async () =>
      (await api.get("⟦= base ⟧/auth/me").set(headers)).body.data.role;
    expect(await role()).toBe("⟦= role ⟧");
    await db.update(users).set({ role: null }).where(eq(users.id, user.id));
    expect(await role()).toBeNull();
  });
⟦%- endif %⟧
});

describe("forged access tokens", () => {
  const now = () => Math.floor(Date.now() / 1000);

  interface Forgery {
    header?: object;
    claims?: object;
    secret?: string;
  }

  async function forge({ header, claims, ...key }: Forgery): Promise<string> {
    const { user } = await signUp();
    const payload = {
      iss: "⟦= name ⟧",
      aud: "⟦= name ⟧",
      sub: user.id,
      iat: now(),
      exp: now() + ⟦= seconds ⟧,
      jti: "1",
      epoch: 0,
      ...claims,
    };
    return new SignJWT(withoutUndefined(payload))
      .setProtectedHeader({
        alg: "HS256",
        typ: "at+jwt",
        kid: keyId(secret),
        ...header,
      })
      .sign(new TextEncoder().encode(key.secret ?? secret));
  }

  test("that are none are accepted", async () => {
    expect((await me(await forge({}))).status).toBe(200);
  });

  test.each<[string, Forgery]>([
    ["another secret", { secret: "another secret, just as long as the first" }],
    ["another algorithm", { header: { alg: "HS512" } }],
    ["another type", { header: { typ: "JWT" } }],
    ["another key's id", { header: { kid: "12345678" } }],
    ["no key's id", { header: { kid: undefined } }],
    ["another issuer", { claims: { iss: "other" } }],
    ["another audience", { claims: { aud: "other" } }],
    ["an end in the past", { claims: { exp: now() - 1 } }],
    ["a beginning in the future", { claims: { nbf: now() + 60 } }],
    ["another epoch", { claims: { epoch: 1 } }],
    ["an unknown user", { claims: { sub: "nobody" } }],
    ["too much in it", { claims: { more: "a".repeat(8192) } }],
    ...["iss", "aud", "sub", "iat", "exp", "jti", "epoch"].map(
      (claim): [string, Forgery] => [
        `no ${claim}`,
        { claims: { [claim]: undefined } },
      ],
    ),
  ])("with %s are refused", async (_name, forgery) => {
    const answer = await me(await forge(forgery));
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(unauthenticated);
  });

  test("without a signature are refused", async () => {
    const [, claims] = (await forge({})).split(".");
    const header = { alg: "none", typ: "at+jwt", kid: keyId(secret) };
    const encoded = Buffer.from(JSON.stringify(header)).toString("base64url");
    expect((await me(`${encoded}.${claims}.`)).status).toBe(401);
  });

  test("are refused on public paths too", async () => {
    for (const header of ["Bearer nonsense", "Bearer", "Basic YTpi"]) {
      const answer = await api
        .get("⟦= open ⟧")
        .set("Authorization", header);
      expect(answer.status).toBe(401);
    }
  });
});

const secret = process.env.JWT_SECRET ?? "";

function keyId(of: string): string {
  return createHash("sha256").update(of).digest("base64url").slice(0, 8);
}

function withoutUndefined(claims: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(claims));
}

async function disable(id: string): Promise<void> {
  await db
    .update(users)
    .set({ ⟦= keys.name("disabled_at") ⟧: new Date().toISOString() })
    .where(eq(users.id, id));
}
