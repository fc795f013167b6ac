import { describe, expect, it } from "vitest";

describe("Abcdfghjk", () => {
  const fbcdfghjk = { fbcdfghjk: "wording wording wording", obcdfghjk: 1 };

  it("[Abcdfghjk.update.row] refuses a caller who does not own the row, however the fbcdfghjk is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjk/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({ fbcdfghjk: "wording wording wording" });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(await database.select().from(ebcdfghjk)).toMatchObject([
      { fbcdfghjk: "wording wording wording" },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjk", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdfghjk");
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjk, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
