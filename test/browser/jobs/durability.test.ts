// What survives a tab that dies, a block that is damaged, a second tab, and a walk that is cut short.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetDataset } from '../../../src/store/registry.ts';
import { DATASET_STORES, openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder, writeVectors } from './folder.ts';
import { crashable, openAndWalk, openSession, TEST_DATABASE, type TestSession, until } from './open.ts';

const FILES = ['cat', 'dog'].flatMap((name) => [1, 2, 3, 4].map((n) => `${name}/${n}.jpg`));

let store: Store;
let open: TestSession[] = [];
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(async () => {
  for (const session of open) await session.close();
  open = [];
  store.close();
  await deleteDB(TEST_DATABASE);
});

const known = (session: TestSession): TestSession => {
  open.push(session);
  return session;
};
const relabel = async (session: TestSession, path: string, name: string) => {
  const rows = Uint32Array.of((await session.rows()).get(path)?.id ?? -1);
  return session.edits.edit({ kind: 'label', rows, set: [name] });
};

describe('a tab that dies', () => {
  test('loses no edit that was answered', async () => {
    const tab = await crashable();
    const first = await openAndWalk(tab.store, await makeFolder('crash', FILES));
    for (const [path, name] of [
      ['cat/1.jpg', 'dog'],
      ['cat/2.jpg', 'dog'],
      ['dog/1.jpg', 'cat'],
    ] as const)
      await relabel(first, path, name);
    await first.edits.undo();
    const rows = await first.rows();
    const { undo, redo, journal, id } = first.state();
    await tab.crash(first);

    const second = known(await openSession(store, { dataset: id }));
    await until(() => second.state().factsKnown === FILES.length); // what can be read again may be lost
    expect(await second.rows()).toEqual(rows);
    expect(second.state()).toMatchObject({ undo, redo, journal });
  });

  test('before the first checkpoint after an edit still knows that the folders were read rightly', async () => {
    const tab = await crashable();
    const first = await openAndWalk(tab.store, await makeFolder('accepted', FILES));
    await first.housekept();
    await first.checkpoints.write('strict');
    await relabel(first, 'cat/1.jpg', 'dog');
    const { id, layoutAccepted } = first.state();
    expect(layoutAccepted).toBe(true);
    await tab.crash(first);
    const second = known(await openSession(store, { dataset: id }));
    expect(second.state().layoutAccepted).toBe(true);
  });

  test('in the middle of a checkpoint leaves the old blocks and the whole journal', async () => {
    const tab = await crashable();
    const first = await openAndWalk(tab.store, await makeFolder('mid', FILES));
    await first.housekept();
    await first.checkpoints.write('strict');
    await relabel(first, 'cat/1.jpg', 'dog');
    const rows = await first.rows();
    const { id } = first.state();
    // the first block of the next checkpoint is put, then the tab dies before the transaction is complete
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      const request = put.apply(this, args);
      if (this.name === 'blocks') this.transaction.abort();
      return request;
    };
    await first.checkpoints.write('relaxed').catch(() => undefined);
    IDBObjectStore.prototype.put = put;
    await tab.crash(first);

    const second = known(await openSession(store, { dataset: id }));
    expect(await second.rows()).toEqual(rows);
    expect(second.state()).toMatchObject({ journal: 1 });
  });

  test('in the middle of a walk goes on where it stopped, after a reload', async () => {
    const folder = await makeFolder('walk', FILES);
    const tab = await crashable();
    const first = await openSession(tab.store, folder, (event, session) => {
      // the walk waits after the first folder that has pictures
      if (event.type === 'job' && event.job.kind === 'scan' && event.job.done > 0) session.walking.pause(true);
    });
    await until(() => first.state().scan.state === 'paused');
    expect(first.state().size).toBe(4);
    await first.checkpoints.write('relaxed');
    const { id } = first.state();
    await tab.crash(first);

    const second = known(await openSession(store, { dataset: id }));
    expect(second.state()).toMatchObject({ size: 4, scan: { state: 'paused' } });
    second.walking.pause(false);
    const report = await second.walking.ended();
    expect(report).toMatchObject({ shown: FILES.length, found: FILES.length, leftOut: 0, removed: 0 });
    expect([...(await second.rows()).keys()].sort()).toEqual([...FILES].sort());
  });
});

