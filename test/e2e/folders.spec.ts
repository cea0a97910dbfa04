// Folders as they are on real disks: links, leftovers, hidden, refused and broken names, empty folders, a folder that moved, a second tab.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { dropPaths } from '../support/launch.ts';
import { finish, makeFolder, openFolder, openRecent, start } from './application.ts';

test.setTimeout(120_000);

test('every file is accounted for: found is shown plus left out, each with its reason', async ({ baseURL }) => {
  const folder = await makeFolder((path) => path.startsWith('train/'));
  writeFileSync(join(folder, 'train', 'left.jpg.crswap'), 'half');
  writeFileSync(join(folder, '.hidden.jpg'), 'hidden');
  writeFileSync(join(folder, 'train', 'a:b.jpg'), 'a name that Chromium refuses');
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/train/`), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')]),
    'not UTF-8',
  );
  writeFileSync(join(folder, 'notes.docx'), 'no picture');
  symlinkSync(join(folder, 'notes.docx'), join(folder, 'train', 'link.jpg'));
  const app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    const { report, leftOut, size } = await app.page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      return { report: dataset?.state.scan.report, leftOut: await dataset?.leftOut(), size: dataset?.size };
    });
    expect(report?.found).toBe((report?.shown ?? 0) + (report?.leftOut ?? 0));
    expect(report?.shown).toBe(size);
    const reasons = new Map(leftOut?.map((file) => [file.path, file.reason]));
    expect(reasons.get('train/left.jpg.crswap')).toBe('swap');
    expect(reasons.get('.hidden.jpg')).toBe('hidden');
    expect(reasons.get('notes.docx')).toBe('not-an-image');
    expect([...reasons.values()]).toContain('name-not-utf8');
    // the browser enumerates neither links nor refused names: they cannot be counted, and the panel says so
    expect([...reasons.keys()].some((path) => path.includes('link.jpg') || path.includes('a:b'))).toBe(false);
  } finally {
    await finish(app);
    rmSync(folder, { recursive: true, force: true });
  }
});

for (const [what, fill, expected] of [
  ['an empty folder', () => undefined, /empty|no picture/i],
  ['a folder without pictures', (folder: string) => writeFileSync(join(folder, 'readme.txt'), 'text'), /no picture/i],
  ['a folder of links', (folder: string) => symlinkSync('/etc/hostname', join(folder, 'a.jpg')), /link/i],
] as const)
  test(`${what} gets a sentence that says what to do`, async ({ baseURL }) => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-odd-'));
    fill(folder);
    const app = await start(baseURL ?? '');
    try {
      await dropPaths(app.page, 'body', [folder]);
      await expect(app.page.getByText(expected).first()).toBeVisible();
    } finally {
      await finish(app);
    }
  });

test('a rescan finds added, removed and changed files and keeps the labels of the rest', async ({ baseURL }) => {
  const folder = await makeFolder((path) => path.startsWith('train/'));
  const app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    await app.page.waitForFunction(() => window.vitrine.dataset?.state.factsKnown === window.vitrine.dataset?.size);
    const rows = await app.page.evaluate(async () => (await window.vitrine.dataset?.query().rows(0, 4)) ?? []);
    const [kept, removed, changed] = rows;
    if (!kept || !removed || !changed) throw new Error('the folder has fewer than three pictures');
    await app.page.evaluate((id) => window.vitrine.dataset?.label([id], 'mine'), kept.id);
    unlinkSync(join(folder, removed.path));
    writeFileSync(join(folder, changed.path), 'now something else');
    mkdirSync(join(folder, 'train', 'new'));
    writeFileSync(join(folder, 'train', 'new', 'new.jpg'), 'new');
    const report = await app.page.evaluate(() => window.vitrine.dataset?.rescan());
    expect(report).toMatchObject({ added: 1, removed: 1, changed: 1 });
    const labels = await app.page.evaluate(async (id) => {
      const sample = await window.vitrine.dataset?.sample(id);
      return window.vitrine.dataset?.classes.filter((c) => sample?.labels.includes(c.id)).map((c) => c.name);
    }, kept.id);
    expect(labels).toEqual(['mine']);
  } finally {
    await finish(app);
  }
});

test('a folder that was moved away says so, and its labels are still there', async ({ baseURL }) => {
  const folder = await makeFolder((path) => path.startsWith('test/'));
  const app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    const size = await app.page.evaluate(() => window.vitrine.dataset?.size);
    renameSync(folder, `${folder}-moved`);
    await app.page.evaluate(() => window.vitrine.dataset?.close());
    await openRecent(app.page).catch(() => undefined); // a walk that cannot begin may reject: the page must say why
    await expect(app.page.getByText(/moved|renamed|no longer there/i).first()).toBeVisible();
    expect(await app.page.evaluate(() => window.vitrine.dataset?.size)).toBe(size);
  } finally {
    await finish(app);
  }
});

test('a second tab opens read-only, says so, and takes over when the first closes', async ({ baseURL }) => {
  const folder = await makeFolder((path) => path.startsWith('test/'));
  const app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    const second = await app.context.newPage();
    await second.goto(baseURL ?? '');
    await second.waitForFunction(() => window.vitrine !== undefined);
    await openRecent(second);
    expect(await second.evaluate(() => window.vitrine.dataset?.state.access)).toBe('reader');
    await expect(second.getByText(/another tab/i).first()).toBeVisible();
    const refused = await second.evaluate(async () => {
      const ids = await window.vitrine.dataset?.query().ids(0, 1);
      return window.vitrine.dataset?.label(ids ?? [], 'x').then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    });
    expect(refused).toBe('read-only');
    await app.page.close();
    await second.getByRole('button', { name: /take over/i }).click();
    await second.waitForFunction(() => window.vitrine.dataset?.state.access === 'owner');
  } finally {
    await finish(app);
  }
});

test('equal files are found from the menu, and shown side by side', async ({ baseURL }) => {
  const folder = await makeFolder();
  const app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    const before = await app.page.evaluate(() => window.vitrine.dataset?.duplicates());
    const first = await app.page.evaluate(
      async () => (await window.vitrine.dataset?.query({ filter: { field: 'split', is: 'train' } }).rows(0, 1))?.[0],
    );
    if (!before || !first) throw new Error('the sample has no picture in train');
    const leak = `${first.path.replace('train/', 'test/').replace(/[^/]*$/, '')}leak.jpg`;
    copyFileSync(join(folder, first.path), join(folder, leak));
    await app.page.evaluate(() => window.vitrine.dataset?.rescan());

    await app.page.getByRole('button', { name: basename(folder) }).click();
    await app.page.getByRole('menuitem', { name: 'Find equal files…' }).click();
    await app.page.getByRole('button', { name: 'Show', exact: true }).click();
    const after = await app.page.evaluate(() => window.vitrine.dataset?.duplicates());
    expect(after).toMatchObject({ total: before.total + 1, acrossSplits: before.acrossSplits + 1, unreadable: 0 });
    expect(after?.groups.find(({ paths }) => paths.includes(leak))?.paths).toContain(first.path);
    const shown = app.page.getByRole('gridcell');
    await expect(shown).toHaveCount(after?.files ?? 0);
  } finally {
    await finish(app);
    rmSync(folder, { recursive: true, force: true });
  }
});
