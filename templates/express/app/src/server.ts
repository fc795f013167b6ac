import { createServer } from "node:http";
import { createApp } from "./app.js";
import { config } from "./config/config.js";
import { logger } from "./config/logger.js";
import { closeDatabase } from "./db/client.js";
import { beginShutdown } from "./services/health.service.js";

const drainMilliseconds = 10_000;

const server = createServer(
  {
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
    // Room for the longest target beside a long token.
    maxHeaderSize: 32_768,
  },
  createApp(),
);

server.listen(config.PORT, config.HOST, () => {
  logger.info({ host: config.HOST, port: config.PORT }, "listening");
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => shutDown(signal));
}

/** Finishes what has begun, then ends; what takes too long is cut off. */
function shutDown(signal: string): void {
  logger.info({ signal }, "shutting down");
  beginShutdown();
  setInterval(() => server.closeIdleConnections(), 100).unref();
  setTimeout(() => server.closeAllConnections(), drainMilliseconds).unref();
  server.close(async () => {
    await closeDatabase();
    logger.info("stopped");
  });
}
