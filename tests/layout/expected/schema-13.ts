import { z } from "zod";

export const fbcdfghjklmnpPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpCreate = z.strictObject({
  fbcdfghjklmnp: z
    .string()
    .min(1, "wording wording wording wording")
    .max(120)
    .regex(fbcdfghjklmnpPattern)
    .optional(),
  obcdfghjklmnp: z.number().int().min(0).max(100).default(0),
  status: z.enum(["fbcdfghjklmnp", "obcdfghjklmnp"]).default("obcdfghjklmnp"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpPatch = ebcdfghjklmnpCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    message: "wording wording wording wording",
  });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpCreate = z.infer<typeof ebcdfghjklmnpCreate>;
export type AbcdfghjklmnpStatus =
  | "fbcdfghjklmnp"
  | "obcdfghjklmnp"
  | "retired"
  | AbcdfghjklmnpCreate["status"];
export type AbcdfghjklmnpLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnp?: boolean },
) => Promise<AbcdfghjklmnpCreate | undefined>;
