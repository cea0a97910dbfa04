// The store against real IndexedDB and OPFS: durability order, atomic checkpoints, damage, forgetting.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Bitset } from '../../../src/shared/bitset.ts';
import { isWhole, readBlocks, readMeta, writeCheckpoint } from '../../../src/store/blocks.ts';
import { appendJournal, readJournal, trimJournal } from '../../../src/store/journal.ts';
import { keepPictures, readPictures } from '../../../src/store/pictures.ts';
import { readPresence, writePresence } from '../../../src/store/presence.ts';
import { findDataset, forgetDataset, recentDatasets, writeDataset } from '../../../src/store/registry.ts';
import { DATASET_STORES, openStore, type Store } from '../../../src/store/schema.ts';
import { eachLeftOut, readWalk } from '../../../src/store/walks.ts';

const NAME = 'vitrine-store-test';
let store: Store;
beforeEach(async () => {
  store = await openStore(NAME);
});
afterEach(async () => {
  store.close();
  await deleteDB(NAME);
});

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

describe('journal', () => {
  test('gives back the entries after a position, in order, with their typed arrays', async () => {
    for (let seq = 1; seq <= 12; seq++) await appendJournal(store, 'a', seq, { rows: Uint32Array.of(seq) });
    await appendJournal(store, 'b', 1, {});
    const tail = await readJournal(store, 'a', 9);
    expect(tail.map((record) => record.seq)).toEqual([10, 11, 12]);
    expect(tail[0]?.entry).toEqual({ rows: Uint32Array.of(10) });
  });

  test('refuses a position that another writer has taken and keeps what is there', async () => {
    await appendJournal(store, 'a', 1, 'first');
    await expect(appendJournal(store, 'a', 1, 'second')).rejects.toMatchObject({ code: 'busy' });
    expect((await readJournal(store, 'a', 0)).map((record) => record.entry)).toEqual(['first']);
  });

  test('is trimmed up to and including a position', async () => {
    for (let seq = 1; seq <= 4; seq++) await appendJournal(store, 'a', seq, seq);
    await trimJournal(store, 'a', 2);
    expect((await readJournal(store, 'a', 0)).map((record) => record.seq)).toEqual([3, 4]);
  });
});

describe('checkpoint', () => {
  const first = { blocks: [{ column: 'label', block: 0, bytes: bytes(1, 2, 3, 4, 5) }], meta: { position: 3 } };

  test('is copied when it is handed over', async () => {
    const block = bytes(1, 2, 3);
    const writing = writeCheckpoint(
      store,
      'a',
      { blocks: [{ column: 'c', block: 0, bytes: block }], meta: {} },
      'relaxed',
    );
    block[0] = 99;
    await writing;
    expect((await readBlocks(store, 'a'))[0]?.bytes).toEqual(bytes(1, 2, 3));
  });

  test('is written whole or not at all', async () => {
    await writeCheckpoint(store, 'a', first, 'strict');
    const uncloneable = { position: () => 4 };
    await expect(
      writeCheckpoint(
        store,
        'a',
        { blocks: [{ column: 'label', block: 0, bytes: bytes(9) }], meta: uncloneable },
        'strict',
      ),
    ).rejects.toThrow();
    expect((await readBlocks(store, 'a')).map((block) => [...block.bytes])).toEqual([[1, 2, 3, 4, 5]]);
    expect(await readMeta(store, 'a', ['position', 'other'])).toEqual({ position: 3, other: undefined });
  });

  test('a flipped byte is seen, other blocks are whole', async () => {
    await writeCheckpoint(
      store,
      'a',
      { blocks: [...first.blocks, { column: 'name', block: 0, bytes: bytes(7, 7) }], meta: {} },
      'relaxed',
    );
    const record = await store.get('blocks', ['a', 'label', 0]);
    if (!record) throw new Error('not written');
    record.bytes[2] = 77;
    await store.put('blocks', record);
    const whole = new Map((await readBlocks(store, 'a')).map((block) => [block.column, isWhole(block)]));
    expect(whole).toEqual(
      new Map([
        ['label', false],
        ['name', true],
      ]),
    );
  });

  test('blocks of a newer format are not touched', async () => {
    await writeCheckpoint(store, 'a', first, 'relaxed');
    const record = await store.get('blocks', ['a', 'label', 0]);
    if (record) await store.put('blocks', { ...record, format: record.format + 1 });
    await expect(readBlocks(store, 'a')).rejects.toMatchObject({ code: 'newer-version' });
  });

  test('a walk can be continued until it is done, and its left-out list replaces the earlier one', async () => {
    const item = (path: string) => ({ path, reason: 'hidden' as const });
    const empty = { blocks: [], meta: {} };
    await writeCheckpoint(store, 'a', { ...empty, leftOut: { walk: 1, chunk: 0, items: [item('old')] } }, 'relaxed');
    await writeCheckpoint(
      store,
      'a',
      {
        ...empty,
        leftOut: { walk: 2, chunk: 0, items: [item('x')] },
        walked: { chunk: 0, found: ['train', 'val'], completed: ['', 'train'] },
      },
      'relaxed',
    );
    expect(await readWalk(store, 'a')).toEqual({
      chunks: 1,
      pending: new Set(['val']),
      completed: new Set(['', 'train']),
    });
    await writeCheckpoint(
      store,
      'a',
      { ...empty, leftOut: { walk: 2, chunk: 1, items: [item('y')] }, walkDone: { walk: 2 } },
      'relaxed',
    );
    expect(await readWalk(store, 'a')).toBeNull();
    const seen: string[] = [];
    for (const walk of [1, 2])
      await eachLeftOut(store, 'a', walk, (items) => {
        seen.push(...items.map((i) => i.path));
        return true;
      });
    expect(seen).toEqual(['x', 'y']);
  });
});

