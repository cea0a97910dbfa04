// The browser loses its database: everything comes back from the copy outside of it, as far as that is whole.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EditCommand } from '../../../src/catalog/types.ts';
import { listCopies } from '../../../src/store/copy/files.ts';
import type { Frame } from '../../../src/store/copy/frames.ts';
import {
  type Catalog,
  copied,
  crash,
  diskFolder,
  lose,
  readCopy,
  recentOf,
  seen,
  startCatalog,
  writeCopy,
} from './copying.ts';
import { makeFolder, writeVectors } from './folder.ts';
import { until } from './open.ts';

const FILES = ['train', 'val'].flatMap((split) =>
  ['cat', 'dog'].flatMap((name) => [1, 2, 3].map((n) => `${split}/${name}/${n}.jpg`)),
);
const full = new BroadcastChannel('copying-full');

let catalog: Catalog;
beforeEach(async () => {
  await lose();
  catalog = startCatalog();
});
afterEach(async () => {
  full.postMessage(false);
  await lose();
  const root = await navigator.storage.getDirectory();
  await root.removeEntry('copies', { recursive: true }).catch(() => undefined);
});

async function openFolder(handle: FileSystemDirectoryHandle, dataset?: string) {
  const state = await catalog.open({ source: { kind: 'directory', handle }, ...(dataset ? { dataset } : {}) });
  await catalog.walked({});
  return state;
}

/** Opens a folder of its own and makes edits that are all in the copy. */
async function edited(name: string): Promise<{ id: string; handle: FileSystemDirectoryHandle }> {
  const handle = await diskFolder(name, FILES);
  const { id } = await openFolder(handle);
  await catalog.edit({ command: { kind: 'label', rows: Uint32Array.of(0, 1), set: ['bird'] } });
  await catalog.edit({ command: { kind: 'exclude', rows: Uint32Array.of(2, 5), value: true } });
  await catalog.edit({ command: { kind: 'label', rows: Uint32Array.of(3), set: ['owl'] } });
  await catalog.undo({});
  return { id, handle };
}

/** A new tab after the database went; says what the start screen has of the dataset. */
async function startAgain(id: string) {
  await lose();
  catalog = startCatalog();
  return recentOf(catalog, id);
}

test('rows, labels, classes, splits, undo and redo come back when the folder is opened again', async () => {
  const { id, handle } = await edited('copy-all');
  const before = await seen(catalog);
  await copied(id, 4);
  const info = await startAgain(id);
  expect(info).toMatchObject({ name: 'copy-all', size: FILES.length, restored: { edits: 4, damaged: false } });
  expect(info?.handle).toBeUndefined();

  expect(await openFolder(handle)).toMatchObject({ id, permission: 'granted', layoutAccepted: true });
  expect(await seen(catalog)).toEqual(before);
  expect((await catalog.state({}))?.damage).toBeUndefined();
  expect(await recentOf(catalog, id)).not.toHaveProperty('restored');
  expect(await catalog.redo({})).toMatchObject({ id: 5, text: 'Redone: 1 labelled owl' });
  for (let i = 0; i < 3; i++) await catalog.undo({});
  const first = (await seen(catalog)).rows['train/cat/1.jpg'];
  expect(first).toMatchObject({ labels: ['cat'], excluded: false, split: 'train' });
});

const row = fc.integer({ min: 0, max: FILES.length - 1 });
const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 8 }).map((ids) => Uint32Array.from(ids).sort());
const name = fc.constantFrom('cat', 'dog', 'bird', 'owl', '木', 'é');
type Step = { edit: EditCommand } | 'undo' | 'redo' | 'close' | 'checkpoint' | 'die';
const command: fc.Arbitrary<EditCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('label' as const), rows, set: fc.array(name, { maxLength: 2 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exclude' as const), rows, value: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add-class' as const), name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename-class' as const), from: name, to: name }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ edit: command }) },
  { weight: 2, arbitrary: fc.constantFrom('undo', 'redo', 'close', 'checkpoint', 'die') },
);

