import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import { logger } from "../config/logger.js";

declare global {
  namespace Express {
    interface Locals {
      /** The pattern of the path; the path itself may hold anything. */
      route?: string;
      /** What went wrong, where it was the server's fault. */
      failure?: unknown;
    }
  }
}

const acceptableId = /^[\w.-]{1,64}$/;

/** Gives each request an id, and writes one line when it has been answered. */
export const requestLog: RequestHandler = (req, res, next) => {
  const started = performance.now();
  const id = requestId(req.get("X-Request-Id"));
  res.set("X-Request-Id", id);
  res.once("close", () => {
    const level = res.statusCode >= 500 ? "error" : "info";
    logger[level]({
      requestId: id,
      method: req.method,
      route: res.locals.route,
      status: res.statusCode,
      ms: Math.round(performance.now() - started),
⟦%- for (name, value) in log_members %⟧
      ⟦= name ⟧: ⟦= value ⟧,
⟦%- endfor %⟧
      err: res.locals.failure,
    });
  });
  next();
};

/** An id from outside is kept if it can do no harm in a log. */
function requestId(given: string | undefined): string {
  return given !== undefined && acceptableId.test(given) ? given : randomUUID();
}
