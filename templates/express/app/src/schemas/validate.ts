import type { z } from "zod";
import { ApiError, type DetailCode, type Problem } from "../utils/errors.js";

/**
 * The value as `schema` reads it; whatever it refuses is answered with 400.
 * `wrongType` is what a member of the wrong type is called.
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  wrongType: DetailCode = "type",
): z.output<S> {
  const error = (issue: z.core.$ZodRawIssue) => codeOf(issue, wrongType);
  const result = schema.safeParse(value, { error });
  if (result.success) return result.data;
  throw new ApiError("VALIDATION_FAILED", problemsOf(result.error));
}

/** The first problem of each path. */
function problemsOf(error: z.ZodError): Problem[] {
  const problems = new Map<string, DetailCode>();
  for (const issue of error.issues) {
    for (const path of pathsOf(issue)) {
      // Messages come from `codeOf` alone, or from a refinement of a schema.
      if (!problems.has(path)) problems.set(path, issue.message as DetailCode);
    }
  }
  return [...problems];
}

function pathsOf(issue: z.core.$ZodIssue): string[] {
  const paths =
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key])
      : [issue.path];
  return paths.map((path) => path.join("."));
}

function codeOf(issue: z.core.$ZodRawIssue, wrongType: DetailCode): DetailCode {
  switch (issue.code) {
    case "unrecognized_keys":
      return "unknown";
    case "too_small":
    case "too_big":
      return issue.origin === "number" ? "range" : "length";
    case "invalid_format":
      return "pattern";
    case "invalid_value":
      if (typeof issue.input === "string") return "choice";
  }
  return issue.input === undefined ? "required" : wrongType;
}
