import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnp", () => {
  const fbcdfghjklmnp = {
    fbcdfghjklmnp: "wording wording wording wording",
    obcdfghjklmnp: 1,
  };

  it("[Abcdfghjklmnp.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnp is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnp/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({ fbcdfghjklmnp: "wording wording wording wording" });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(await database.select().from(ebcdfghjklmnp)).toMatchObject([
      { fbcdfghjklmnp: "wording wording wording wording" },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnp", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdfghjklmnp");
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnp, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
