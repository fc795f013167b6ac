import { z } from "zod";

export const fbcdfghjklmnpqrstvwxzPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstvwxzCreate = z.strictObject({
  fbcdfghjklmnpqrstvwxz: z
    .string()
    .min(1, "wording wording wording wording wording wording")
    .max(120)
    .regex(fbcdfghjklmnpqrstvwxzPattern)
    .optional(),
  obcdfghjklmnpqrstvwxz: z.number().int().min(0).max(100).default(0),
  status: z
    .enum(["fbcdfghjklmnpqrstvwxz", "obcdfghjklmnpqrstvwxz"])
    .default("obcdfghjklmnpqrstvwxz"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstvwxzPatch = ebcdfghjklmnpqrstvwxzCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    message: "wording wording wording wording wording wording",
  });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstvwxzCreate = z.infer<
  typeof ebcdfghjklmnpqrstvwxzCreate
>;
export type AbcdfghjklmnpqrstvwxzStatus =
  | "fbcdfghjklmnpqrstvwxz"
  | "obcdfghjklmnpqrstvwxz"
  | "retired"
  | AbcdfghjklmnpqrstvwxzCreate["status"];
export type AbcdfghjklmnpqrstvwxzLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrstvwxz?: boolean },
) => Promise<AbcdfghjklmnpqrstvwxzCreate | undefined>;
