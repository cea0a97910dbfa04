// Imports into an open dataset: detected, planned, committed as one edit, taken back, kept through a reload, repeated after a rescan.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder, writeFile } from './folder.ts';
import { openAndWalk, openSession, TEST_DATABASE, type TestSession, until } from './open.ts';

let store: Store;
let session: TestSession | undefined;
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(async () => {
  await session?.close();
  session = undefined;
  store.close();
  await deleteDB(TEST_DATABASE);
});

const CSV = 'image_path,label\n1.jpg,cat\n2.jpg,"dog,cat"\n3.jpg,dog\ngone.jpg,dog\n';
const JSONL = [
  '{"file_name": "1.jpg", "caption": "a cat", "objects": {"bbox": [[1.0, 2, 3, 4]], "categories": [0]}, "weather": "rain", "n": 3}',
  '{"file_name": "2.jpg", "caption": "two", "weather": null, "n": 10}',
  'no json',
].join('\n');
const FILES = { '1.jpg': '1', '2.jpg': '2', '3.jpg': '3', 'train.csv': CSV, 'metadata.jsonl': `${JSONL}\n` };

async function planned(of: TestSession, format: string) {
  const found = (await of.imports.detect([])).find((one) => one.format === format);
  if (!found) throw new Error(`${format} was not found`);
  return of.imports.plan(found.format, found.options);
}

/** Names of labels by path. */
async function labels(of: TestSession): Promise<Record<string, string[]>> {
  const names = new Map(of.state().classes.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    [...(await of.rows())].map(([path, row]) => [path, row.labels.map((id) => names.get(id) ?? '?').sort()]),
  );
}

test('a CSV beside the pictures becomes labels in one edit, and everything left out has its line', async () => {
  session = await openAndWalk(store, await makeFolder('import-csv', FILES));
  const plan = await planned(session, 'lightly-train');
  expect(plan).toMatchObject({
    found: 4,
    imported: 3,
    leftOut: 1,
    pictures: 3,
    labelled: 3,
    untouched: 0,
    multiLabel: true,
  });
  expect(plan.classes.map(({ name, pictures, isNew }) => [name, pictures, isNew]).sort()).toEqual([
    ['cat', 2, true],
    ['dog', 2, true],
  ]);
  expect(plan.issues.first).toContainEqual(
    expect.objectContaining({ kind: 'left-out', file: 'train.csv', line: 5, path: 'gone.jpg' }),
  );
  expect(await session.imports.issues().text()).toContain('train.csv,5');
  expect(await labels(session)).toEqual({ '1.jpg': [], '2.jpg': [], '3.jpg': [] }); // nothing before the commit

  const edit = await session.imports.commit('files');
  expect(edit).toMatchObject({ id: 1, rows: 3, text: expect.stringContaining('LightlyTrain') });
  expect(await labels(session)).toEqual({ '1.jpg': ['cat'], '2.jpg': ['cat', 'dog'], '3.jpg': ['dog'] });
  expect(session.state()).toMatchObject({ multiLabel: true, imported: 'lightly-train', layoutAccepted: true });

  await session.edits.undo();
  expect(await labels(session)).toEqual({ '1.jpg': [], '2.jpg': [], '3.jpg': [] });
  await session.edits.redo();
  expect((await labels(session))['2.jpg']).toEqual(['cat', 'dog']);
});

test('metadata becomes fields that filter, survive a reload, and go with an undo', async () => {
  session = await openAndWalk(store, await makeFolder('import-jsonl', FILES));
  const plan = await planned(session, 'imagefolder');
  expect(plan).toMatchObject({ found: 3, imported: 2, leftOut: 1, pictures: 2, untouched: 1 });
  expect(plan.issues.first).toContainEqual(
    expect.objectContaining({ kind: 'left-out', file: 'metadata.jsonl', line: 3 }),
  );
  await session.imports.commit('files');
  const before = (await session.rows()).get('1.jpg')?.fields;
  expect(before).toMatchObject({
    caption: 'a cat',
    weather: 'rain',
    n: 3,
    objects: { bbox: [[1, 2, 3, 4]], categories: [0] },
  });
  const { view } = await session.views.open({ filter: { field: 'n', between: [5, null] } });
  expect(session.views.ids(view, 0, 10).length).toBe(1);
  session.views.close(view);

  const { id } = session.state();
  await session.close();
  session = await openSession(store, { dataset: id });
  expect((await session.rows()).get('1.jpg')?.fields).toEqual(before);
  expect(session.state().imported).toBe('imagefolder');
  await session.edits.undo();
  expect(session.state().fields.map(({ name }) => name)).not.toContain('caption');
});

