import { z } from "zod";

export const fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxCreate = z.strictObject({
  fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: z
    .string()
    .min(
      1,
      "wording wording wording wording wording wording wording wording wording wording wording",
    )
    .max(120)
    .regex(fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxPattern)
    .optional(),
  obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0),
  status: z
    .enum([
      "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
      "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx",
    ])
    .default("obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxPatch =
  ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxCreate
    .partial()
    .refine((body) => Object.keys(body).length > 0, {
      message:
        "wording wording wording wording wording wording wording wording wording wording wording",
    });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxCreate = z.infer<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxCreate
>;
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxStatus =
  | "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx"
  | "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx"
  | "retired"
  | AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxCreate["status"];
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwx?: boolean },
) => Promise<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxCreate | undefined>;
