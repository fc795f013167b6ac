import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrstvwxz", () => {
  const fbcdfghjklmnpqrstvwxz = {
    fbcdfghjklmnpqrstvwxz: "wording wording wording wording wording wording",
    obcdfghjklmnpqrstvwxz: 1,
  };

  it("[Abcdfghjklmnpqrstvwxz.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrstvwxz is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrstvwxz/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({
        fbcdfghjklmnpqrstvwxz:
          "wording wording wording wording wording wording",
      });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(await database.select().from(ebcdfghjklmnpqrstvwxz)).toMatchObject([
      {
        fbcdfghjklmnpqrstvwxz:
          "wording wording wording wording wording wording",
      },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrstvwxz", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdfghjklmnpqrstvwxz");
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrstvwxz, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
