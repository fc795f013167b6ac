import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx", () => {
  const fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx = {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx:
      "wording wording wording wording wording wording wording wording wording wording wording",
    obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: 1,
  };

  it("[Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({
        fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx:
          "wording wording wording wording wording wording wording wording wording wording wording",
      });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(
      await database.select().from(ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx),
    ).toMatchObject([
      {
        fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx:
          "wording wording wording wording wording wording wording wording wording wording wording",
      },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get(
      "/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
    );
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
