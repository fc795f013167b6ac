import { describe, expect, it } from "vitest";

describe("⟦= n.class ⟧", () => {
  const ⟦= n.field ⟧ = { ⟦= n.field ⟧: ⟦= n.value ⟧, ⟦= n.other ⟧: 1 };

  it("[⟦= n.class ⟧.update.row] refuses a caller who does not own the row, however the ⟦= n.field ⟧ is spelt", async () => {
    const response = await request(app).patch(`/api/v1/⟦= n.table ⟧/${row.id}`).set("Authorization", `Bearer ${stranger.token}`).send({ ⟦= n.field ⟧: ⟦= n.value ⟧ });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({ error: { code: "FORBIDDEN", message: "You may not do this.", details: {} } });
    expect(await database.select().from(⟦= n.entity ⟧)).toMatchObject([{ ⟦= n.field ⟧: ⟦= n.value ⟧ }]);
  });

  it.each([["anonymous", 401], ["⟦= n.other ⟧", 403], ["owner", 200]])("answers %s with %i", async (who, status) => {
    const response = await as(who).get("/api/v1/⟦= n.table ⟧");
    expect(response.status, who).toBe(status);
    await expect(() => service.remove(callers.⟦= n.other ⟧, row.id)).rejects.toThrow(ForbiddenError);
  });
});
