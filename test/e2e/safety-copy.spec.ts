// The browser's database is gone or unreadable after a kill: the start screen says so, and opening the folder brings every edit back.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { kill9 } from '../support/launch.ts';
import { durabilityRounds } from '../support/rounds/rounds.ts';
import { finish, makeFolder, openFolder, start } from './application.ts';

test.setTimeout(120_000);

/** What happens to the browser's databases on disk between two starts. */
const LOSSES: [what: string, harm: (databases: string) => void][] = [
  ['is gone', (databases) => rmSync(databases, { recursive: true })],
  [
    'cannot be read, so that the browser deletes it',
    (databases) => {
      for (const folder of readdirSync(databases).filter((name) => name.endsWith('.leveldb')))
        for (const name of readdirSync(join(databases, folder)).filter((file) => /^(MANIFEST-|CURRENT)/.test(file)))
          writeFileSync(join(databases, folder, name), 'power was lost here');
    },
  ],
];

for (const [what, harm] of LOSSES)
  test(`a database that ${what} costs no edit`, async ({ baseURL }) => {
    const folder = await makeFolder((path) => path.startsWith('validation/'));
    const name = folder.split('/').at(-1) ?? '';
    const app = await start(baseURL ?? '');
    await openFolder(app.page, folder);
    const labelled = await app.page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const ids = [...((await dataset?.query().ids()) ?? [])].slice(0, 20);
      for (const [i, id] of ids.entries()) await dataset?.label([id], `mine-${i % 3}`);
      await dataset?.exclude(ids.slice(0, 5), true);
      return ids.map((id, i) => [id, `mine-${i % 3}`, i < 5] as const);
    });
    await app.page.waitForTimeout(200); // the copy follows within milliseconds; this is no limit but a pause
    await kill9(app.context, app.profile);
    harm(join(app.profile, 'Default', 'IndexedDB'));

    const again = await start(baseURL ?? '', app.profile);
    try {
      await expect(again.page.getByText('The browser lost its database.')).toContainText(
        `21 edits of “${name}” were restored from Vitrine’s safety copy. Choose its folder again.`,
      );
      await openFolder(again.page, folder);
      const found = await again.page.evaluate(async (expected) => {
        const dataset = window.vitrine.dataset;
        const names = new Map(dataset?.classes.map((known) => [known.id, known.name]));
        const rows: [number, string | undefined, boolean | undefined][] = [];
        for (const [id] of expected) {
          const sample = await dataset?.sample(id);
          rows.push([id, names.get(sample?.labels[0] ?? -1), sample?.excluded]);
        }
        return rows;
      }, labelled);
      expect(found).toEqual(labelled);
      const undone = await again.page.evaluate(async () => (await window.vitrine.dataset?.undo())?.text);
      expect(undone).toMatch(/^Undone: 5 /);
      await again.page.evaluate(() => window.vitrine.dataset?.close());
      await expect(again.page.getByText('The browser lost its database.')).toBeHidden();
    } finally {
      await finish(again);
      rmSync(folder, { recursive: true, force: true });
    }
  });

test('whenever the browser is killed, and its databases are gone as well, everything comes back', async ({
  baseURL,
}) => {
  const result = await durabilityRounds({
    origin: baseURL ?? '',
    rounds: 3,
    seed: 2,
    pictures: 60,
    lose: true,
    print: () => undefined,
  });
  expect(result.wrong).toEqual([]);
  expect(result.acknowledged).toBeGreaterThan(10); // or nothing was tried
});
