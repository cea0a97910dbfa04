// The browser process is killed in the middle of edits, of the walk and of embedding; after reopening nothing that was acknowledged is missing.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { dropPaths, kill9 } from '../support/launch.ts';
import { finish, makeFolder, openFolder, openRecent, start } from './application.ts';

test.setTimeout(180_000);

test('edits that were acknowledged before the browser was killed are all there, and can be undone', async ({
  baseURL,
}) => {
  const folder = await makeFolder((path) => path.startsWith('train/'));
  const app = await start(baseURL ?? '');
  await openFolder(app.page, folder);

  const acknowledged = new Map<number, string>();
  app.page.on('console', (message) => {
    const edit = /^acknowledged (\d+) (\S+)$/.exec(message.text());
    if (edit?.[1] && edit[2]) acknowledged.set(Number(edit[1]), edit[2]);
  });
  // not awaited: it edits until the browser dies
  app.page
    .evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const ids = await dataset?.query().ids();
      for (let i = 0; dataset && ids; i++) {
        const id = ids[i % ids.length] ?? 0;
        const name = `class-${i % 7}`;
        await dataset.label([id], name);
        console.log(`acknowledged ${id} ${name}`);
      }
    })
    .catch(() => undefined); // the page is gone
  await expect.poll(() => acknowledged.size).toBeGreaterThan(25);
  await kill9(app.context, app.profile);

  const again = await start(baseURL ?? '', app.profile);
  try {
    await openRecent(again.page);
    const labels = await again.page.evaluate(
      async (ids) => {
        const dataset = window.vitrine.dataset;
        const names = new Map(dataset?.classes.map((c) => [c.id, c.name]));
        const found: [number, string | undefined][] = [];
        for (const id of ids) found.push([id, names.get((await dataset?.sample(id))?.labels[0] ?? -1)]);
        return found;
      },
      [...acknowledged.keys()],
    );
    // the edit that was on its way when the browser died may or may not be there: it was the next one of the loop
    const missing = labels.filter(([id, name]) => name !== acknowledged.get(id));
    expect(missing.length).toBeLessThanOrEqual(1);
    for (const [, name] of missing) expect(name).toMatch(/^class-\d$/);
    expect(await again.page.evaluate(async () => (await window.vitrine.dataset?.undo())?.text)).toBeTruthy();
  } finally {
    await finish(again);
  }
});

/** Excludes pictures one edit after another; returns how many edits the journal holds. */
async function excludeSome(page: Page, from: number, to: number): Promise<number> {
  return page.evaluate(
    async ({ from, to }) => {
      const dataset = window.vitrine.dataset;
      const ids = (await dataset?.query().ids()) ?? [];
      let last = 0;
      for (const id of ids.slice(from, to)) last = (await dataset?.exclude([id], true))?.id ?? last;
      return last;
    },
    { from, to },
  );
}

test('half a record that a crash left at the end of the browser’s log costs nothing at any later start', async ({
  baseURL,
}) => {
  const folder = await makeFolder((path) => path.startsWith('validation/'));
  let app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    let edits = await excludeSome(app.page, 0, 10);
    for (const round of [1, 2, 3]) {
      await kill9(app.context, app.profile);
      const databases = join(app.profile, 'Default', 'IndexedDB');
      const folder = readdirSync(databases).find((name) => name.endsWith('.leveldb'));
      test.skip(!folder, 'this browser keeps its databases otherwise than in LevelDB');
      const [log] = readdirSync(join(databases, folder ?? ''))
        .filter((name) => name.endsWith('.log'))
        .sort()
        .reverse();
      const path = join(databases, folder ?? '', log ?? '');
      // what a kill between two writes leaves; the torn record is the padding or an edit that nobody was told of yet
      if (round === 1) truncateSync(path, statSync(path).size - 5);
      app = await start(baseURL ?? '', app.profile);
      await openRecent(app.page);
      const now = await excludeSome(app.page, 10 * round, 10 * round + 10);
      expect(now).toBeGreaterThanOrEqual(edits + 9); // the torn edit may be gone
      edits = now;
    }
  } finally {
    await finish(app);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('embedding goes on where it was when the browser was killed', async ({ baseURL }) => {
  const folder = await makeFolder();
  const app = await start(baseURL ?? '');
  await openFolder(app.page, folder);
  app.page.evaluate(() => window.vitrine.dataset?.embed()).catch(() => undefined); // the page is gone
  await app.page.waitForFunction(
    () => {
      const [embedding] = window.vitrine.dataset?.state.embeddings ?? [];
      return (embedding?.have ?? 0) > 0;
    },
    undefined,
    { timeout: 60_000 },
  );
  const before = await app.page.evaluate(() => window.vitrine.dataset?.state.embeddings[0]?.have ?? 0);
  await kill9(app.context, app.profile);

  const again = await start(baseURL ?? '', app.profile);
  try {
    await openRecent(again.page);
    const resumed = await again.page.evaluate(() => window.vitrine.dataset?.state.embeddings[0]);
    expect(resumed?.have).toBeGreaterThanOrEqual(before);
    const report = await again.page.evaluate(() => window.vitrine.dataset?.embed());
    expect(report?.embedded).toBe((resumed?.total ?? 0) - (resumed?.have ?? 0));
    const norms = await again.page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const rows = await dataset?.query().ids();
      const { ids, dim, data } = (await dataset?.embeddings(rows ?? [])) ?? { ids: [], dim: 0, data: [] };
      return Array.from(ids, (_, i) => Math.hypot(...data.slice(i * dim, (i + 1) * dim)));
    });
    expect(norms.length).toBe(resumed?.total);
    expect(Math.min(...norms)).toBeGreaterThan(1); // a row that was never written would be zero
  } finally {
    await finish(again);
  }
});

test('a walk that was cut off by a kill goes on after reopening and finds every file once', async ({ baseURL }) => {
  const [folders, files] = [30, 700];
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-many-'));
  for (let d = 0; d < folders; d++) {
    mkdirSync(join(folder, `class-${d}`));
    // names only: a walk opens nothing
    for (let f = 0; f < files; f++) writeFileSync(join(folder, `class-${d}`, `${f}.jpg`), '');
  }
  const app = await start(baseURL ?? '');
  await dropPaths(app.page, 'body', [folder]);
  await app.page.waitForFunction(() => (window.vitrine.dataset?.size ?? 0) > 1000, undefined, { polling: 50 });
  const before = await app.page.evaluate(() => window.vitrine.dataset?.state.scan);
  expect(before?.state).toBe('walking');
  await kill9(app.context, app.profile);

  const again = await start(baseURL ?? '', app.profile);
  try {
    await openRecent(again.page);
    await again.page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
    const { size, report } = await again.page.evaluate(() => ({
      size: window.vitrine.dataset?.size,
      report: window.vitrine.dataset?.state.scan.report,
    }));
    expect(size).toBe(folders * files);
    expect(report?.found).toBe((report?.shown ?? 0) + (report?.leftOut ?? 0));
  } finally {
    await finish(again);
    rmSync(folder, { recursive: true, force: true });
  }
});
