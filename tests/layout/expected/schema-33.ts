import { z } from "zod";

export const fbcdfghjklmnpqrstvwxzbcdfghjklmnpPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpCreate = z.strictObject({
  fbcdfghjklmnpqrstvwxzbcdfghjklmnp: z
    .string()
    .min(
      1,
      "wording wording wording wording wording wording wording wording wording",
    )
    .max(120)
    .regex(fbcdfghjklmnpqrstvwxzbcdfghjklmnpPattern)
    .optional(),
  obcdfghjklmnpqrstvwxzbcdfghjklmnp: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0),
  status: z
    .enum([
      "fbcdfghjklmnpqrstvwxzbcdfghjklmnp",
      "obcdfghjklmnpqrstvwxzbcdfghjklmnp",
    ])
    .default("obcdfghjklmnpqrstvwxzbcdfghjklmnp"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpPatch =
  ebcdfghjklmnpqrstvwxzbcdfghjklmnpCreate
    .partial()
    .refine((body) => Object.keys(body).length > 0, {
      message:
        "wording wording wording wording wording wording wording wording wording",
    });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpCreate = z.infer<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpCreate
>;
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpStatus =
  | "fbcdfghjklmnpqrstvwxzbcdfghjklmnp"
  | "obcdfghjklmnpqrstvwxzbcdfghjklmnp"
  | "retired"
  | AbcdfghjklmnpqrstvwxzbcdfghjklmnpCreate["status"];
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnp?: boolean },
) => Promise<AbcdfghjklmnpqrstvwxzbcdfghjklmnpCreate | undefined>;
