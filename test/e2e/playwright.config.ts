// End-to-end tests: the built application, served by its own server, in a real Chromium with a profile of its own.
import { defineConfig } from '@playwright/test';

/** Fixed, because storage belongs to an origin and some tests restart the browser. Not the port of `npm start`, which may run meanwhile. */
const port = 4199;

export default defineConfig({
  testDir: '.',
  outputDir: '../../.cache/e2e',
  workers: 1, // tests share one machine with the browser's own workers
  timeout: 60_000,
  forbidOnly: true,
  globalTimeout: 25 * 60_000, // a busy machine takes twice as long as an idle one
  reporter: [['list'], ['json', { outputFile: '../../.cache/e2e.json' }]],
  use: { baseURL: `http://localhost:${port}/` },
  webServer: {
    command: `node .scripts/start.mjs --no-build --no-open --port ${port}`,
    cwd: '../..',
    url: `http://localhost:${port}/`,
    reuseExistingServer: false, // it could serve another checkout
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2000 },
  },
});
