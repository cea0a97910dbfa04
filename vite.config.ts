// Build, development server and unit-test settings in one place.
import { playwright } from '@vitest/browser-playwright';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

/** Cross-origin isolation: without it there are no WASM threads. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  base: './', // works under any path of a static host
  plugins: [solid()],
  worker: { format: 'es' }, // the default, iife, cannot hold code splitting or top-level await
  optimizeDeps: { exclude: ['onnxruntime-web'] }, // pre-bundling breaks import.meta.url of the wasm glue
  build: { target: 'esnext', assetsInlineLimit: 0 },
  server: { headers },
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
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(process.env['CHROMIUM_PATH'] ? { executablePath: process.env['CHROMIUM_PATH'] } : {}),
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
