import type { RequestHandler } from "express";
import { maxBodyBytes } from "../config/limits.js";
import { ApiError } from "../utils/errors.js";
import { allowPreflight } from "./cors.js";

type Method = "GET" | "PATCH" | "POST" | "PUT" | "DELETE";

/**
 * Goes before everything else of a path: answers `OPTIONS` and the methods that
 * the path does not have, and refuses bodies that are announced as too long.
 */
export function endpoint(...methods: Method[]): RequestHandler {
  const withHead = methods.includes("GET") ? ["GET", "HEAD"] : [];
  const allowed = new Set<string>([...withHead, "OPTIONS", ...methods]);
  const allow = [...allowed].join(", ");
  return (req, res, next) => {
    res.locals.route = req.baseUrl + req.route.path;
    if (!allowed.has(req.method)) {
      res.set("Allow", allow);
      throw new ApiError("METHOD_NOT_ALLOWED");
    }
    if (req.method === "OPTIONS") {
      allowPreflight(res, allow);
      res.set("Allow", allow).status(204).end();
      return;
    }
    if (Number(req.get("Content-Length")) > maxBodyBytes) {
      throw new ApiError("PAYLOAD_TOO_LARGE");
    }
    next();
  };
}
