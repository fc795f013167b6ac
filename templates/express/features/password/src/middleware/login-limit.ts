import { rateLimit } from "express-rate-limit";
import { config } from "../config/config.js";
import { ipv6Subnet, rateLimitOptions } from "./rate-limit.js";

const loginOptions = {
  ...rateLimitOptions,
  limit: config.RATE_LIMIT_LOGIN_MAX,
  windowMs: config.RATE_LIMIT_LOGIN_WINDOW * 1000,
};

/** Attempts to prove a password, from one address and for one account. */
export const loginLimits = [
  rateLimit({ ...loginOptions, ipv6Subnet, identifier: "login" }),
  rateLimit({
    ...loginOptions,
    // One policy is announced once; this half of it shows in Retry-After.
    standardHeaders: false,
    keyGenerator: (_req, { locals }) =>
      locals.credentials?.email ?? locals.caller?.email ?? "",
  }),
];