test('labels that are here can be kept against the files', async () => {
  session = await openAndWalk(store, await makeFolder('import-conflict', FILES));
  const id = (await session.rows()).get('1.jpg')?.id ?? -1;
  await session.edits.edit({ kind: 'label', rows: Uint32Array.of(id), set: ['fox'] });
  const plan = await planned(session, 'lightly-train');
  expect(plan.conflicts).toEqual({ total: 1, first: [{ path: '1.jpg', present: ['fox'], imported: ['cat'] }] });
  await session.imports.commit('present');
  expect(await labels(session)).toEqual({ '1.jpg': ['fox'], '2.jpg': ['cat', 'dog'], '3.jpg': ['dog'] });
});

test('after a rescan the import is repeated: new lines count, a person’s own labels stay', async () => {
  const folder = await makeFolder('import-repeat', FILES);
  session = await openAndWalk(store, folder);
  await planned(session, 'lightly-train');
  await session.imports.commit('files');
  const id = (await session.rows()).get('1.jpg')?.id ?? -1;
  await session.edits.edit({ kind: 'label', rows: Uint32Array.of(id), set: ['fox'] });

  await writeFile(folder, '4.jpg', '4');
  await writeFile(folder, 'train.csv', `${CSV.replace('3.jpg,dog', '3.jpg,cat')}4.jpg,dog\n`);
  await session.walking.run('rescan');
  await until(async () => (await labels(session as TestSession))['4.jpg']?.length === 1);
  expect(await labels(session)).toEqual({
    '1.jpg': ['fox'],
    '2.jpg': ['cat', 'dog'],
    '3.jpg': ['cat'],
    '4.jpg': ['dog'],
  });
});

test('a class that was renamed after an import does not come back by its repetition', async () => {
  const folder = await makeFolder('import-rename', FILES);
  session = await openAndWalk(store, folder);
  await planned(session, 'lightly-train');
  await session.imports.commit('files');
  await session.edits.edit({ kind: 'rename-class', from: 'cat', to: 'kitten' });
  await writeFile(folder, '4.jpg', '4');
  await writeFile(folder, 'train.csv', `${CSV}4.jpg,dog\n`);
  await session.walking.run('rescan');
  await until(async () => (await labels(session as TestSession))['4.jpg']?.length === 1);
  expect((await labels(session))['1.jpg']).toEqual(['kitten']);
  expect(
    session
      .state()
      .classes.map(({ name }) => name)
      .sort(),
  ).toEqual(['dog', 'kitten']);
});

test('an import that was taken back is not repeated, not even after a reload', async () => {
  const folder = await makeFolder('import-undone', FILES);
  session = await openAndWalk(store, folder);
  await planned(session, 'lightly-train');
  await session.imports.commit('files');
  await session.edits.undo();
  expect(session.state()).toMatchObject({ multiLabel: false });
  expect(session.state().imported).toBeUndefined();
  const { id } = session.state();
  await session.close();
  session = await openSession(store, { dataset: id });
  await writeFile(folder, '4.jpg', '4');
  await session.walking.run('rescan');
  expect(await session.imports.repeat()).toBeNull();
  expect(await labels(session)).toEqual({ '1.jpg': [], '2.jpg': [], '3.jpg': [], '4.jpg': [] });
  await session.edits.redo();
  expect(session.state().imported).toBe('lightly-train');
});

test('a file from elsewhere is kept, so that its import can be repeated', async () => {
  const folder = await makeFolder('import-elsewhere', ['1.jpg', '2.jpg']);
  session = await openAndWalk(store, folder);
  const file = new File(['image_path,label\n1.jpg,cat\n2.jpg,dog\n3.jpg,dog\n'], 'train.csv');
  const [found] = await session.imports.detect([{ path: 'train.csv', file }]);
  if (!found) throw new Error('nothing was found');
  await session.imports.plan(found.format, found.options);
  await session.imports.commit('files');
  expect(await labels(session)).toEqual({ '1.jpg': ['cat'], '2.jpg': ['dog'] });
  await writeFile(folder, '3.jpg', '3');
  await session.walking.run('rescan');
  await until(async () => (await labels(session as TestSession))['3.jpg']?.length === 1);
});
