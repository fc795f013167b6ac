import { readFileSync } from "node:fs";
import { Router } from "express";
import * as controller from "../controllers/health.controller.js";
import { endpoint } from "../middleware/endpoint.js";

const document = readFileSync(new URL("../../openapi.json", import.meta.url));

/** What stands beside the API at the root. */
export const router = Router({ caseSensitive: true, strict: true });

router.route("/health/live").all(endpoint("GET")).get(controller.live);

router.route("/health/ready").all(endpoint("GET")).get(controller.ready);

router
  .route("/openapi.json")
  .all(endpoint("GET"))
  .get((_req, res) => {
    res.type("json").send(document);
  });
