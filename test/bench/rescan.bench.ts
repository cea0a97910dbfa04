// Listing a known folder again and finding what changed in it, against a bare walk and a bare loop that opens every file.
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropPaths } from '../support/launch.ts';
import { median } from './bare/timing.ts';
import { withLoops } from './loops-page.ts';
import { fileName, folderName, makeFolder } from './pictures-folder.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Rescan: 20,000 known files, 1,000 added, removed and changed each';

const folders = 20;
const filesEach = 1_000;
const total = folders * filesEach;
const rounds = 3;
const touched = 1_000;

export async function run({ page, context, print }: BenchTools): Promise<Row[]> {
  const folder = await makeFolder(folders, filesEach);
  try {
    return await withLoops({ context, print }, 'walk', async ({ page: loops }) => {
      await dropPaths(loops, 'body', [folder]);
      await loops.waitForFunction(() => window.walkBare && window.readBare);
      await page.bringToFront();
      await page.waitForFunction(() => window.vitrine !== undefined);
      await dropPaths(page, 'body', [folder]);
      await page.waitForFunction((files) => window.vitrine.dataset?.state.factsKnown === files, total, {
        timeout: 300_000,
      });
      const times: Record<'list' | 'check' | 'bareList' | 'bareCheck', number[]> = {
        list: [],
        check: [],
        bareList: [],
        bareCheck: [],
      };
      for (let round = 0; round < rounds; round++) {
        change(folder, round);
        // facts and headers of new files are read behind a walk: they would be measured, too
        await page.waitForFunction(() => window.vitrine.jobs().every(({ state }) => state !== 'running'), null, {
          timeout: 300_000,
        });
        await loops.bringToFront();
        times.bareList.push((await loops.evaluate(() => window.walkBare?.()))?.seconds ?? Number.NaN);
        times.bareCheck.push((await loops.evaluate(() => window.readBare?.())) ?? Number.NaN);
        await page.bringToFront();
        const { list, check, report } = await rescan(page);
        if (report.added !== touched || report.removed !== touched || report.changed !== touched)
          throw new Error(`the rescan found ${JSON.stringify(report)}`);
        times.list.push(list);
        times.check.push(check);
        print(
          `round ${round + 1}: list ${list.toFixed(2)} : ${times.bareList.at(-1)?.toFixed(2)} s, check ${check.toFixed(2)} : ${times.bareCheck.at(-1)?.toFixed(2)} s`,
        );
      }
      const row = (what: string, ours: number[], bare: number[], note: string): Row => ({
        what,
        target: '≥ 0.9',
        measured: `${median(ours).toFixed(2)} : ${median(bare).toFixed(2)} s`,
        ratio: median(bare.map((seconds, i) => seconds / (ours[i] ?? Number.NaN))),
        note,
      });
      return [
        row(
          'list all names again and compare them with the rows, against `for await (entries())` in a worker',
          times.list,
          times.bareList,
          `${Math.round(total / median(times.list)).toLocaleString('en')} files/s; comparing takes 2 µs a name, so what else it waits for is still to be found`,
        ),
        row(
          'find the changed files by size and date, against getFileHandle and getFile of every name, 32 at a time',
          times.check,
          times.bareCheck,
          `${Math.round(total / median(times.check)).toLocaleString('en')} files/s; the dataset stays usable`,
        ),
      ];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Removes, adds and changes so many files; another part of every folder in each round. */
function change(root: string, round: number): void {
  for (let i = 0; i < touched; i++) {
    const folder = join(root, folderName(i % folders));
    const at = Math.floor(i / folders) + round * 100;
    rmSync(join(folder, fileName(at + 1)));
    linkSync(join(folder, fileName(0)), join(folder, `new-${round}-${i}.jpg`));
    // another file in its place: writing into it would change all that are linked to it
    const other = join(folder, fileName(at + 51));
    rmSync(other);
    writeFileSync(other, `changed ${round} ${i}`);
  }
}

/** Seconds of both parts of a rescan. */
async function rescan(
  page: Page,
): Promise<{ list: number; check: number; report: { added: number; removed: number; changed: number } }> {
  return await page.evaluate(async () => {
    const { dataset } = window.vitrine;
    if (!dataset) throw new Error('no dataset is open');
    const from = performance.now();
    let listed = 0;
    const look = setInterval(() => {
      const checking = window.vitrine.jobs().some(({ error }) => error?.message === 'Looking for changed files');
      if (checking && listed === 0) listed = performance.now();
    }, 10);
    const { added, removed, changed } = await dataset.rescan();
    clearInterval(look);
    const end = performance.now();
    return { list: (listed - from) / 1000, check: (end - listed) / 1000, report: { added, removed, changed } };
  });
}
