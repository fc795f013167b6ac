import type { RequestHandler } from "express";
import { maxTargetBytes } from "../config/limits.js";
import { ApiError } from "../utils/errors.js";

export const rejectLongTargets: RequestHandler = (req, _res, next) => {
  if (req.originalUrl.length > maxTargetBytes) {
    throw new ApiError("URI_TOO_LONG");
  }
  next();
};

/** No path of the API needs an escape, so one that has any leads nowhere. */
export const rejectEscapedPaths: RequestHandler = (req, _res, next) => {
  if (req.path.includes("%")) throw new ApiError("NOT_FOUND");
  next();
};
