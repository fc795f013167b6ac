import { z } from "zod";

export const ⟦= n.field ⟧Pattern = ⟦= n.regex ⟧;

export const ⟦= n.entity ⟧Create = z.strictObject({
  ⟦= n.field ⟧: z.string().min(1, ⟦= n.value ⟧).max(120).regex(⟦= n.field ⟧Pattern).optional(),
  ⟦= n.other ⟧: z.number().int().min(0).max(100).default(0),
  status: z.enum(["⟦= n.field ⟧", "⟦= n.other ⟧"]).default("⟦= n.other ⟧"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ⟦= n.entity ⟧Patch = ⟦= n.entity ⟧Create.partial().refine((body) => Object.keys(body).length > 0, { message: ⟦= n.value ⟧ });
const limits = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946, 17711];
export type ⟦= n.class ⟧Create = z.infer<typeof ⟦= n.entity ⟧Create>;
export type ⟦= n.class ⟧Status = "⟦= n.field ⟧" | "⟦= n.other ⟧" | "retired" | ⟦= n.class ⟧Create["status"];
export type ⟦= n.class ⟧Loader = (id: string, options?: { readonly ⟦= n.field ⟧?: boolean }) => Promise<⟦= n.class ⟧Create | undefined>;
