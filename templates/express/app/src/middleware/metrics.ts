import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import {
  Counter,
  collectDefaultMetrics,
  Histogram,
  Registry,
} from "prom-client";
import { config } from "../config/config.js";
import { ApiError } from "../utils/errors.js";

const registry = new Registry();

collectDefaultMetrics({ register: registry });

const requests = new Counter({
  name: "http_requests_total",
  help: "Requests that were answered.",
  labelNames: ["method", "route", "status"],
  registers: [registry],
});

const duration = new Histogram({
  name: "http_request_duration_seconds",
  help: "How long answers took.",
  labelNames: ["method", "route"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

/** Counts each request, and measures how long its answer took. */
export const measure: RequestHandler = (req, res, next) => {
  const started = performance.now();
  res.once("close", () => {
    // Paths that lead nowhere count as one, since anybody can make them up.
    const { method } = req;
    const route = res.locals.route ?? "unknown";
    requests.inc({ method, route, status: res.statusCode });
    duration.observe({ method, route }, (performance.now() - started) / 1000);
  });
  next();
};

/** Lets those pass who have the token; for others there is nothing here. */
export const requireMetricsToken: RequestHandler = (req, _res, next) => {
  const wanted = config.METRICS_TOKEN;
  const given = req.get("Authorization") ?? "";
  if (wanted === undefined || !same(given, `Bearer ${wanted}`)) {
    throw new ApiError("NOT_FOUND");
  }
  next();
};

export const showMetrics: RequestHandler = async (_req, res) => {
  res.type(registry.contentType).send(await registry.metrics());
};

/** Takes as long whether the first character differs or the last. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
