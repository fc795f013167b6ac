import { z } from "zod";

export const fPattern = /[0-9]{13}/u;

export const eCreate = z.strictObject({
  f: z.string().min(1, "wording").max(120).regex(fPattern).optional(),
  o: z.number().int().min(0).max(100).default(0),
  status: z.enum(["f", "o"]).default("o"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ePatch = eCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, { message: "wording" });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type ACreate = z.infer<typeof eCreate>;
export type AStatus = "f" | "o" | "retired" | ACreate["status"];
export type ALoader = (
  id: string,
  options?: { readonly f?: boolean },
) => Promise<ACreate | undefined>;
