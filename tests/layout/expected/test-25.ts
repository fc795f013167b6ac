import { describe, expect, it } from "vitest";

describe("Abcdfghjklmnpqrstvwxzbcdf", () => {
  const fbcdfghjklmnpqrstvwxzbcdf = {
    fbcdfghjklmnpqrstvwxzbcdf:
      "wording wording wording wording wording wording wording",
    obcdfghjklmnpqrstvwxzbcdf: 1,
  };

  it("[Abcdfghjklmnpqrstvwxzbcdf.update.row] refuses a caller who does not own the row, however the fbcdfghjklmnpqrstvwxzbcdf is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdfghjklmnpqrstvwxzbcdf/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({
        fbcdfghjklmnpqrstvwxzbcdf:
          "wording wording wording wording wording wording wording",
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
      await database.select().from(ebcdfghjklmnpqrstvwxzbcdf),
    ).toMatchObject([
      {
        fbcdfghjklmnpqrstvwxzbcdf:
          "wording wording wording wording wording wording wording",
      },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdfghjklmnpqrstvwxzbcdf", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdfghjklmnpqrstvwxzbcdf");
    expect(response.status, who).toBe(status);
    await expect(() =>
      service.remove(callers.obcdfghjklmnpqrstvwxzbcdf, row.id),
    ).rejects.toThrow(ForbiddenError);
  });
});