describe('a full storage', () => {
  test('is said, refuses edits that it cannot keep, and loses nothing of what is in memory', async () => {
    const session = known(await openAndWalk(store, await makeFolder('full', FILES)));
    await session.housekept();
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      if (this.name === 'blocks') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    };
    try {
      await relabel(session, 'cat/1.jpg', 'dog'); // the journal still has space
      await until(() => session.state().damage !== undefined);
      expect(session.state().damage).toContain('no space left');
      // names a class that only memory knows, so it needs a checkpoint first
      await session.edits.edit({ kind: 'add-class', name: 'bird' });
      await expect(relabel(session, 'cat/2.jpg', 'bird')).rejects.toMatchObject({ code: 'storage-full' });
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    await relabel(session, 'cat/2.jpg', 'bird');
    await until(() => session.state().damage === undefined);
    const labels = [...(await session.rows()).values()].map((row) => String(row.fields.label));
    expect(labels).toEqual(['dog', 'bird', 'cat', 'cat', 'dog', 'dog', 'dog', 'dog']);
  });
});

describe('a damaged block', () => {
  const flip = async (dataset: string, column: string): Promise<void> => {
    const record = await store.get('blocks', [dataset, column, 0]);
    if (!record) throw new Error(`no block of ${column}`);
    record.bytes[record.bytes.length - 1] = (record.bytes.at(-1) ?? 0) ^ 1;
    await store.put('blocks', record);
  };

  test.each(['label', 'size', 'labelEdited'])('of %s is named, and the labels are still right', async (column) => {
    const first = await openAndWalk(store, await makeFolder('damage', FILES));
    await relabel(first, 'cat/1.jpg', 'dog');
    const rows = await first.rows();
    const { id } = first.state();
    await first.close();
    await flip(id, column);

    const second = known(await openSession(store, { dataset: id }));
    await second.housekept();
    await until(() => second.state().damage !== undefined);
    expect(second.state().damage).toContain(column);
    await until(async () => second.state().factsKnown === FILES.length && second.state().scan.state === 'done');
    expect(await second.rows()).toEqual(rows);
    expect((await relabel(second, 'dog/1.jpg', 'cat')).id).toBe(2);
    await second.close();

    const third = known(await openSession(store, { dataset: id }));
    await third.housekept();
    expect(third.state().damage).toBeUndefined();
    expect((await third.rows()).get('dog/1.jpg')?.fields.label).toEqual(['cat']);
  });

  test.each(['name', 'directory'])(
    'of %s costs only what nothing else tells: every file is shown again',
    async (column) => {
      const first = await openAndWalk(store, await makeFolder('damage-names', FILES));
      await relabel(first, 'cat/1.jpg', 'dog');
      const { id } = first.state();
      await first.close();
      await flip(id, column);

      const second = known(await openSession(store, { dataset: id }));
      await second.housekept();
      await until(() => second.state().damage !== undefined);
      expect(second.state().damage).toContain(column);
      await until(() => second.state().scan.state === 'done' && second.state().size === FILES.length);
      expect([...(await second.rows()).keys()].sort()).toEqual([...FILES].sort());
      const { found, shown, leftOut } = second.state().scan.report;
      expect(found).toBe(shown + leftOut);
    },
  );

  test.each(['label', 'size', 'name'])('that is missing (%s) is named, and the rest is still right', async (column) => {
    const first = await openAndWalk(store, await makeFolder('missing', FILES));
    await relabel(first, 'cat/1.jpg', 'dog');
    const labels = [...(await first.rows())].map(([path, row]) => [path, row.labels]);
    const { id } = first.state();
    await first.close();
    await store.delete('blocks', [id, column, 0]);

    const second = known(await openSession(store, { dataset: id }));
    expect(second.state().damage).toContain(column);
    await until(() => second.state().scan.state === 'done' && second.state().factsKnown === FILES.length);
    if (column === 'name') expect([...(await second.rows()).keys()]).toEqual(labels.map(([path]) => path));
    else expect([...(await second.rows())].map(([path, row]) => [path, row.labels])).toEqual(labels);
    // what was done stays readable as a file in any case
    expect(await (await second.edits.exportJournal(() => [])).text()).toContain('1 labelled dog');
  });

  test('is noticed before an edit rewrites it', async () => {
    const first = await openAndWalk(store, await makeFolder('damage-early', FILES));
    await relabel(first, 'cat/1.jpg', 'dog');
    const { id } = first.state();
    await first.close();
    await flip(id, 'label');
    const second = known(await openSession(store, { dataset: id }));
    await relabel(second, 'dog/1.jpg', 'cat');
    await second.checkpoints.write('relaxed');
    expect(second.state().damage).toContain('label');
    const labels = [...(await second.rows()).values()].map((row) => String(row.fields.label));
    expect(labels).toEqual(['dog', 'cat', 'cat', 'cat', 'cat', 'dog', 'dog', 'dog']);
  });
});

