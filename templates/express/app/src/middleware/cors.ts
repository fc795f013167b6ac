import type { RequestHandler, Response } from "express";
import { config } from "../config/config.js";

const allowedOrigins = new Set(config.CORS_ORIGINS);

/** Lets pages of the configured origins read the answers, errors included. */
export const cors: RequestHandler = (req, res, next) => {
  res.vary("Origin");
  const origin = req.get("Origin");
  if (origin !== undefined && allowedOrigins.has(origin)) {
    res.set({
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Expose-Headers":
        "Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
    });
  }
  next();
};

/** Tells a browser that asks first what a page of its origin may send. */
export function allowPreflight(res: Response, methods: string): void {
  if (!res.get("Access-Control-Allow-Origin")) return;
  res.set({
    "Access-Control-Allow-Methods": methods,
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Request-Id",
    "Access-Control-Max-Age": "600",
  });
}
