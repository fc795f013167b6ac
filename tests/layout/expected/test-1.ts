import { describe, expect, it } from "vitest";

describe("A", () => {
  const f = { f: "wording", o: 1 };

  it("[A.update.row] refuses a caller who does not own the row, however the f is spelt", async () => {
    const response = await request(app)
      .patch(`/api/v1/t/${row.id}`)
      .set("Authorization", `Bearer ${stranger.token}`)
      .send({ f: "wording" });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      error: {
        code: "FORBIDDEN",
        message: "You may not do this.",
        details: {},
      },
    });
    expect(await database.select().from(e)).toMatchObject([{ f: "wording" }]);
  });

  it.each([
    ["anonymous", 401],
    ["o", 403],
    ["owner", 200],
  ])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/t");
    expect(response.status, who).toBe(status);
    await expect(() => service.remove(callers.o, row.id)).rejects.toThrow(
      ForbiddenError,
    );
  });
});
