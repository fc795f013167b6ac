// Serves a folder on a free port of this machine, as a static host would.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);

const TYPES = new Map([
  [".css", "text/css; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
  [".woff2", "font/woff2"],
]);

/**
 * Starts the server; `address` is its origin with a slash, `close` ends it. What can be compressed is sent compressed if
 * that is asked for, and is then compressed once.
 */
export async function serve(folder, { compressed = false } = {}) {
  const bodies = compressed ? new Map() : undefined;
  const server = createServer((request, response) => {
    answer(folder, bodies, request, response).catch(() => response.writeHead(404).end());
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

async function answer(folder, bodies, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = normalize(join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname));
  if (!path.startsWith(folder + sep)) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES.get(extname(path)) ?? "application/octet-stream";
  const isCompressed = bodies !== undefined && !type.startsWith("font/");
  const body = bodies?.get(path) ?? (await load(path, isCompressed));
  bodies?.set(path, body);
  const headers = { "content-type": type, "content-length": body.length };
  response
    .writeHead(200, isCompressed ? { ...headers, "content-encoding": "br" } : headers)
    .end(body);
}

async function load(path, isCompressed) {
  const content = await readFile(path);
  return isCompressed ? compress(content) : content;
}
