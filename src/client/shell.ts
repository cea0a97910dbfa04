// The shell around the page: service worker, offline state, updates, and what the browser lacks.
import { createSignal } from 'solid-js';
import { missingFeatures } from '../source/pick.ts';
import type { Shell } from './types.ts';

/** Messages of the service worker (src/sw.ts). */
export type ShellMessage = { type: 'offline-ready' } | { type: 'offline-progress'; done: number; total: number };

const reloadGuardKey = 'vitrine-isolation-reload';
const reloadGuardMs = 5000;

/**
 * Registers the service worker and mirrors its state. On a host without isolation headers the worker adds them, which takes one reload on the first visit.
 * `busy` says whether a job runs: an update never interrupts one.
 */
export function createShell(busy: () => boolean): Shell {
  const [offlineReady, setOfflineReady] = createSignal(false);
  const [updateReady, setUpdateReady] = createSignal(false);
  let registration: ServiceWorkerRegistration | undefined;
  let switching = false;

  async function register(): Promise<void> {
    registration = await navigator.serviceWorker.register('./sw.js');
    const watch = (worker: ServiceWorker | null): void => {
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && navigator.serviceWorker.controller) setUpdateReady(true);
      });
    };
    if (registration.waiting && navigator.serviceWorker.controller) setUpdateReady(true);
    watch(registration.installing);
    registration.addEventListener('updatefound', () => watch(registration?.installing ?? null));
    navigator.serviceWorker.addEventListener('message', (event: MessageEvent<ShellMessage>) => {
      if (event.data.type === 'offline-ready') setOfflineReady(true);
    });
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (switching) location.reload();
    });
    const active = (await navigator.serviceWorker.ready).active;
    await isolate();
    // filling the cache waits until the first screen has been painted and the page is idle
    requestIdleCallback(() => active?.postMessage({ type: 'fill-cache' }), { timeout: 3000 });
  }

  /** Reloads once when the page is not isolated although the service worker could make it so. */
  async function isolate(): Promise<void> {
    if (crossOriginIsolated) return;
    if (!navigator.serviceWorker.controller)
      // after Shift+Reload no controllerchange ever comes: do not wait for ever
      await Promise.race([
        new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })),
        new Promise((done) => setTimeout(done, 1000)),
      ]);
    // a time, not a flag: session storage of the page before isolation can come back stale
    if (Date.now() - Number(sessionStorage.getItem(reloadGuardKey) ?? 0) < reloadGuardMs) return;
    sessionStorage.setItem(reloadGuardKey, String(Date.now()));
    location.reload();
  }

  if (import.meta.env.PROD && 'serviceWorker' in navigator)
    register().catch((error: unknown) => console.warn('Vitrine will not work offline:', error));

  return {
    offlineReady,
    updateReady,
    missing: missingFeatures(),
    update() {
      if (busy() || !registration?.waiting) return;
      switching = true;
      registration.waiting.postMessage({ type: 'skip-waiting' });
    },
  };
}