describe('what a newer Vitrine wrote', () => {
  test.each(['blocks', 'journal', 'meta'] as const)(
    'in the %s is not touched: the way out is to reload',
    async (where) => {
      const first = await openAndWalk(store, await makeFolder('newer', FILES));
      await relabel(first, 'cat/1.jpg', 'dog');
      const { id } = first.state();
      await first.close();
      if (where === 'meta') {
        const record = await store.get('meta', [id, 'table']);
        if (record) await store.put('meta', { ...record, value: { ...(record.value as object), version: 99 } });
      } else {
        const [key] = await store.getAllKeys(where);
        const record = key && (await store.get(where, key as never)); // the key of the same store
        if (record) await store.put(where, { ...record, format: 99 } as never);
      }
      const before = await Promise.all(DATASET_STORES.map((name) => store.getAll(name)));
      await expect(openSession(store, { dataset: id })).rejects.toMatchObject({
        code: 'newer-version',
        message: expect.stringContaining('Reload'),
      });
      expect(await Promise.all(DATASET_STORES.map((name) => store.getAll(name)))).toEqual(before);
    },
  );
});

describe('vectors', () => {
  test.each([
    ['cut short', 3],
    ['gone', 0],
  ])('whose file is %s are missing again, which is said', async (_, rows) => {
    const first = await openAndWalk(store, await makeFolder('vectors', FILES));
    const { id } = first.state();
    await first.embeddings.plan({ key: 'k', backbone: 'b', title: 'Mini', dim: 4 });
    const ids = Uint32Array.from(FILES, (_, i) => i);
    await first.embeddings.commit({ key: 'k', ids, facts: [] });
    await first.close();
    if (rows > 0) await writeVectors(id, 'k', new Float16Array(rows * 4).fill(1));
    const second = known(await openSession(store, { dataset: id }));
    await second.housekept();
    expect(second.state().embeddings).toMatchObject([{ have: rows, unfinished: true }]);
    expect(second.state().damage).toContain(`lost ${FILES.length - rows} embeddings of Mini`);
    const next = await second.embeddings.next({ key: 'k', after: -1, limit: 100 });
    expect(next.ids.length).toBe(FILES.length - rows);
  });
});

describe('two tabs', () => {
  test('the second reads, says so, follows edits, and owns when the first closes', async () => {
    const folder = await makeFolder('tabs', FILES);
    const first = known(await openAndWalk(store, folder));
    await first.checkpoints.write('relaxed');
    const other = await openStore(TEST_DATABASE);
    const second = known(await openSession(other, folder));
    expect(second.state()).toMatchObject({ access: 'reader', size: FILES.length });
    await expect(relabel(second, 'cat/1.jpg', 'dog')).rejects.toMatchObject({ code: 'read-only' });

    await relabel(first, 'cat/1.jpg', 'dog');
    await until(async () => (await second.rows()).get('cat/1.jpg')?.fields.label?.toString() === 'dog');
    await first.edits.undo();
    await until(async () => (await second.rows()).get('cat/1.jpg')?.fields.label?.toString() === 'cat');

    const taken = second.takeOver(new AbortController().signal);
    await relabel(first, 'cat/2.jpg', 'dog');
    expect(second.state().access).toBe('reader');
    await first.close();
    await taken;
    expect(second.state()).toMatchObject({ access: 'owner', journal: 3 });
    expect((await relabel(second, 'cat/3.jpg', 'dog')).id).toBe(4);
    expect((await second.rows()).get('cat/2.jpg')?.fields.label).toEqual(['dog']);
    await second.close();
    other.close();
  });
});

describe('forgetting', () => {
  test('leaves nothing of the dataset behind', async () => {
    const session = await openAndWalk(store, await makeFolder('forget', FILES));
    await relabel(session, 'cat/1.jpg', 'dog');
    const { id } = session.state();
    await session.close();
    await forgetDataset(store, id);
    expect(await store.getAllKeys('datasets')).toEqual([]);
    for (const name of DATASET_STORES) expect(await store.getAllKeys(name)).toEqual([]);
    await expect(openSession(store, { dataset: id })).rejects.toMatchObject({ code: 'not-found' });
  });
});
