import { z } from "zod";

export const fbcdfghjklmnpqrstvwxzbcdfPattern = /[0-9]{13}/u;

export const ebcdfghjklmnpqrstvwxzbcdfCreate = z.strictObject({
  fbcdfghjklmnpqrstvwxzbcdf: z
    .string()
    .min(1, "wording wording wording wording wording wording wording")
    .max(120)
    .regex(fbcdfghjklmnpqrstvwxzbcdfPattern)
    .optional(),
  obcdfghjklmnpqrstvwxzbcdf: z.number().int().min(0).max(100).default(0),
  status: z
    .enum(["fbcdfghjklmnpqrstvwxzbcdf", "obcdfghjklmnpqrstvwxzbcdf"])
    .default("obcdfghjklmnpqrstvwxzbcdf"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfghjklmnpqrstvwxzbcdfPatch = ebcdfghjklmnpqrstvwxzbcdfCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    message: "wording wording wording wording wording wording wording",
  });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfghjklmnpqrstvwxzbcdfCreate = z.infer<
  typeof ebcdfghjklmnpqrstvwxzbcdfCreate
>;
export type AbcdfghjklmnpqrstvwxzbcdfStatus =
  | "fbcdfghjklmnpqrstvwxzbcdf"
  | "obcdfghjklmnpqrstvwxzbcdf"
  | "retired"
  | AbcdfghjklmnpqrstvwxzbcdfCreate["status"];
export type AbcdfghjklmnpqrstvwxzbcdfLoader = (
  id: string,
  options?: { readonly fbcdfghjklmnpqrstvwxzbcdf?: boolean },
) => Promise<AbcdfghjklmnpqrstvwxzbcdfCreate | undefined>;
