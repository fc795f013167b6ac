// Serves a folder on a free port of this machine, as a static host would.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
  [".woff2", "font/woff2"],
]);

/** Starts the server; `address` is its origin with a slash, `close` ends it. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      const closed = new Promise((resolve) => server.close(resolve));
      // A browser keeps its connections, and would be waited for.
      server.closeAllConnections();
      return closed;
    },
  };
}

async function answer(folder, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = normalize(join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname));
  if (!path.startsWith(folder + sep)) {
    response.writeHead(404).end();
    return;
  }
  const body = await readFile(path);
  const type = TYPES.get(extname(path)) ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "content-length": body.length }).end(body);
}
