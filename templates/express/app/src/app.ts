import express, { type Express } from "express";
import helmet from "helmet";
import { config } from "./config/config.js";
import { cors } from "./middleware/cors.js";
import { answerError, notFound } from "./middleware/errors.js";
import { measure } from "./middleware/metrics.js";
import { generalLimit } from "./middleware/rate-limit.js";
import { requestLog } from "./middleware/request-log.js";
import { rejectEscapedPaths, rejectLongTargets } from "./middleware/target.js";
import { router as about } from "./routes/about.routes.js";
import { router as api } from "./routes/index.js";
import { router as server } from "./routes/server.routes.js";

export function createApp(): Express {
  const app = express();
  app.set("trust proxy", config.TRUSTED_PROXY_HOPS);
  app.set("case sensitive routing", true);
  app.set("strict routing", true);
  app.set("etag", false);
  app.set("query parser", false);

  app.use(requestLog);
  if (config.METRICS_TOKEN !== undefined) app.use(measure);
  app.use(securityHeaders);
  app.use(cors);
  app.use(rejectLongTargets);
  app.use(generalLimit);
  app.use(rejectEscapedPaths);
  app.use(server);
  app.use(about);
  app.use("⟦= base ⟧", api);
  app.use(notFound);
  app.use(answerError);
  return app;
}

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
});
