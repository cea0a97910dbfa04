// A dataset from opening to reopening: walk, filter, edit, undo, and everything still there in a new session.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recentDatasets } from '../../../src/store/registry.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder, removeFile, writeFile } from './folder.ts';
import { openAndWalk, openSession, TEST_DATABASE, type TestSession, until } from './open.ts';

const FILES = [
  ...['cat', 'dog'].flatMap((name) => [1, 2, 10].map((n) => `train/${name}/${n}.jpg`)),
  'test/cat/a.png',
  'test/dog/b.png',
  'readme.txt',
  '.hidden.jpg',
];

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

const ids = async (of: TestSession, ...paths: string[]): Promise<Uint32Array> => {
  const rows = await of.rows();
  return Uint32Array.from(paths, (path) => rows.get(path)?.id ?? -1);
};
const label = (rows: Uint32Array, name: string | null) => ({ kind: 'label', rows, set: name ? [name] : null }) as const;

describe('the first walk', () => {
  test('shows every picture with the label and split of its folder; found = shown + left out', async () => {
    session = await openAndWalk(store, await makeFolder('first', FILES));
    const state = session.state();
    expect(state).toMatchObject({
      size: 8,
      access: 'owner',
      permission: 'granted',
      labelled: 8,
      layoutAccepted: false,
    });
    expect(state.scan).toMatchObject({ state: 'done', report: { found: 10, shown: 8, leftOut: 2, added: 8 } });
    expect(state.classes.map(({ name, count }) => [name, count])).toEqual([
      ['cat', 4],
      ['dog', 4],
    ]);
    expect(state.splits).toEqual(expect.arrayContaining(['train', 'test']));
    const list = session.walking.leftOut();
    expect(list.summary().byReason).toEqual({ hidden: 1, metadata: 1 });
    const items = await list.read(store, state.id, 0, 10);
    expect(items.map((item) => item.path).sort()).toEqual(['.hidden.jpg', 'readme.txt']);
  });

  test('orders rows by folder and natural name', async () => {
    session = await openAndWalk(store, await makeFolder('order', FILES));
    expect([...(await session.rows()).keys()]).toEqual([
      'test/cat/a.png',
      'test/dog/b.png',
      'train/cat/1.jpg',
      'train/cat/2.jpg',
      'train/cat/10.jpg',
      'train/dog/1.jpg',
      'train/dog/2.jpg',
      'train/dog/10.jpg',
    ]);
  });

  test('of a folder without pictures says what it found and leaves nothing to come back to', async () => {
    session = await openSession(store, await makeFolder('empty', ['a.txt']));
    await session.walking.ended().catch(() => undefined);
    expect(session.state().scan).toMatchObject({ state: 'failed', error: expect.stringContaining('no picture') });
    await session.close();
    expect(await recentDatasets(store)).toEqual([]);
  });
});

describe('edits', () => {
  test('are there after reopening, and so are undo and redo', async () => {
    const folder = await makeFolder('edits', FILES);
    session = await openAndWalk(store, folder);
    const before = session.state();
    const edit = await session.edits.edit(label(await ids(session, 'train/cat/1.jpg', 'train/cat/2.jpg'), 'dog'));
    expect(edit).toMatchObject({ id: 1, rows: 2 });
    await session.edits.edit({ kind: 'add-class', name: 'bird' });
    await session.edits.edit(label(await ids(session, 'train/dog/1.jpg'), 'bird'));
    await session.edits.undo();
    const rows = await session.rows();
    const { undo, redo, classes, journal } = session.state();
    expect(journal).toBe(4);
    await session.close();

    session = await openSession(store, { dataset: before.id });
    expect(await session.rows()).toEqual(rows);
    expect(session.state()).toMatchObject({ undo, redo, classes, journal, layoutAccepted: true });
    await session.edits.redo();
    expect(session.state().classes.find(({ name }) => name === 'bird')?.count).toBe(1);
    while (await session.edits.undo());
    expect(session.state().classes.map(({ name, count }) => [name, count])).toEqual([
      ['cat', 4],
      ['dog', 4],
    ]);
  });

  test('in a row are applied one after another', async () => {
    session = await openAndWalk(store, await makeFolder('queue', FILES));
    const rows = await ids(session, 'train/cat/1.jpg');
    const current = session;
    const done = await Promise.all(['dog', 'cat', 'dog', 'cat'].map((name) => current.edits.edit(label(rows, name))));
    expect(done.map((edit) => edit.id)).toEqual([1, 2, 3, 4]);
    expect((await session.rows()).get('train/cat/1.jpg')?.fields.label).toEqual(['cat']);
  });

  test('that the storage has no space for are refused whole', async () => {
    session = await openAndWalk(store, await makeFolder('quota', FILES));
    const rows = await session.rows();
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const refused = session.edits.edit(label(await ids(session, 'train/cat/1.jpg'), 'dog'));
    await expect(refused.finally(() => (IDBObjectStore.prototype.add = add))).rejects.toMatchObject({
      code: 'storage-full',
    });
    expect(await session.rows()).toEqual(rows);
    expect(session.state()).toMatchObject({ undo: null, journal: 0 });
    expect(await session.edits.edit(label(await ids(session, 'train/cat/1.jpg'), 'dog'))).toMatchObject({ id: 1 });
  });

  test('can be written out as JSON lines with paths', async () => {
    session = await openAndWalk(store, await makeFolder('journal', FILES));
    await session.edits.edit(label(await ids(session, 'train/cat/1.jpg'), 'dog'));
    const { pathsOf } = await import('../../../src/catalog/rows.ts');
    const { table } = session.core;
    const text = await (await session.edits.exportJournal((rows) => pathsOf(table, rows))).text();
    expect(text).toContain('train/cat/1.jpg');
    expect(JSON.parse(text.trim())).toMatchObject({ seq: 1, kind: 'do' });
  });
});

