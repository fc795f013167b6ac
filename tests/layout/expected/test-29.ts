import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrstvwxzbcdfghjk", () => {
  const fbcdfghjklmnpqrstvwxzbcdfghjk = {
    fbcdfghjklmnpqrstvwxzbcdfghjk:
      "wording wording wording wording wording wording wording wording",
    obcdfghjklmnpqrstvwxzbcdfghjk: 1,
  };

  it("[Abcdfghjklmnpqrstvwxzbcdfghjk.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrstvwxzbcdfghjk is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjk/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({
        fbcdfghjklmnpqrstvwxzbcdfghjk:
          "wording wording wording wording wording wording wording wording",
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
      await database.select().from(ebcdfghjklmnpqrstvwxzbcdfghjk),
    ).toMatchObject([
      {
        fbcdfghjklmnpqrstvwxzbcdfghjk:
          "wording wording wording wording wording wording wording wording",
      },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrstvwxzbcdfghjk", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdfghjklmnpqrstvwxzbcdfghjk");
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrstvwxzbcdfghjk, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
