// Decodes a picture where its decoder runs: Vitrine's own in Node, those of the browser in a page of a real one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import type { ViteDevServer } from 'vite';
import { decode } from '../../../src/pixels/decode.ts';
import { entryOf } from '../../../src/pixels/formats.ts';
import { isNative } from '../../../src/pixels/header/read.ts';
import type { Pixels, PixelView } from '../../../src/pixels/types.ts';
import { findBrowser } from '../../support/browser.mjs';

interface OpenPage {
  page: Page;
  context: BrowserContext;
  server: ViteDevServer;
  profile: string;
}

let opening: Promise<OpenPage> | undefined;

/** The picture or why it cannot be decoded; 'no browser' where only a browser could tell. */
export async function decodeAnywhere(
  bytes: Uint8Array<ArrayBuffer>,
  view: PixelView,
): Promise<Pixels | { error: string } | 'no browser'> {
  const { format, reason } = entryOf(bytes);
  if (reason !== undefined || !isNative(format)) {
    try {
      return await decode(new Blob([bytes]), view);
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }
  if (findBrowser() === undefined) return 'no browser';
  opening ??= openPage();
  const { page } = await opening;
  const base64 = Buffer.from(bytes).toString('base64');
  // As text: the page resolves the module, not the runner of this file.
  const answer: { error: string } | { width: number; height: number; data: string; facts: Pixels['facts'] } =
    await page.evaluate(`(async () => {
      const { decode } = await import('/src/pixels/decode.ts');
      const bytes = Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));
      try {
        const { width, height, data, facts } = await decode(new Blob([bytes]), ${JSON.stringify(view)});
        return { width, height, facts, data: btoa(String.fromCharCode(...data)) };
      } catch (error) {
        return { error: String(error.message) };
      }
    })()`);
  if ('error' in answer) return answer;
  return { ...answer, data: new Uint8ClampedArray(Buffer.from(answer.data, 'base64')) };
}

/** Ends the browser and the server, when they were started. */
export async function closePage(): Promise<void> {
  if (!opening) return;
  const { context, server, profile } = await opening;
  opening = undefined;
  await context.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}

async function openPage(): Promise<OpenPage> {
  const { createServer } = await import('vite');
  const { launch } = await import('../../support/launch.ts');
  const server = await createServer({
    configFile: false,
    root: join(import.meta.dirname, '..', '..', '..'),
    logLevel: 'error',
    appType: 'custom',
    server: { host: '127.0.0.1', port: 0, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!(address instanceof Object)) throw new Error('The server of modules has no address.');
  const profile = mkdtempSync(join(tmpdir(), 'vitrine-conformance-'));
  const context = await launch({ profile });
  const page = await context.newPage();
  const origin = `http://127.0.0.1:${address.port}`;
  await page.route(`${origin}/blank`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(`${origin}/blank`);
  return { page, context, server, profile };
}
