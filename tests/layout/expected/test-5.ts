import { describe, expect, it } from "vitest";

describe("Abcdf", () => {
  const fbcdf = { fbcdf: "wording wording", obcdf: 1 };

  it("[Abcdf.update.row] refuses a caller who does not own the row, however the fbcdf is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/tbcdf/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({ fbcdf: "wording wording" });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(await database.select().from(ebcdf)).toMatchObject([
      { fbcdf: "wording wording" },
    ]);
  });

  it.each([
    ["anonymous", 401],
    ["obcdf", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/tbcdf");
    expect(response.status, who).toBe(status);
    await expect(() => service.remove(callers.obcdf, row.id)).rejects.toThrow(
      ForbiddenError,
    );
  });
});
