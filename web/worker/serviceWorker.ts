import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";
import { CacheFirst, NetworkOnly } from "workbox-strategies";

/** Filled in by the build: what the reports screen needs to start, and every other file that carries a hash. */
declare const startFiles: { url: string; revision: string | null }[];
declare const hashedFiles: string[];

const laterFiles = "later-files";
const patienceSeconds = 4;
const scope = globalThis as unknown as {
  skipWaiting(): Promise<void>;
  addEventListener(type: string, listen: (event: { data?: unknown; waitUntil(work: Promise<unknown>): void }) => void): void;
};

precacheAndRoute(startFiles);
cleanupOutdatedCaches();

// Screens come from the service as long as it answers, so that nobody stays on an old version; without it, from here.
registerRoute(
  ({ request, url }) => request.mode === "navigate" && /^\/[a-z-]*$/.test(url.pathname),
  new NetworkOnly({
    networkTimeoutSeconds: patienceSeconds,
    plugins: [{ handlerDidError: async () => (await matchPrecache("/index.html")) ?? Response.error() }],
  }),
);
registerRoute(({ url }) => url.pathname.startsWith("/assets/"), new CacheFirst({ cacheName: laterFiles }));

async function forgetOldFiles(): Promise<void> {
  const cache = await caches.open(laterFiles);
  for (const request of await cache.keys()) if (!hashedFiles.includes(new URL(request.url).pathname)) await cache.delete(request);
}

scope.addEventListener("activate", (event) => event.waitUntil(forgetOldFiles()));
scope.addEventListener("message", (event) => {
  if (event.data === "take over") void scope.skipWaiting();
});
