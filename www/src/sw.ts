// Keeps the page at hand without a connection. The page's build puts `PRECACHE` before this text.
declare const PRECACHE: { version: string; files: string[] };
declare const self: ServiceWorkerGlobalScope;

const NAME = `backsmith-${PRECACHE.version}`;

self.addEventListener("install", (event) => {
  // Not from the browser's own cache, which may hold files of another version.
  const requests = PRECACHE.files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("backsmith-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOwn = new URL(request.url).origin === self.location.origin;
  if (request.method === "GET" && isOwn) {
    event.respondWith(answer(request));
  }
});

/** From this version's files first: they belong together. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}
