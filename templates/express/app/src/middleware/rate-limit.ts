import { type Options, rateLimit } from "express-rate-limit";
import { config } from "../config/config.js";
import { ApiError } from "../utils/errors.js";

export const rateLimitOptions: Partial<Options> = {
  standardHeaders: "draft-8",
  legacyHeaders: false,
  handler: (_req, res, _next, { windowMs }) => {
    if (!res.get("Retry-After")) res.set("Retry-After", `${windowMs / 1000}`);
    throw new ApiError("RATE_LIMITED");
  },
  // Whom to believe about addresses is decided by TRUSTED_PROXY_HOPS alone.
  validate: { forwardedHeader: false, xForwardedForHeader: false },
};

/** Addresses of one IPv6 network count as one. */
export const ipv6Subnet = 64;

/** Requests of one address. */
export const generalLimit = rateLimit({
  ...rateLimitOptions,
  ipv6Subnet,
  identifier: "general",
  limit: config.RATE_LIMIT_MAX,
  windowMs: config.RATE_LIMIT_WINDOW * 1000,
});
