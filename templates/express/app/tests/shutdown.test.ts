import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";

// The port is read on import, so everything is imported afresh.
vi.stubEnv("PORT", String(await freePort()));
vi.resetModules();
const { config } = await import("../src/config/config.js");
const { logger } = await import("../src/config/logger.js");
logger.level = "silent";

/** Starting takes a while on a busy machine. */
const patience = { timeout: 10_000 };

test("what has begun is finished before the server ends", async () => {
  const info = vi.spyOn(logger, "info");
  await import("../src/server.js");
  await vi.waitFor(() => expect(info).toHaveBeenLastCalledWith(expect.anything(), "listening"), patience);
  const socket = connect(config.PORT, "127.0.0.1");
  socket.write(
    [
      "POST ⟦= path ⟧ HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "Content-Length: 2",
      "Expect: 100-continue",
      "\r\n",
    ].join("\r\n"),
  );
  await once(socket, "data");
  process.emit("SIGTERM", "SIGTERM");
  socket.write("[]GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const answers = await text(socket);
  expect(answers).toMatch(/^HTTP\/1\.1 400 /);
  expect(answers).toContain("HTTP/1.1 503 ");
  await vi.waitFor(() => expect(info).toHaveBeenLastCalledWith("stopped"), patience);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
