import type { Response } from "express";
⟦%- if roles %⟧
import type { Role } from "../config/roles.js";
⟦%- endif %⟧
import type { User } from "../models/user.model.js";
import { ApiError } from "./errors.js";

/** Who asks: a user, or nobody in particular. */
export type Caller = User | undefined;

/** The caller that `authenticate` found. */
export function callerOf(res: Response): Caller {
  return res.locals.caller;
}

/** The caller, where the operation is for users only. */
export function userOf(res: Response): User {
  const caller = callerOf(res);
  if (!caller) throw new ApiError("UNAUTHENTICATED");
  return caller;
}
⟦%- if roles %⟧

export function hasRole(caller: Caller, ...roles: Role[]): boolean {
  return roles.some((role) => caller?.role === role);
}
⟦%- endif %⟧
