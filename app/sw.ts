/// <reference lib="webworker" />
import { CacheFirst, NetworkFirst, type PrecacheEntry, Serwist } from "serwist";

declare const self: ServiceWorkerGlobalScope & {
  /** The files of this build, filled in when it is built. */
  readonly __SW_MANIFEST: readonly (PrecacheEntry | string)[];
};

const pagesCache = "nacre-pages";
const programCache = "nacre-program";
const routesCache = "nacre-routes";

/** How long a slow network may take before the kept page is shown, in s. */
const patience = 4;

/** Pages that show their owner more than others: they are not kept where the next reader may look. */
const ownersPages = /^\/(account|runs|corrections\/review|models\/[^/]+\/confused)(\/|$)|^\/models\/[^/]+$/;

/**
 * Turbopack gives a worker its configuration in the fragment of its address, and a response from a cache
 * carries the address without it. A response made here carries none, so the browser keeps the worker's own.
 * Registered before Serwist, which would answer from its cache.
 */
self.addEventListener("fetch", (event) => {
  if (event.request.destination !== "worker") return;
  event.stopImmediatePropagation();
  event.respondWith(
    (async () => {
      const found = (await caches.match(event.request)) ?? (await fetch(event.request));
      return new Response(found.body, { status: found.status, headers: found.headers });
    })(),
  );
});

const serwist = new Serwist({
  precacheEntries: [...self.__SW_MANIFEST],
  // A new version waits until the reader agrees, who is told of it by app/service-worker.tsx.
  skipWaiting: false,
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ sameOrigin, url }) => sameOrigin && url.pathname.startsWith("/_next/static/"),
      handler: new CacheFirst({ cacheName: programCache }),
    },
    {
      matcher: ({ request, url }) => request.mode === "navigate" && !ownersPages.test(url.pathname),
      handler: new NetworkFirst({
        cacheName: pagesCache,
        networkTimeoutSeconds: patience,
        // In any language a page is better than none …
        matchOptions: { ignoreVary: true },
        plugins: [
          {
            // … and so it is with other switches behind its address.
            cachedResponseWillBeUsed: async ({ cacheName, cachedResponse, request }) =>
              cachedResponse ?? caches.match(request, { cacheName, ignoreSearch: true, ignoreVary: true }),
          },
        ],
      }),
    },
    {
      // What the router fetches of a page when a link is followed.
      matcher: ({ sameOrigin, request, url }) =>
        sameOrigin && request.headers.get("RSC") === "1" && !ownersPages.test(url.pathname),
      handler: new NetworkFirst({ cacheName: routesCache, networkTimeoutSeconds: patience }),
    },
  ],
});

serwist.addEventListeners();

self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      // What the version before kept along the way is its own: its pages name program files that are gone.
      await Promise.all([pagesCache, programCache, routesCache].map((name) => caches.delete(name)));
      // The page that installs the worker was loaded without it: fetch it and its neighbours once more, to keep them.
      await keepPages();
    })(),
  ),
);

async function keepPages(): Promise<void> {
  const tasks: readonly { readonly task: string }[] = await fetch("/models").then((answer) => answer.json());
  const cache = await caches.open(pagesCache);
  const addresses = ["/", "/privacy", "/corrections", ...tasks.map(({ task }) => `/${task}`)];
  await Promise.allSettled(addresses.map((address) => cache.add(address)));
}
