// Label files of 1,331,166 rows: reading, committing and writing CSV, metadata.jsonl and HDF5 against the bare libraries; a zip of 70,000 entries.
import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { withLoops } from './loops-page.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Imports and exports of systems: 1,331,166 rows';
export const long = true;

export function run({ context, print }: BenchTools): Promise<Row[]> {
  return withLoops({ context, print }, 'imports', async ({ page }) => {
    let peak = 0;
    let sampling: NodeJS.Timeout | undefined;
    const sample = async (): Promise<void> => {
      peak = Math.max(peak, await largestRenderer(context));
    };
    await page.exposeFunction('watchMemory', async (): Promise<void> => {
      peak = 0;
      await sample();
      sampling = setInterval(() => void sample(), 250);
    });
    await page.exposeFunction('peakMemory', async (): Promise<number> => {
      clearInterval(sampling);
      await sample();
      return peak;
    });
    try {
      return await page.evaluate(() => window.runBench((line) => console.log(line)));
    } finally {
      clearInterval(sampling);
    }
  });
}

/** Resident memory of the browser's largest renderer, in MB. Linux only. */
async function largestRenderer(context: BrowserContext): Promise<number> {
  const devtools = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {};
  await devtools?.detach();
  const sizes = processInfo.map(({ type, id }) => {
    if (type !== 'renderer') return 0;
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1000;
  });
  return Math.round(Math.max(0, ...sizes));
}
