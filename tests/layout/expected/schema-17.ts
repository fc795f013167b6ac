import { z } from "zod";

export const fbcdfghjklmnpqrstPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstCreate = z.strictObject({
  fbcdfghjklmnpqrst: z
    .string()
    .min(1, "wording wording wording wording wording")
    .max(120)
    .regex(fbcdfghjklmnpqrstPattern)
    .optional(),
  obcdfghjklmnpqrst: z.number().int().min(0).max(100).default(0),
  status: z
    .enum(["fbcdfghjklmnpqrst", "obcdfghjklmnpqrst"])
    .default("obcdfghjklmnpqrst"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstPatch = ebcdfghjklmnpqrstCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    message: "wording wording wording wording wording",
  });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstCreate = z.infer<typeof ebcdfghjklmnpqrstCreate>;
export type AbcdfghjklmnpqrstStatus =
  | "fbcdfghjklmnpqrst"
  | "obcdfghjklmnpqrst"
  | "retired"
  | AbcdfghjklmnpqrstCreate["status"];
export type AbcdfghjklmnpqrstLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrst?: boolean },
) => Promise<AbcdfghjklmnpqrstCreate | undefined>;
