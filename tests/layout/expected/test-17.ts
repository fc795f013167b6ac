import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrst", () => {
  const fbcdfghjklmnpqrst = {
    fbcdfghjklmnpqrst: "wording wording wording wording wording",
    obcdfghjklmnpqrst: 1,
  };

  it("[Abcdfghjklmnpqrst.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrst is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrst/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({ fbcdfghjklmnpqrst: "wording wording wording wording wording" });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(await database.select().from(ebcdfghjklmnpqrst)).toMatchObject([
      { fbcdfghjklmnpqrst: "wording wording wording wording wording" },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrst", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdfghjklmnpqrst");
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrst, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
