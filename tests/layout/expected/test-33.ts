import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrstvwxzbcdfghjklmnp", () => {
  const fbcdfghjklmnpqrstvwxzbcdfghjklmnp = {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnp:
      "wording wording wording wording wording wording wording wording wording",
    obcdfghjklmnpqrstvwxzbcdfghjklmnp: 1,
  };

  it("[Abcdfghjklmnpqrstvwxzbcdfghjklmnp.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrstvwxzbcdfghjklmnp is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjklmnp/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({
        fbcdfghjklmnpqrstvwxzbcdfghjklmnp:
          "wording wording wording wording wording wording wording wording wording",
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
      await database.select().from(ebcdfghjklmnpqrstvwxzbcdfghjklmnp),
    ).toMatchObject([
      {
        fbcdfghjklmnpqrstvwxzbcdfghjklmnp:
          "wording wording wording wording wording wording wording wording wording",
      },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrstvwxzbcdfghjklmnp", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get(
      "/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjklmnp",
    );
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrstvwxzbcdfghjklmnp, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
