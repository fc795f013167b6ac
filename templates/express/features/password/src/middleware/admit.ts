import type { RequestHandler } from "express";
⟦%- if roles %⟧
import type { Role } from "../config/roles.js";
import { hasRole, userOf } from "../utils/caller.js";
import { ApiError } from "../utils/errors.js";
⟦%- else %⟧
import { userOf } from "../utils/caller.js";
⟦%- endif %⟧

/** Lets every user pass. */
export const signedIn: RequestHandler = (_req, res, next) => {
  userOf(res);
  next();
};
⟦%- if roles %⟧

/** Lets users with one of the roles pass. */
export function withRole(...roles: Role[]): RequestHandler {
  return (_req, res, next) => {
    if (!hasRole(userOf(res), ...roles)) throw new ApiError("FORBIDDEN");
    next();
  };
}
⟦%- endif %⟧
