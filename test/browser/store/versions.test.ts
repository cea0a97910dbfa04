// What every released version of the store wrote is still opened: one fixture for each, made by the version itself and never again.
import { deleteDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { FORMAT_VERSION, openStore } from '../../../src/store/schema.ts';
import { makeFolder, writeVectors } from '../jobs/folder.ts';
import { openAndWalk, openSession, TEST_DATABASE, type TestSession, until } from '../jobs/open.ts';
import { dumpStore, restoreDump } from './dump.ts';

const FILES = ['train/cat/1.jpg', 'train/cat/2.jpg', 'train/dog/1.jpg', 'val/cat/3.jpg', 'val/dog/2.jpg', '.left-out'];
const fixtures = import.meta.glob<string>('../../fixtures/store-*.json', { query: '?raw', import: 'default' });
/** Object stores of each version by their keys. */
const KEY_PATHS: Record<string, Record<string, string | string[]>> = {
  '1': {
    datasets: 'id',
    blocks: ['dataset', 'column', 'block'],
    journal: ['dataset', 'seq'],
    meta: ['dataset', 'name'],
    leftOut: ['dataset', 'walk', 'chunk'],
    walked: ['dataset', 'chunk'],
    pictures: ['dataset', 'shelf', 'id'],
    embeddings: ['dataset', 'key'],
    presence: ['dataset', 'key', 'block'],
  },
};

let session: TestSession | undefined;
afterEach(async () => {
  await session?.close();
  session = undefined;
  await deleteDB(TEST_DATABASE);
});

const fileOf = (version: number | string): string => `../../fixtures/store-${version}.json`;

/** Labels by path as a person sees them. */
async function labels(of: TestSession): Promise<[path: string, label: string][]> {
  const names = new Map(of.state().classes.map(({ id, name }) => [id, name]));
  return [...(await of.rows())].map(([path, row]) => [path, row.labels.map((id) => names.get(id)).join()]);
}

// like a snapshot: a version that has no fixture yet writes its own, which is then committed and not made again
test.runIf(!(fileOf(FORMAT_VERSION) in fixtures))('the present version writes its fixture', async () => {
  const store = await openStore(TEST_DATABASE);
  session = await openAndWalk(store, await makeFolder('versions', FILES));
  const { edits, embeddings } = session;
  const row = (path: string): Uint32Array => Uint32Array.of([...paths.keys()].indexOf(path));
  const paths = new Map([...(await session.rows()).values()].sort((a, b) => a.id - b.id).map(({ path }) => [path, 0]));
  await edits.edit({ kind: 'label', rows: row('train/cat/1.jpg'), set: ['dog'] });
  await edits.edit({ kind: 'add-class', name: 'owl' });
  await edits.edit({ kind: 'label-change', rows: row('val/dog/2.jpg'), add: ['owl'], negative: ['cat'] });
  await edits.edit({ kind: 'exclude', rows: row('train/dog/1.jpg'), value: true });
  await edits.edit({ kind: 'rename-class', from: 'dog', to: 'hound' });
  await edits.undo();
  await embeddings.plan({ key: 'k', backbone: 'b', title: 'B', dim: 4 });
  await embeddings.commit({ key: 'k', ids: Uint32Array.of(0, 2), facts: [] });
  await session.checkpoints.write('strict');
  await edits.edit({ kind: 'label', rows: row('train/cat/2.jpg'), set: null }); // only in the journal
  const text = await dumpStore(store);
  await session.close();
  store.close();
  await commands.writeFile(`test/fixtures/store-${FORMAT_VERSION}.json`, text);
});

test.each(Object.keys(fixtures))('%s opens: rows, edits after the last checkpoint, undo and redo', async (file) => {
  const version = /store-(\d+)/.exec(file)?.[1] ?? '';
  const folder = await makeFolder('versions', FILES);
  await restoreDump(TEST_DATABASE, (await fixtures[file]?.()) ?? '', KEY_PATHS[version] ?? {});
  const store = await openStore(TEST_DATABASE);
  const [record] = await store.getAll('datasets');
  if (!record) throw new Error('the fixture holds no dataset');
  await store.put('datasets', { ...record, handle: folder }); // handles are not in the file
  await writeVectors(record.id, 'k', new Float16Array(3 * 4).fill(1));
  session = await openSession(store, folder);
  expect(session.state().id).toBe(record.id);
  await session.housekept();
  expect(session.state().damage).toBeUndefined();
  expect(session.state()).toMatchObject({ journal: 7, embeddings: [{ have: 2 }] });
  expect(await labels(session)).toEqual([
    ['train/cat/1.jpg', 'dog'],
    ['train/cat/2.jpg', ''],
    ['train/dog/1.jpg', 'dog'],
    ['val/cat/3.jpg', 'cat'],
    ['val/dog/2.jpg', 'dog,owl'],
  ]);
  expect((await session.rows()).get('train/dog/1.jpg')).toMatchObject({ excluded: true, split: 'train' });
  await until(() => session?.state().scan.state === 'done');
  expect(session.state().scan.report).toMatchObject({ shown: 5, leftOut: 1, added: 0, removed: 0 });

  await session.edits.undo();
  expect((await labels(session))[1]).toEqual(['train/cat/2.jpg', 'cat']);
  await session.edits.redo();
  expect((await labels(session))[1]).toEqual(['train/cat/2.jpg', '']);
  await session.close();
  store.close();
});
