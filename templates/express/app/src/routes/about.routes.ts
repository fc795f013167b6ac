⟦% if has_docs -%⟧
import { readFileSync } from "node:fs";
⟦% endif -%⟧
import { ⟦% if has_docs %⟧type RequestHandler, ⟦% endif %⟧Router } from "express";
⟦% if has_docs -%⟧
import { config } from "../config/config.js";
⟦% endif -%⟧
import { endpoint } from "../middleware/endpoint.js";
import { requireMetricsToken, showMetrics } from "../middleware/metrics.js";
import { noParameters } from "../schemas/list-query.js";
import { readQuery } from "../utils/request.js";

/** What the server tells about itself, to people and to other programs. */
export const router = Router({ caseSensitive: true, strict: true });

router
  .route("/metrics")
  .all(requireMetricsToken, endpoint("GET"))
  .get((req, _res, next) => {
    readQuery(noParameters, req);
    next();
  }, showMetrics);
⟦%- if has_docs %⟧

if (showsDocs()) {
  router.route("⟦= page_path ⟧").all(endpoint("GET")).get(file("docs/index.html", "html"));
  router.route("⟦= style_path ⟧").all(endpoint("GET")).get(file("docs/docs.css", "css"));
}

function showsDocs(): boolean {
  if (config.DOCS === "development") return config.APP_ENV !== "production";
  return config.DOCS === "always";
}

/** Sends a file that is read once. The page may load its own style, and nothing else. */
function file(path: string, type: string): RequestHandler {
  const content = readFileSync(new URL(`../../${path}`, import.meta.url));
  return (req, res) => {
    readQuery(noParameters, req);
    res.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    res.type(type).send(content);
  };
}
⟦%- endif %⟧
