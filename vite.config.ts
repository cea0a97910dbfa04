// Build, development server and unit-test settings in one place.
import { readFileSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

/** Cross-origin isolation: without it there are no WASM threads. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** The only hosts that the page may ever talk to: those of the gallery, for a download that a person asked for. */
function galleryHosts(): string[] {
  const gallery: { backbones: { origin: { hosts: string[] } }[] } = JSON.parse(
    readFileSync('models/gallery.json', 'utf8'),
  );
  return [...new Set(gallery.backbones.flatMap((card) => card.origin.hosts))].sort();
}

/** Content security policy of the built page: its own origin, and the gallery's hosts. */
function contentSecurityPolicy(): string {
  const hosts = galleryHosts().map((host) => `https://${host}`);
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'", // onnxruntime-web compiles WebAssembly
    "worker-src 'self' blob:", // its threads start from a blob
    "img-src 'self' blob: data:",
    "style-src 'self' 'unsafe-inline'", // positions of cells and bars are style attributes
    `connect-src 'self' blob: data: ${hosts.join(' ')}`.trim(), // geotiff fetches its decoder for Zstandard from a data URL
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Writes the policy into the page, and all headers into `headers.json` for servers that can send them. */
function securityHeaders(): Plugin {
  return {
    name: 'vitrine-security-headers',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy() },
        injectTo: 'head-prepend',
      },
    ],
    generateBundle() {
      const all = {
        ...headers,
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Content-Security-Policy': contentSecurityPolicy(),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      };
      this.emitFile({ type: 'asset', fileName: 'headers.json', source: `${JSON.stringify(all, null, 2)}\n` });
    },
  };
}

export default defineConfig({
  define: { __VITRINE_VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  base: './', // works under any path of a static host
  plugins: [
    solid(),
    securityHeaders(),
    VitePWA({
      strategies: 'injectManifest', // own source: caches and isolation headers need one fetch handler
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt', // a new version waits until the person agrees
      injectRegister: false, // client/shell.ts registers
      injectManifest: {
        globPatterns: ['**/*'],
        globIgnores: ['headers.json', 'sw.js'],
        // the service worker keeps large files out of the installation itself
        maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
      },
      manifest: {
        name: 'Vitrine',
        short_name: 'Vitrine',
        description: 'Look at a folder of images, train a classifier on it, fix its labels.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f7f7f9',
        theme_color: '#f7f7f9',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
        ],
      },
    }),
  ],
  worker: { format: 'es' }, // the default, iife, cannot hold code splitting or top-level await
  optimizeDeps: {
    exclude: ['onnxruntime-web'], // pre-bundling breaks import.meta.url of the wasm glue
    // imported by workers only, where they are found late, and then every page reloads
    include: [
      '@cornerstonejs/codec-charls/decodewasmjs',
      '@cornerstonejs/codec-openjpeg/decodewasmjs',
      '@cornerstonejs/codec-openjph/wasmjs',
      'dicom-parser',
      'geotiff',
    ],
  },
  build: { target: 'esnext', assetsInlineLimit: 0 },
  server: { headers, fs: { allow: ['.', '../shared'] } }, // tests read the shared corpora where they are present
  preview: { headers },
  test: {
    environment: 'node',
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/model-server.ts'], // downloads are tested against a server of our own
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
                args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
