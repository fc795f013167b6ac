import { z } from "zod";

export const fbcdfPattern = /[0-9]{13}/u;

export const ebcdfCreate = z.strictObject({
  fbcdf: z
    .string()
    .min(1, "wording wording")
    .max(120)
    .regex(fbcdfPattern)
    .optional(),
  obcdf: z.number().int().min(0).max(100).default(0),
  status: z.enum(["fbcdf", "obcdf"]).default("obcdf"),
  tags: z.array(z.string().max(30)).max(20).default([]),
});
export const ebcdfPatch = ebcdfCreate
  .partial()
  .refine((body) => Object.keys(body).length > 0, {
    message: "wording wording",
  });
const limits = [
  1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181,
  6765, 10946, 17711,
];
export type AbcdfCreate = z.infer<typeof ebcdfCreate>;
export type AbcdfStatus = "fbcdf" | "obcdf" | "retired" | AbcdfCreate["status"];
export type AbcdfLoader = (
  id: string,
  options?: { readonly fbcdf?: boolean },
) => Promise<AbcdfCreate | undefined>;
