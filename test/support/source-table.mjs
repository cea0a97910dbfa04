// The law of src/: which folder may import which, which folders are pure, and what pure forbids. docs/architecture.md tells why.

/**
 * What each folder (or file) of src may import beside itself: `folder` or `folder/file.ts`, `type:folder` for `import type` only,
 * `url:folder` for `new URL('…', import.meta.url)`, which starts a worker and imports nothing.
 *
 * @type {Record<string, string[]>}
 */
export const table = {
  shared: [],
  catalog: ['shared'],
  onnx: ['shared'],
  learn: ['shared', 'type:onnx'],
  store: ['shared', 'type:catalog'],
  source: ['shared', 'type:catalog'],
  pixels: ['shared', 'type:catalog'],
  formats: ['shared', 'catalog', 'type:source', 'type:pixels'],
  backbone: ['shared', 'pixels', 'onnx'],
  jobs: ['shared', 'catalog', 'onnx', 'learn', 'store', 'source', 'pixels', 'formats', 'backbone'],
  workers: ['shared', 'catalog', 'onnx', 'learn', 'store', 'source', 'pixels', 'formats', 'backbone', 'jobs'],
  client: [
    'shared',
    'source/pick.ts',
    // the two ends of one typed connection: calls.ts is types, rpc.ts and pool.ts are the page's end
    'workers/rpc.ts',
    'workers/pool.ts',
    'type:workers/calls.ts',
    ...['catalog', 'onnx', 'learn', 'store', 'source', 'pixels', 'formats', 'backbone', 'jobs'].map(
      (name) => `type:${name}`,
    ),
  ],
  // the session speaks in these folders' types, and so do the components that show them
  app: [
    'client',
    'shared',
    ...['catalog', 'learn', 'pixels', 'formats', 'backbone', 'jobs'].map((name) => `type:${name}`),
  ],
  'main.tsx': ['app', 'client', 'url:workers'],
  'sw.ts': [],
};

/** Folders that run in Node without a browser, with the packages that they may use. @type {Record<string, string[]>} */
export const pure = {
  shared: [],
  catalog: [],
  onnx: [],
  learn: [],
  formats: ['papaparse', 'h5wasm', 'hyparquet', 'hyparquet-writer', 'zstddec', 'yaml'],
};

/** The framework stays where people see it. */
export const interfacePackages = /^(solid-js|@kobalte|lucide-solid)(\/|$)/;
export const interfaceFolders = ['app', 'client', 'main.tsx'];

/** What pure code may not name: the page, the network, the disk, the process. */
export const impure = new Set(
  (
    'document window navigator location history self globalThis process console indexedDB localStorage sessionStorage caches fetch ' +
    'XMLHttpRequest WebSocket Worker postMessage createImageBitmap OffscreenCanvas Image requestAnimationFrame requestIdleCallback'
  ).split(' '),
);

/** Every export of these has a docstring: they are what others read first. */
export const documented = /^(client\/api\.ts|formats\/.*|pixels\/.*)$/;

/** A file that is longer has parts with names of their own. */
export const maximumLines = 400;
