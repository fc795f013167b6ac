import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrst", () => {
  const fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst = {
    fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst:
      "wording wording wording wording wording wording wording wording wording wording",
    obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: 1,
  };

  it("[Abcdfghjklmnpqrstvwxzbcdfghjklmnpqrst.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({
        fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst:
          "wording wording wording wording wording wording wording wording wording wording",
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
      await database.select().from(ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrst),
    ).toMatchObject([
      {
        fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst:
          "wording wording wording wording wording wording wording wording wording wording",
      },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get(
      "/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
    );
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