test('whatever was done, and however it ended', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const handle = await diskFolder(`copy-random-${run++}`, FILES);
      const { id } = await openFolder(handle);
      for (const next of steps) {
        if (next === 'undo' || next === 'redo') await catalog[next]({});
        else if (next === 'checkpoint') await catalog.savePlace({ place: { step: next } });
        else if (next === 'close') {
          await catalog.close({});
          await openFolder(handle);
        } else if (next === 'die') {
          crash();
          catalog = startCatalog();
          await openFolder(handle);
        } else await catalog.edit({ command: next.edit }).catch(() => undefined); // a class that is there already
      }
      const before = await seen(catalog);
      if (before.journal > 0) await copied(id, before.journal);
      else await catalog.close({});
      expect(await startAgain(id)).toMatchObject({ restored: { edits: before.journal, damaged: false } });
      await openFolder(handle);
      expect(await seen(catalog)).toEqual(before);
      await catalog.forget({ dataset: id });
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('embeddings are found again: which rows have one was copied, the vectors were never in the database', async () => {
  const { id, handle } = await edited('copy-vectors');
  await writeVectors(id, 'k', new Float16Array(4 * FILES.length).fill(1));
  await catalog.embedPlan({ key: 'k', backbone: 'b', title: 'B', dim: 4 });
  await catalog.embedCommit({ dataset: id, key: 'k', ids: Uint32Array.of(1, 4, 7), facts: [] });
  await catalog.savePlace({ place: { scroll: 3 } });
  await catalog.close({});
  await startAgain(id);
  expect(await openFolder(handle)).toMatchObject({ embeddings: [{ key: 'k', have: 3, unfinished: true }] });
  expect((await catalog.embedded({ key: 'k', ids: Uint32Array.of(1, 2, 4) })).ids).toEqual(Uint32Array.of(1, 4));
  expect(await catalog.savedPlace({})).toEqual({ scroll: 3 });
});

describe('a copy that is damaged', () => {
  const isPut = (store: string, name?: string) => (frame: Frame) =>
    frame.kind === 'put' && (frame.key as string[])[0] === store && (!name || (frame.key as string[])[1] === name);

  test('at its torn end loses only what was on its way', async () => {
    const { id, handle } = await edited('copy-torn');
    await copied(id, 4);
    const before = await seen(catalog);
    await catalog.edit({ command: { kind: 'label', rows: Uint32Array.of(8), set: ['owl'] } });
    await copied(id, 5);
    crash();
    const { file, bytes, frames } = await readCopy(id);
    const last = frames.findLast((frame) => JSON.stringify(frame.key) === '["journal",5]');
    await writeCopy(id, file, bytes.slice(0, (last?.at ?? 0) + 30));
    expect(await startAgain(id)).toMatchObject({ restored: { edits: 4, damaged: false } });
    await openFolder(handle);
    expect(await seen(catalog)).toEqual(before);
  });

  test.each([['label'], ['labelEdited'], ['size']])(
    'in the block of %s gives all labels back from folders and edits, and says so',
    async (column) => {
      const { id, handle } = await edited(`copy-block-${column}`);
      const before = await seen(catalog);
      await catalog.close({});
      const { file, bytes, frames } = await readCopy(id);
      for (const { valueAt, valueBytes } of frames.filter(isPut('blocks', column))) {
        const at = valueAt + valueBytes - 3;
        bytes[at] = (bytes[at] ?? 0) ^ 4;
      }
      await writeCopy(id, file, bytes);
      expect(await startAgain(id)).toMatchObject({ restored: { edits: 4, damaged: true } });
      expect((await openFolder(handle)).damage).toContain(column);
      expect(await seen(catalog)).toEqual(before);
    },
  );

  test('in the head of a block does not bring an older one back', async () => {
    const handle = await diskFolder('copy-head', FILES);
    const { id } = await openFolder(handle);
    await catalog.close({}); // a first checkpoint with the folders' labels
    await openFolder(handle);
    const rows = Uint32Array.of(0);
    const [path = ''] = await catalog.paths({ ids: rows });
    await catalog.edit({ command: { kind: 'label', rows, set: ['bird'] } });
    await catalog.close({});
    const { file, bytes, frames } = await readCopy(id);
    const block = frames.findLast(isPut('blocks', 'label'));
    bytes[(block?.at ?? 0) + 1] = 0;
    await writeCopy(id, file, bytes);
    expect(await startAgain(id)).toMatchObject({ restored: { edits: 1, damaged: true } });
    await openFolder(handle);
    expect((await seen(catalog)).rows[path]).toMatchObject({ labels: ['bird'] });
  });

  test('in its newest checkpoint gives the one before and all edits', async () => {
    const { id, handle } = await edited('copy-commit');
    await copied(id, 4);
    await catalog.edit({ command: { kind: 'add-class', name: 'fox' } }); // so that the next checkpoint says something else
    const before = await seen(catalog);
    await catalog.close({});
    const { file, bytes, frames } = await readCopy(id);
    const table = frames.findLast(isPut('meta', 'table'));
    bytes[(table?.valueAt ?? 0) + 20] = 255;
    await writeCopy(id, file, bytes);
    expect(await startAgain(id)).toMatchObject({ restored: { edits: 5, damaged: true } });
    await openFolder(handle);
    expect(await seen(catalog)).toEqual(before);
  });

  test('in a value that was written twice costs nothing', async () => {
    const { id, handle } = await edited('copy-twice');
    const before = await seen(catalog);
    await catalog.close({});
    const { file, bytes, frames } = await readCopy(id);
    const table = frames.findLast(isPut('meta', 'table'));
    if (!table) throw new Error('there is no table');
    const twice = new Uint8Array([...bytes, ...bytes.slice(table.at, table.at + table.bytes)]);
    twice[table.valueAt + 20] = 255;
    await writeCopy(id, file, twice);
    expect(await startAgain(id)).toMatchObject({ restored: { edits: 4, damaged: false } });
    await openFolder(handle);
    expect(await seen(catalog)).toEqual(before);
  });

  test('everywhere still knows which dataset it was, or nothing; a new start never fails', async () => {
    const { id } = await edited('copy-noise');
    await catalog.close({});
    const { file, bytes } = await readCopy(id);
    for (let at = 100; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    await writeCopy(id, file, bytes);
    const info = await startAgain(id);
    if (info) expect(info.restored?.damaged).toBe(true);
  });
});

describe('a fault of the copy', () => {
  test('fails no edit, is said, and is made good when it is over', async () => {
    const { id, handle } = await edited('copy-full');
    await copied(id, 4);
    full.postMessage(true);
    for (let i = 0; i < 5; i++)
      await catalog.edit({ command: { kind: 'label', rows: Uint32Array.of(i, i + 5), set: ['fox'] } });
    await until(async () => (await catalog.state({}))?.copyTrouble !== undefined);
    expect(await catalog.state({})).toMatchObject({
      journal: 9,
      copyTrouble: expect.stringContaining('no space left'),
    });
    expect(await catalog.edit({ command: { kind: 'add-class', name: 'late' } })).toMatchObject({ id: 10 });
    const before = await seen(catalog);
    full.postMessage(false);
    await until(async () => (await catalog.state({}))?.copyTrouble === undefined);
    expect(await startAgain(id)).toMatchObject({ restored: { edits: 10, damaged: false } });
    await openFolder(handle);
    expect(await seen(catalog)).toEqual(before);
  });
});

describe('the folder of a restored dataset', () => {
  test('is not another one of the same name', async () => {
    const { id, handle } = await edited('copy-name');
    await copied(id, 4);
    await startAgain(id);
    const elsewhere = await makeFolder('copy-elsewhere', ['copy-name/a/1.jpg', 'copy-name/b/1.jpg']);
    const other = await openFolder(await elsewhere.getDirectoryHandle('copy-name'));
    expect(other.id).not.toBe(id);
    expect(await openFolder(handle)).toMatchObject({ id });
  });

  test('may have another name when it is chosen for the dataset, and must hold its pictures', async () => {
    const { id } = await edited('copy-renamed');
    await copied(id, 4);
    await startAgain(id);
    const wrong = await diskFolder('copy-wrong', ['x/1.jpg']);
    await expect(openFolder(wrong, id)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('copy-renamed'),
    });
    const renamed = await diskFolder('copy-new-name', FILES);
    expect(await openFolder(renamed, id)).toMatchObject({ id, name: 'copy-new-name', journal: 4 });
  });
});

test('a folder in the browser’s own storage, as the sample’s, is found by itself', async () => {
  const handle = await makeFolder('copy-inside', FILES);
  const { id } = await openFolder(handle);
  await catalog.edit({ command: { kind: 'label', rows: Uint32Array.of(0, 1), set: ['bird'] } });
  await copied(id, 1);
  const info = await startAgain(id);
  expect(info?.restored).toEqual({ edits: 1, damaged: false });
  expect(await info?.handle?.isSameEntry(handle)).toBe(true);
  expect(await catalog.open({ dataset: id })).toMatchObject({ permission: 'granted', journal: 1 });
  expect(await recentOf(catalog, id)).not.toHaveProperty('restored');
});

test('forgetting a dataset forgets its copy', async () => {
  const { id } = await edited('copy-forget');
  await copied(id, 4);
  await catalog.forget({ dataset: id });
  expect(await listCopies()).not.toContain(id);
  expect(await startAgain(id)).toBeUndefined();
});

test('two tabs that start at once restore once; the one that only reads writes no copy', async () => {
  const { id, handle } = await edited('copy-tabs');
  const before = await seen(catalog);
  await copied(id, 4);
  await lose();
  const [first, second] = [startCatalog(), startCatalog()];
  const infos = await Promise.all([recentOf(first, id), recentOf(second, id)]);
  for (const info of infos) expect(info).toMatchObject({ restored: { edits: 4, damaged: false } });
  catalog = first;
  expect(await openFolder(handle)).toMatchObject({ access: 'owner' });
  expect(await second.open({ dataset: id })).toMatchObject({ access: 'reader', journal: 4 });
  expect(await seen(second)).toEqual(before);
  await first.edit({ command: { kind: 'label', rows: Uint32Array.of(7), set: ['bird'] } });
  await copied(id, 5);
  expect((await second.state({}))?.copyTrouble).toBeUndefined();
  await first.close({});
  expect(await second.takeOver({})).toMatchObject({ access: 'owner' });
  await second.edit({ command: { kind: 'label', rows: Uint32Array.of(8), set: ['bird'] } });
  await copied(id, 6);
});
