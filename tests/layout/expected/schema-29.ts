import { z } from "zod";

export const fbcdfghjklmnpqrstvwxzbcdfghjkPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstvwxzbcdfghjkCreate = z.strictObject({
  fbcdfghjklmnpqrstvwxzbcdfghjk: z
    .string()
    .min(1, "wording wording wording wording wording wording wording wording")
    .max(120)
    .regex(fbcdfghjklmnpqrstvwxzbcdfghjkPattern)
    .optional(),
  obcdfghjklmnpqrstvwxzbcdfghjk: z.number().int().min(0).max(100).default(0),
  status: z
    .enum(["fbcdfghjklmnpqrstvwxzbcdfghjk", "obcdfghjklmnpqrstvwxzbcdfghjk"])
    .default("obcdfghjklmnpqrstvwxzbcdfghjk"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstvwxzbcdfghjkPatch =
  ebcdfghjklmnpqrstvwxzbcdfghjkCreate
    .partial()
    .refine((body) => Object.keys(body).length > 0, {
      message:
        "wording wording wording wording wording wording wording wording",
    });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstvwxzbcdfghjkCreate = z.infer<
  typeof ebcdfghjklmnpqrstvwxzbcdfghjkCreate
>;
export type AbcdfghjklmnpqrstvwxzbcdfghjkStatus =
  | "fbcdfghjklmnpqrstvwxzbcdfghjk"
  | "obcdfghjklmnpqrstvwxzbcdfghjk"
  | "retired"
  | AbcdfghjklmnpqrstvwxzbcdfghjkCreate["status"];
export type AbcdfghjklmnpqrstvwxzbcdfghjkLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrstvwxzbcdfghjk?: boolean },
) => Promise<AbcdfghjklmnpqrstvwxzbcdfghjkCreate | undefined>;