describe('live views', () => {
  test('follow edits and tell of it', async () => {
    session = await openAndWalk(store, await makeFolder('live', FILES));
    const info = await session.views.open({ filter: { field: 'label', is: 'cat' } });
    expect(info.count).toBe(4);
    await session.edits.edit(label(await ids(session, 'train/cat/1.jpg'), 'dog'));
    const { events } = session;
    await until(() => events.some((event) => event.type === 'view' && event.view.count === 3));
    expect(session.views.rows(info.view, 0, 10).rows.map((row) => row.path)).not.toContain('train/cat/1.jpg');
    await until(() => events.some((event) => event.type === 'change' && event.fields.includes('label')));
    const facets = await session.views.facets(info.view, ['label', 'split']);
    expect(facets).toMatchObject([
      {
        field: 'label',
        values: [
          { value: 'dog', count: 5 },
          { value: 'cat', count: 3 },
        ],
      },
      { field: 'split' },
    ]);
  });

  test('a newer query cancels an older one', async () => {
    session = await openAndWalk(store, await makeFolder('newer', FILES));
    const { view } = await session.views.open({});
    const older = session.views.setQuery(view, { filter: { field: 'label', is: 'cat' } });
    const newer = session.views.setQuery(view, { filter: { field: 'split', is: 'test' } });
    await expect(older).rejects.toMatchObject({ code: 'aborted' });
    expect((await newer).count).toBe(2);
  });
});

describe('rescan', () => {
  test('finds added, removed and changed files and keeps everything of the rest', async () => {
    const folder = await makeFolder('rescan', FILES);
    session = await openAndWalk(store, folder);
    const [cat, dog] = await ids(session, 'train/cat/1.jpg', 'train/dog/1.jpg');
    await session.edits.edit(label(Uint32Array.of(cat ?? 0, dog ?? 0), 'dog'));
    const key = { key: 'k', backbone: 'b', title: 'B', dim: 4 };
    await session.embeddings.plan(key);
    const all = Uint32Array.from([...(await session.rows()).values()], (row) => row.id);
    await session.embeddings.commit({ key: 'k', ids: all, facts: [] });
    expect(session.state().embeddings).toMatchObject([{ have: 8, total: 8 }]);

    await writeFile(folder, 'train/cat/new.jpg', 'x');
    await removeFile(folder, 'train/cat/2.jpg');
    await removeFile(folder, 'test/dog');
    await writeFile(folder, 'train/dog/2.jpg', 'other content of another size');
    const report = await session.walking.run('rescan');
    expect(report).toMatchObject({ added: 1, removed: 2, changed: 1, shown: 7, leftOut: 2, found: 9 });
    expect(session.state()).toMatchObject({ size: 7, embeddings: [{ have: 5 }] });
    expect((await session.rows()).get('train/cat/1.jpg')?.fields.label).toEqual(['dog']);

    await writeFile(folder, 'train/cat/2.jpg', 'back');
    expect(await session.walking.run('rescan')).toMatchObject({ added: 1, removed: 0 });
    expect((await session.rows()).get('train/cat/2.jpg')?.id).toBe(all[3]);
  });
});

