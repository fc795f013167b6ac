import { z } from "zod";

export const fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstCreate = z.strictObject({
  fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: z
    .string()
    .min(
      1,
      "wording wording wording wording wording wording wording wording wording wording",
    )
    .max(120)
    .regex(fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstPattern)
    .optional(),
  obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0),
  status: z
    .enum([
      "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
      "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst",
    ])
    .default("obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstPatch =
  ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstCreate
    .partial()
    .refine((body) => Object.keys(body).length > 0, {
      message:
        "wording wording wording wording wording wording wording wording wording wording",
    });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstCreate = z.infer<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjklmnpqrstCreate
>;
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstStatus =
  | "fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst"
  | "obcdfghjklmnpqrstvwxzbcdfghjklmnpqrst"
  | "retired"
  | AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstCreate["status"];
export type AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrstvwxzbcdfghjklmnpqrst?: boolean },
) => Promise<AbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstCreate | undefined>;
