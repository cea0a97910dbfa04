// The page itself: when its first screen is there and what it weighs, frames while scrolling, memory with 1,331,166 rows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from '@playwright/test';
import { root } from '../../.scripts/install.mjs';
import { scrollFrames } from './bare/scroll.ts';
import { median } from './bare/timing.ts';
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Page';

declare global {
  interface Performance {
    /** Chromium, in isolated pages; not in TypeScript's library. */
    measureUserAgentSpecificMemory(): Promise<{
      breakdown: { bytes: number; types: string[]; attribution: { scope: string }[] }[];
    }>;
  }
}

export async function run({ page, context, origin, print }: BenchTools): Promise<Row[]> {
  const first = await firstScreen(page, context, origin);
  return withLoops({ context, print }, 'page', async ({ page: loops, origin: filled }) => {
    const frames = await scrolling(page, loops, origin);
    await loops.evaluate(() => window.fillStore());
    print('filled');
    return [...first, frames, await memory(page, filled, print)];
  });
}

async function firstScreen(page: Page, context: BrowserContext, origin: string): Promise<Row[]> {
  const devtools = await context.newCDPSession(page);
  const paints: number[] = [];
  let requests: string[] = [];
  context.on('request', (request) => {
    if (!request.serviceWorker()) requests.push(new URL(request.url()).pathname);
  });
  for (let round = 0; round < 5; round++) {
    await page.goto('about:blank');
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await devtools.send('Network.clearBrowserCache');
    requests = [];
    await page.goto(origin);
    await page.waitForFunction(() => window.vitrine !== undefined);
    const paint = await page.evaluate(
      () =>
        new Promise<number>((resolve) =>
          new PerformanceObserver((list, observer) => {
            const found = list.getEntriesByName('first-contentful-paint')[0];
            if (!found) return;
            observer.disconnect();
            resolve(found.startTime / 1000);
          }).observe({ type: 'paint', buffered: true }),
        ),
    );
    paints.push(paint);
  }
  await page.waitForLoadState('networkidle');
  const sizes = [...new Set(requests)].map(
    (path) => gzipSync(readFileSync(join(root, 'dist', path === '/' ? 'index.html' : path)), { level: 9 }).length,
  );
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  const time = median(paints);
  return [
    {
      what: 'first contentful paint of the first screen, nothing cached, server on this machine, against 1 s',
      target: '≤ 1',
      measured: `${time.toFixed(2)} : 1 s`,
      ratio: time,
      note: 'median of 5 first visits',
    },
    {
      what: 'what the first screen loads, gzip -9: page, styles, icons and the workers that start with it',
      target: 'report',
      measured: `${kilobytes.toFixed(0)} kB`,
      note: `${sizes.length} files; the service worker fetches the rest later`,
    },
  ];
}

/** Frames of the grid over the sample with all of its thumbnails drawn before. */
async function scrolling(page: Page, loops: Page, origin: string): Promise<Row> {
  await page.bringToFront();
  await page.goto(origin);
  await page.getByRole('button', { name: /sample/i }).click();
  await page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
  const scrollGrid = (seconds: number): Promise<number[]> =>
    page.evaluate(
      ([code, time]) => {
        const grid = document.querySelector('[role=grid]');
        const scroll = new Function(`return (${code})`)();
        return scroll(grid, time);
      },
      [scrollFrames.toString(), seconds] as const,
    );
  await scrollGrid(8); // draws every thumbnail once
  const grid = await scrollGrid(4);
  await loops.bringToFront();
  const nothing = await loops.evaluate(() => window.scrollNothing());
  const p95 = (frames: number[]): number => frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0;
  return {
    what: 'scrolling the grid, all thumbnails cached: 95th percentile of frame times, against an empty scroller',
    target: 'report',
    measured: `${p95(grid).toFixed(1)} : ${p95(nothing).toFixed(1)} ms`,
    ratio: p95(grid) / p95(nothing),
    note: `median ${median(grid).toFixed(1)} : ${median(nothing).toFixed(1)} ms; drawn by the CPU where there is no GPU`,
  };
}

/** The window's own memory, without workers, in MB. */
function windowMemory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { breakdown } = await performance.measureUserAgentSpecificMemory();
    const own = breakdown.filter(({ attribution }) => attribution.every(({ scope }) => scope === 'Window'));
    return own.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  });
}

async function memory(page: Page, origin: string, print: (line: string) => void): Promise<Row> {
  await page.bringToFront();
  await page.goto(origin);
  await page.waitForFunction(() => window.vitrine !== undefined);
  const empty = await windowMemory(page);
  print(`empty: ${empty.toFixed(1)} MB`);
  await page.evaluate(async () => {
    const [latest] = await window.vitrine.recent();
    if (latest) await window.vitrine.open(latest);
  });
  await page.locator('[role=gridcell]').first().waitFor();
  const [measured] = await Promise.all([
    windowMemory(page),
    // from one end to the other, a jump every other frame, as long as it takes the browser to answer
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const grid = document.querySelector('[role=grid]');
          let jump = 0;
          requestAnimationFrame(function next() {
            if (grid) grid.scrollTop = (((jump * 7919) % 1000) / 1000) * grid.scrollHeight;
            if (++jump < 600) requestAnimationFrame(next);
            else resolve();
          });
        }),
    ),
  ]);
  const after = await windowMemory(page);
  const most = Math.max(measured, after);
  const grown = most - empty;
  const rows = await page.evaluate(() => window.vitrine.dataset?.size ?? 0);
  return {
    what: `memory of the page while it scrolls over ${rows.toLocaleString('en')} rows, more than the empty application's, against 80 MB`,
    target: '≤ 1',
    measured: `${grown.toFixed(1)} : 80 MB`,
    ratio: Math.max(0, grown) / 80,
    note: `${empty.toFixed(1)} MB empty; without bitmaps; measureUserAgentSpecificMemory, the window's share`,
  };
}