test('the vector of a file that changed is forgotten before its new size is known', async () => {
  const folder = await makeFolder('stale', FILES);
  session = await openAndWalk(store, folder);
  await session.embeddings.plan({ key: 'k', backbone: 'b', title: 'B', dim: 4 });
  const rows = await session.rows();
  const { id = -1, fields } = rows.get('train/dog/2.jpg') ?? {};
  await session.embeddings.commit({ key: 'k', ids: Uint32Array.from(rows.values(), (row) => row.id), facts: [] });
  await writeFile(folder, 'train/dog/2.jpg', 'other content of another size');
  // a tab that dies here must find the file changed again, or the vector of the former picture would stay for ever
  const { put } = IDBObjectStore.prototype;
  const { core } = session;
  const known: number[] = [];
  IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
    if (this.name === 'presence') known.push(core.table.builtIn.size.at(id, -1));
    return put.apply(this, args);
  };
  await session.walking.run('rescan').finally(() => {
    IDBObjectStore.prototype.put = put;
  });
  expect(known).toEqual([fields?.size]);
  expect(session.state()).toMatchObject({ embeddings: [{ have: rows.size - 1 }] });
});

describe('the folder', () => {
  test('that was moved away is named, its rows stay', async () => {
    const folder = await makeFolder('moved', FILES);
    session = await openAndWalk(store, folder);
    await (await navigator.storage.getDirectory()).removeEntry('moved', { recursive: true });
    await expect(session.walking.run('rescan')).rejects.toMatchObject({ code: 'not-found' });
    expect(session.state()).toMatchObject({
      permission: 'lost',
      size: 8,
      scan: { state: 'failed', error: expect.stringContaining('moved') },
    });
    await expect(session.walking.ended()).resolves.toMatchObject({ found: 10, shown: 8, leftOut: 2 });
  });

  test('that has to be permitted again shows from the store, and is listed again afterwards', async () => {
    const folder = await makeFolder('permission', FILES);
    session = await openAndWalk(store, folder);
    const { id } = session.state();
    const rows = await session.rows();
    await session.close();
    await writeFile(folder, 'train/cat/3.jpg', 'new');

    const { queryPermission } = FileSystemHandle.prototype;
    FileSystemHandle.prototype.queryPermission = async () => 'prompt';
    session = await openSession(store, { dataset: id });
    FileSystemHandle.prototype.queryPermission = queryPermission;
    expect(session.state()).toMatchObject({ permission: 'prompt', scan: { state: 'done' } });
    expect(await session.rows()).toEqual(rows);
    const refused = session;
    expect(() => refused.walking.run('rescan')).toThrow('Allow it');
    await session.permitted();
    expect(session.state().permission).toBe('granted');
    expect(await session.walking.ended()).toMatchObject({ added: 1, shown: 9 });
  });

  test('may be a list of files, known again by its name', async () => {
    const files = (...paths: string[]) =>
      paths.map((path) => ({ path, file: new File([path], path.slice(path.lastIndexOf('/') + 1)) }));
    const list = (...paths: string[]) => ({ kind: 'files' as const, name: 'chosen', files: files(...paths) });
    session = await openSession(store, list('cat/1.jpg', 'dog/1.jpg'));
    await session.walking.ended();
    const { id } = session.state();
    expect(session.state()).toMatchObject({ kind: 'files', writable: false, size: 2 });
    await session.edits.edit(label(await ids(session, 'cat/1.jpg'), 'dog'));
    await session.close();
    session = await openSession(store, { dataset: id });
    expect(session.state()).toMatchObject({ permission: 'prompt', size: 2 });
    await session.close();
    session = await openSession(store, list('cat/1.jpg', 'dog/1.jpg', 'dog/2.jpg'));
    expect(session.state().id).toBe(id);
    expect(await session.walking.ended()).toMatchObject({ shown: 3, added: 1 });
    expect((await session.rows()).get('cat/1.jpg')?.fields.label).toEqual(['dog']);
  });
});

describe('layout', () => {
  test('the chosen reading applies to rows that are not edited, and is kept', async () => {
    session = await openAndWalk(store, await makeFolder('layout', FILES));
    await session.edits.edit(label(await ids(session, 'train/cat/1.jpg'), 'dog'));
    await session.layout.choose({ splitLevel: null, classLevel: 0, splits: [] });
    const labels = [...(await session.rows()).values()].map((row) => String(row.fields.label));
    expect(labels).toEqual(['test', 'test', 'dog', 'train', 'train', 'train', 'train', 'train']);
    const { id } = session.state();
    await session.close();
    session = await openSession(store, { dataset: id });
    await session.walking.ended();
    expect([...(await session.rows()).values()].map((row) => String(row.fields.label))).toEqual(labels);
  });
});
