// The details job of a session: headers become fields, once, also after a reload; a file that changed is read again.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRow } from '../../../src/catalog/rows.ts';
import { sampleOf } from '../../../src/catalog/sample.ts';
import type { Store } from '../../../src/store/schema.ts';
import { openStore } from '../../../src/store/schema.ts';
import { makeFolder, writeFile } from './folder.ts';
import { openAndWalk, openSession, TEST_DATABASE, until } from './open.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(() => store.close());

const graymap = (width: number, maxval: number): string => `P2 ${width} 1 ${maxval} ${'7 '.repeat(width)}`;
const details = (session: { events: { type: string }[] }): unknown[] =>
  session.events.filter((event) => 'job' in event && (event.job as { kind: string }).kind === 'details');

test('reads what headers tell, keeps it over a reload, and reads a file that changed again', async () => {
  const folder = await makeFolder('details', {
    'a.pgm': graymap(3, 255),
    'b.pgm': graymap(5, 65_535),
    'c.png': 'no png',
  });
  const first = await openAndWalk(store, folder);
  await until(() => first.state().fields.some(({ name }) => name === 'bits'));
  const facts = async (session: typeof first) =>
    Object.fromEntries(
      [...(await session.rows())].map(([path, { fields }]) => [path, [fields.format, fields.width, fields.bits]]),
    );
  const expected = { 'a.pgm': ['pnm', 3, 8], 'b.pgm': ['pnm', 5, 16], 'c.png': [undefined, undefined, undefined] };
  expect(await facts(first)).toEqual(expected);
  const view = await first.views.open({ filter: { field: 'bits', between: [9, null] } });
  expect(view.count).toBe(1);
  const dataset = first.core.record.id;
  await first.close();

  await writeFile(folder, 'a.pgm', graymap(9, 4_095));
  const second = await openSession(store, { dataset });
  // before anything is read anew
  expect(sampleOf(second.core.table, findRow(second.core.table, 'b.pgm')).fields.bits).toBe(16);
  await second.walking.run('rescan');
  await until(() => sampleOf(second.core.table, findRow(second.core.table, 'a.pgm')).fields.bits === 12);
  expect((await facts(second))['a.pgm']).toEqual(['pnm', 9, 12]);
  // one file was read, not three
  await until(() => details(second).some((event) => (event as { job: { state: string } }).job.state === 'done'));
  expect(details(second).at(-1)).toMatchObject({ job: { done: 1 } });
  await second.close();
});

test('waits while it is paused, and goes on', async () => {
  const names = Array.from({ length: 600 }, (_, i) => [`${i}.pgm`, graymap(1 + (i % 7), 255)] as const);
  const folder = await makeFolder('details-paused', Object.fromEntries(names));
  let paused = false;
  const session = await openSession(store, folder, (event, own) => {
    if (event.type !== 'job' || event.job.kind !== 'details' || paused) return;
    paused = true;
    own.details.pause(true);
  });
  const known = () => Number(session.core.table.columns.get('bits')?.data.has(590) ?? false);
  await until(() => details(session).some((event) => (event as { job: { state: string } }).job.state === 'paused'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(known()).toBe(0);
  session.details.pause(false);
  await until(() => known() === 1);
  await session.close();
});
