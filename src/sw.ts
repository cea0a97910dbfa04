// The service worker: the shell from a precache, large files from a second cache that fills when idle, isolation headers on everything.
/// <reference lib="webworker" />
export type {}; // makes this a module, so that `self` can be typed

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Injected at build: every file of the application with its revision (null where the name holds a hash). */
const files = self.__WB_MANIFEST;

const shellPrefix = 'vitrine-shell-';
const largeCache = 'vitrine-large-v1';

/** Files that are too large for the installation: one that fails must not fail the whole application. */
const isLarge = (url: string): boolean => /\.(wasm|onnx|zip|data|txt)$/.test(url);

/** Of the two onnxruntime builds only the one that this browser will load is kept. */
const unusedRuntime = 'Suspending' in WebAssembly ? '.asyncify' : '.jspi';
const isNeeded = (url: string): boolean => !url.includes(unusedRuntime);

const shell = files.filter((file) => !isLarge(file.url) && isNeeded(file.url));
const large = files.filter((file) => isLarge(file.url) && isNeeded(file.url));

/** A change of any shell file makes another name, so that an old page keeps its old files until it goes. */
const shellCache = shellPrefix + fingerprint(shell.map((file) => `${file.url} ${file.revision}`).join('\n'));

/** FNV-1a, 32 bits: only to tell versions apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** The key of a file in the caches: its URL, with the revision where the name does not change with the content. */
function keyOf(file: { url: string; revision: string | null }): string {
  const url = new URL(file.url, self.registration.scope);
  if (file.revision) url.searchParams.set('revision', file.revision);
  return url.href;
}

const keyByPath = new Map(files.map((file) => [new URL(file.url, self.registration.scope).pathname, keyOf(file)]));

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(shellCache);
      // 'reload' passes by the HTTP cache, so that a new version never keeps old bytes
      await Promise.all(
        shell.map(async (file) => {
          const answer = await fetch(new Request(new URL(file.url, self.registration.scope), { cache: 'reload' }));
          if (!answer.ok) throw new TypeError(`${file.url} answered ${answer.status}`);
          await cache.put(keyOf(file), answer);
        }),
      );
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith(shellPrefix) && name !== shellCache) await caches.delete(name);
      const kept = new Set(large.map(keyOf));
      const cache = await caches.open(largeCache);
      for (const request of await cache.keys()) if (!kept.has(request.url)) await cache.delete(request);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  const message = event.data as { type: 'skip-waiting' | 'fill-cache' };
  if (message.type === 'skip-waiting') void self.skipWaiting();
  if (message.type === 'fill-cache') event.waitUntil(fillLargeCache());
});

let filling: Promise<void> | undefined;

/** Fetches the large files that are not cached yet, one after the other, and tells every page when all are here. */
function fillLargeCache(): Promise<void> {
  filling ??= (async () => {
    const cache = await caches.open(largeCache);
    for (const file of large) {
      if (await cache.match(keyOf(file))) continue;
      const answer = await fetch(new URL(file.url, self.registration.scope));
      if (!answer.ok) throw new TypeError(`${file.url} answered ${answer.status}`);
      await cache.put(keyOf(file), answer);
    }
  })().finally(() => {
    filling = undefined; // a failed attempt is made again with the next page
  });
  return filling.then(async () => {
    for (const client of await self.clients.matchAll({ includeUncontrolled: true }))
      client.postMessage({ type: 'offline-ready' });
  });
}

/** The same response with the headers that make the page cross-origin isolated on any host. */
function isolated(answer: Response): Response {
  if (answer.status === 0) return answer; // opaque: its headers cannot be changed
  const headers = new Headers(answer.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

async function respond(request: Request): Promise<Response> {
  const path =
    request.mode === 'navigate'
      ? new URL('./index.html', self.registration.scope).pathname
      : new URL(request.url).pathname;
  const key = keyByPath.get(path);
  if (!key) return isolated(await fetch(request));
  const cache = await caches.open(isLarge(path) ? largeCache : shellCache);
  const hit = await cache.match(key);
  if (hit) return isolated(hit);
  const answer = await fetch(request);
  if (answer.ok && isLarge(path)) await cache.put(key, answer.clone());
  return isolated(answer);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // other origins are never touched: a download that a person asked for goes straight through
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return; // developer tools; fetch would throw
  event.respondWith(respond(request));
});
