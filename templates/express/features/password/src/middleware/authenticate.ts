import type { RequestHandler } from "express";
import { db } from "../db/client.js";
import * as users from "../repositories/auth-user.repository.js";
import { verifyAccessToken } from "../utils/access-token.js";
import type { Caller } from "../utils/caller.js";
import { ApiError } from "../utils/errors.js";

declare global {
  namespace Express {
    interface Locals {
      caller?: Caller;
    }
  }
}

/**
 * Finds out who calls. A token is not needed here, but one that is given must
 * be valid. Everything it stands for is read afresh, so that a change of role
 * counts at once.
 */
export const authenticate: RequestHandler = async (req, res, next) => {
  const header = req.get("Authorization");
  if (header !== undefined) {
    res.set("Cache-Control", "no-store");
    const caller = await userOfHeader(header);
    if (!caller) throw new ApiError("UNAUTHENTICATED");
    res.locals.caller = caller;
  }
  next();
};

async function userOfHeader(header: string): Promise<Caller> {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
  const account = token && (await verifyAccessToken(token));
  const user = account && (await users.find(db, account.id));
  if (!user || user.⟦= keys.name("disabled_at") ⟧ || user.epoch !== account.epoch) {
    return undefined;
  }
  return user;
}
