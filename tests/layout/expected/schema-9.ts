import { z } from "zod";

export const fbcdfghjkPattern = /[0-9]{13}/u;

export const ebcdfghjkCreate = z.strictObject({
  fbcdfghjk: z
    .string()
    .min(1, "wording wording wording")
    .max(120)
    .regex(fbcdfghjkPattern)
    .optional(),
  obcdfghjk: z.number().int().min(0).max(100).default(0),
  status: z.enum(["fbcdfghjk", "obcdfghjk"]).default("obcdfghjk"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjkPatch = ebcdfghjkCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    message: "wording wording wording",
  });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjkCreate = z.infer<typeof ebcdfghjkCreate>;
export type AbcdfghjkStatus =
  | "fbcdfghjk"
  | "obcdfghjk"
  | "retired"
  | AbcdfghjkCreate["status"];
export type AbcdfghjkLoader = (
  id: string,
  options?: { readonly fbcdfghjk?: boolean },
) => Promise<AbcdfghjkCreate | undefined>;