describe('registry', () => {
  test('knows a folder again by its entry and a list of files by its name', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getDirectoryHandle('registry-a', { create: true });
    const other = await root.getDirectoryHandle('registry-b', { create: true });
    const common = { size: 1, classes: 0 };
    await writeDataset(store, { id: 'a', name: 'registry-a', kind: 'directory', handle, openedAt: 1, ...common });
    await writeDataset(store, { id: 'f', name: 'list', kind: 'files', openedAt: 2, ...common });
    const again = await root.getDirectoryHandle('registry-a');
    expect((await findDataset(store, { kind: 'directory', handle: again }))?.id).toBe('a');
    expect(await findDataset(store, { kind: 'directory', handle: other })).toBeUndefined();
    expect((await findDataset(store, { kind: 'files', name: 'list' }))?.id).toBe('f');
  });

  test('shows datasets with their covers, last opened first, and forgets all of one', async () => {
    const blob = new Blob([bytes(1, 2)], { type: 'image/webp' });
    for (const [id, openedAt] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      await writeDataset(store, { id, name: id, kind: 'files', size: 1, classes: 0, openedAt });
      await keepPictures(
        store,
        id,
        'cover',
        [0, 1, 2, 3, 4].map((n) => ({ id: n, blob })),
      );
      await keepPictures(store, id, 'screen', [{ id: 7, blob }]);
      await appendJournal(store, id, 1, {});
      await writeCheckpoint(
        store,
        id,
        { blocks: [{ column: 'c', block: 0, bytes: bytes(1) }], meta: { m: 1 } },
        'relaxed',
      );
      const record = { dataset: id, key: 'k', backbone: 'x', title: 'X', dim: 2, unfinished: false, at: 1 };
      await writePresence(store, id, { record, rows: new Bitset(1) }, [0]);
    }
    const recent = await recentDatasets(store);
    expect(recent.map((info) => [info.id, info.pictures.length])).toEqual([
      ['b', 4],
      ['a', 4],
    ]);
    expect(await recent[0]?.pictures[0]?.arrayBuffer()).toEqual(bytes(1, 2).buffer);
    await forgetDataset(store, 'b');
    for (const name of DATASET_STORES)
      expect((await store.getAll(name)).filter((record) => record.dataset === 'b')).toEqual([]);
    expect((await recentDatasets(store)).map((info) => info.id)).toEqual(['a']);
    expect((await readPictures(store, 'a', 'screen')).map((picture) => picture.id)).toEqual([7]);
  });
});

describe('presence of vectors', () => {
  test('survives, block by block, and a damaged block counts as absent', async () => {
    const record = { dataset: 'a', key: 'k', backbone: 'x', title: 'X', dim: 2, unfinished: true, at: 1 };
    const rows = new Bitset();
    for (const id of [0, 5, 16384, 40000]) rows.add(id);
    await writePresence(store, 'a', { record, rows }, rows.ids());
    expect((await readPresence(store, 'a')).get('k')?.rows.ids()).toEqual(Uint32Array.of(0, 5, 16384, 40000));
    const block = await store.get('presence', ['a', 'k', 0]);
    if (block) await store.put('presence', { ...block, checksum: block.checksum ^ 1 });
    expect((await readPresence(store, 'a')).get('k')?.rows.ids()).toEqual(Uint32Array.of(16384, 40000));
  });
});

describe('quota', () => {
  test('an append that does not fit is refused with a sentence and leaves nothing', async () => {
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      await expect(appendJournal(store, 'a', 1, {})).rejects.toMatchObject({ code: 'storage-full' });
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    expect(await readJournal(store, 'a', 0)).toEqual([]);
  });
});

test('a database of a newer version is not opened', async () => {
  store.close();
  const newer = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1000);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  newer.close();
  await expect(openStore(NAME)).rejects.toMatchObject({ code: 'newer-version' });
  await deleteDB(NAME);
  store = await openStore(NAME);
});
