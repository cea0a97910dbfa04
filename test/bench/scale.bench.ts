// The built application on a folder of 1,331,166 real files: opening, the last picture at two pixel ratios, filters until they are painted, memory.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { planDataset } from '../../.scripts/dataset/plan.mjs';
import { makeDataset } from '../../.scripts/make-dataset.mjs';
import type { Query } from '../../src/catalog/types.ts';
import { dropPaths } from '../support/launch.ts';
import { median } from './bare/timing.ts';
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Scale';
export const long = true;

const rows = Number(process.env.SCALE_ROWS ?? 1_331_166);

export async function run(tools: BenchTools): Promise<Row[]> {
  const made = mkdtempSync(join(tmpdir(), 'vitrine-scale-'));
  const folder = join(made, 'pictures');
  makeDataset({ into: folder, rows, seed: 1, flat: false });
  tools.print(`${rows.toLocaleString('en')} files written`);
  try {
    return await withLoops(tools, 'scale', async ({ page, origin }) => {
      await page.bringToFront();
      await dropPaths(page, 'body', [folder]);
      await page.waitForFunction(() => window.fillScale !== undefined);
      const filled = await page.evaluate((count) => window.fillScale?.(count), rows);
      await page.goto('about:blank'); // the filling worker's memory is not the application's
      return [
        report('memory of a row in the catalog, with ten columns of metadata', `${filled?.row.toFixed(1)} bytes`),
        report('blocks in the store', `${((filled?.stored ?? 0) / 2 ** 20).toFixed(0)} MiB`),
        ...(await measure(page, tools, origin, folder)),
      ];
    });
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const report = (what: string, measured: string, note = ''): Row => ({ what, target: 'report', measured, note });

async function measure(page: Page, { context, print }: BenchTools, origin: string, folder: string): Promise<Row[]> {
  const result: Row[] = [];
  const say = (row: Row): void => {
    print(`${row.what}: ${row.measured}`);
    result.push(row);
  };
  page.setDefaultTimeout(60_000);
  await page.goto(origin);
  await page.waitForFunction(() => window.vitrine !== undefined);
  const before = await memory(page);
  // a grant from a drop ends with the page, so the folder is dropped again, which finds the known dataset
  const busy = await processorSeconds(context);
  const from = performance.now();
  await dropPaths(page, 'body', [folder]);
  await page.locator('[role=gridcell][aria-busy=false]').first().waitFor();
  const opened = (performance.now() - from) / 1000;
  const worked = (await processorSeconds(context)) - busy;
  say({
    what: `first rows of ${rows.toLocaleString('en')} on screen after opening, against 2 s`,
    target: '≤ 1',
    measured: `${opened.toFixed(2)} : 2 s`,
    ratio: opened / 2,
    note: `${worked.toFixed(1)} s of processor time in all processes of the browser; ten columns of metadata`,
  });
  for (const ratio of [1, 2]) say(await lastPicture(page, context, ratio));
  for (const row of await filters(page)) say(row);
  const after = await memory(page);
  say(report('memory of the page, empty and after all this', `${before.window} : ${after.window} MB`, 'window only'));
  say(report('memory of its workers, empty and after all this', `${before.workers} : ${after.workers} MB`));
  say(
    report(
      'largest renderer process, resident',
      `${await largestRenderer(context)} MB`,
      'page, its workers and bitmaps together',
    ),
  );
  return result;
}

/** Goes to the end by keyboard and by dragging the scrollbar, and looks for the picture that is the last by the plan. */
async function lastPicture(page: Page, context: BrowserContext, ratio: number): Promise<Row> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', {
    width: 1280,
    height: 800,
    deviceScaleFactor: ratio,
    mobile: false,
  });
  const last = [...planDataset({ rows, seed: 1 })].filter(({ directory }) => directory.startsWith('val/')).at(-1);
  const wanted = last?.names.at(-1) ?? '';
  const grid = page.getByRole('grid');
  const found = (): Promise<boolean> =>
    page.evaluate(async (file) => {
      const cells = [...document.querySelectorAll<HTMLElement>('[role=gridcell]')];
      const at = Math.max(...cells.map((cell) => Number(cell.dataset.position)));
      const view = window.vitrine.dataset?.query();
      const [row] = (await view?.rows(at, at + 1)) ?? [];
      await view?.close();
      const box = cells.find((cell) => Number(cell.dataset.position) === at)?.getBoundingClientRect();
      return row?.path.endsWith(file) === true && box !== undefined && box.bottom <= innerHeight + 1;
    }, wanted);
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Escape');
  const from = performance.now();
  await page.keyboard.press('End');
  await until(found);
  const seconds = (performance.now() - from) / 1000;
  await page.keyboard.press('Home');
  await page.waitForFunction(() => document.querySelector('[role=gridcell][data-position="0"]'));
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight; // what dragging the scrollbar to its end does
  });
  await until(found);
  const height = await grid.evaluate((element) => element.scrollHeight);
  await page.keyboard.press('Home');
  await devtools.detach();
  return report(
    `the last picture at device pixel ratio ${ratio}: by End and by the scrollbar`,
    `${seconds.toFixed(2)} s`,
    `the scrolled element is ${height.toLocaleString('en')} px high`,
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('The last picture did not come on screen within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Time until the count of a query is answered, and until the page has painted it. */
async function filters(page: Page): Promise<Row[]> {
  const asked: [string, (i: number) => Query][] = [
    ['category', (i) => ({ filter: { field: 'camera', is: `camera ${i}` } })],
    ['range', (i) => ({ filter: { field: 'confidence', between: [0.3 + i / 100, 0.6] } })],
    ['text in the name', (i) => ({ filter: { field: 'name', contains: `0${i}5` } })],
    ['text of metadata', (i) => ({ filter: { field: 'note', contains: `by ${i + 20}` } })],
    [
      'missing',
      (i) => ({
        filter: { and: [{ field: 'iso', missing: true }, { not: { field: 'weather', is: `weather ${i}` } }] },
      }),
    ],
    ['sort by number', (i) => ({ sort: [{ field: i % 2 ? 'exposure' : 'latitude' }] })],
    ['sort by text', (i) => ({ sort: [{ field: 'name', descending: i % 2 === 1 }] })],
  ];
  const rowsOfTable: Row[] = [];
  for (const [what, query] of asked) {
    const times: number[] = [];
    for (let i = 0; i < 7; i++)
      times.push(
        await page.evaluate(async (question) => {
          const from = performance.now();
          const view = window.vitrine.dataset?.query(question);
          await view?.rows(0, 200);
          const took = performance.now() - from;
          await view?.close();
          return took;
        }, query(i)),
      );
    const sorted = times.toSorted((a, b) => a - b);
    rowsOfTable.push(
      report(
        `a new question by ${what}: until its first 200 rows are in the page`,
        `${median(times).toFixed(0)} ms`,
        `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms, 7 runs`,
      ),
    );
  }
  return rowsOfTable;
}

async function memory(page: Page): Promise<{ window: string; workers: string }> {
  const { own, workers } = await page.evaluate(async () => {
    const { breakdown } = await performance.measureUserAgentSpecificMemory();
    const isOwn = (part: (typeof breakdown)[number]): boolean =>
      part.attribution.every(({ scope }) => scope === 'Window');
    const sum = (parts: typeof breakdown): number => parts.reduce((bytes, part) => bytes + part.bytes, 0) / 1e6;
    return { own: sum(breakdown.filter(isOwn)), workers: sum(breakdown.filter((part) => !isOwn(part))) };
  });
  return { window: own.toFixed(1), workers: workers.toFixed(0) };
}

/** Processor time that the browser's processes have used, in seconds. */
async function processorSeconds(context: BrowserContext): Promise<number> {
  const devtools = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {};
  await devtools?.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** Resident memory of the browser's largest renderer, in MB. Linux only. */
async function largestRenderer(context: BrowserContext): Promise<number> {
  const devtools = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {};
  const sizes = processInfo.map(({ type, id }) => {
    if (type !== 'renderer') return 0;
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1000;
  });
  return Math.round(Math.max(0, ...sizes));
}
