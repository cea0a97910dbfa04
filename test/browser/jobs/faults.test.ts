// Every write to the store fails once, in two ways: what was answered is there, what was refused is not, and the way out works.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EditCommand } from '../../../src/catalog/types.ts';
import { type ErrorCode, VitrineError } from '../../../src/shared/errors.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder, writeVectors } from './folder.ts';
import { crashable, openSession, TEST_DATABASE, type TestSession, until } from './open.ts';

const FILES = ['cat', 'dog'].flatMap((name) => [1, 2, 3].map((n) => `${name}/${n}.jpg`));

let store: Store;
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(async () => {
  store.close();
  await deleteDB(TEST_DATABASE);
});

/** How a write fails: the browser refuses it, or breaks off its transaction afterwards. */
type Fault = 'quota' | 'abort';
const { put, add } = IDBObjectStore.prototype;

/** Lets the write number `at` (0: none) fail; `writes` counts. */
function failOnce(at: number, fault: Fault): { writes(): number; restore(): void } {
  let writes = 0;
  const wrap = (original: typeof put): typeof put =>
    function (this: IDBObjectStore, ...args) {
      if (++writes !== at) return original.apply(this, args);
      if (fault === 'quota') throw new DOMException('full', 'QuotaExceededError');
      const request = original.apply(this, args);
      this.transaction.abort();
      return request;
    };
  IDBObjectStore.prototype.put = wrap(put);
  IDBObjectStore.prototype.add = wrap(add);
  return {
    writes: () => writes,
    restore: () => Object.assign(IDBObjectStore.prototype, { put, add }),
  };
}

/** Label by path ('-': none), with '!' where it is excluded. */
type Shown = Record<string, string>;

async function shownBy(session: TestSession): Promise<Shown> {
  const names = new Map(session.state().classes.map(({ id, name }) => [id, name]));
  const entries = [...(await session.rows())].map(([path, { labels, excluded }]) => {
    const label = labels.map((id) => names.get(id)).join() || '-';
    return [path, excluded ? `${label}!` : label] as const;
  });
  return Object.fromEntries(entries.sort());
}

type Step = Extract<EditCommand, { kind: 'add-class' }> | { kind: 'undo' | 'redo' } | [paths: string[], label: string];

/** Covers each way to the journal: known and new classes, one and many rows, a class that only memory knows, undo and redo. */
const STEPS: Step[] = [
  [['cat/1.jpg'], 'dog'],
  [FILES, 'bird'],
  { kind: 'add-class', name: 'owl' },
  [['dog/1.jpg', 'dog/2.jpg'], 'owl'],
  { kind: 'undo' },
  { kind: 'redo' },
  [['cat/2.jpg'], 'cat'],
];

/** Works through the steps; a step that is refused must leave no trace. Returns what must be there afterwards, and before each edit. */
async function work(session: TestSession): Promise<{ shown: Shown; undos: Shown[]; refused: ErrorCode[] }> {
  let shown = await shownBy(session);
  const undos: Shown[] = [];
  let redos: Shown[] = [];
  const refused: ErrorCode[] = [];
  for (const step of STEPS) {
    const before = shown;
    const after = { ...shown };
    try {
      if (Array.isArray(step)) {
        const rows = await session.rows();
        const ids = Uint32Array.from(step[0], (path) => rows.get(path)?.id ?? -1).sort();
        await session.edits.edit({ kind: 'label', rows: ids, set: [step[1]] });
        for (const path of step[0]) after[path] = step[1];
      } else if (step.kind === 'add-class') {
        await session.edits.edit(step);
      } else {
        const done = await session.edits[step.kind]();
        const [from, to] = step.kind === 'undo' ? [undos, redos] : [redos, undos];
        expect(done !== null).toBe(from.length > 0);
        if (done) {
          to.push(shown);
          Object.assign(after, from.pop());
        }
      }
      if (Array.isArray(step) || step.kind === 'add-class') {
        undos.push(before);
        redos = [];
      }
      shown = after;
    } catch (error) {
      refused.push(expectSentence(error));
    }
    expect(await shownBy(session)).toEqual(shown);
  }
  return { shown, undos, refused };
}

function expectSentence(error: unknown): ErrorCode {
  if (!(error instanceof VitrineError)) throw error;
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  expect(['storage-full', 'storage-damaged']).toContain(error.code);
  return error.code;
}

/** The whole life of a dataset, from the folder to its second opening; returns the number of writes of the first part. */
async function live(name: string, at: number, fault: Fault): Promise<number> {
  const folder = await makeFolder(name, FILES);
  const tab = await crashable();
  const faults = failOnce(at, fault);
  let done: Awaited<ReturnType<typeof work>>;
  let id: string;
  let writes: number;
  try {
    const session = await openSession(tab.store, folder).catch(async (error) => {
      expectSentence(error);
      return openSession(tab.store, folder);
    });
    await session.walking.ended().catch(async (error) => {
      expectSentence(error);
      await session.walking.run('resume');
    });
    await until(() => session.state().factsKnown === FILES.length);
    await session.checkpoints.write('strict').catch(expectSentence);
    done = await work(session);
    await session.embeddings.plan({ key: 'k', backbone: 'b', title: 'B', dim: 4 }).catch(expectSentence);
    if (session.state().embeddings.length > 0) {
      const ids = Uint32Array.from((await session.rows()).values(), (row) => row.id);
      await writeVectors(session.state().id, 'k', new Float16Array(4 * FILES.length).fill(1));
      const refused = await session.embeddings.commit({ key: 'k', ids, facts: [] }).catch(expectSentence);
      expect(session.state().embeddings).toMatchObject([{ have: refused ? 0 : FILES.length }]);
    }
    id = session.state().id;
    // half of the tabs are closed, the others die
    if (at % 2 === 0) await session.close().catch(expectSentence);
    else await tab.crash(session);
    writes = faults.writes();
  } finally {
    faults.restore();
    tab.store.close();
  }

  const again = await openSession(store, { dataset: id });
  await until(() => again.state().scan.state === 'done' && again.state().size === FILES.length);
  await again.housekept();
  expect(again.state().damage).toBeUndefined();
  expect(await shownBy(again)).toEqual(done.shown);
  for (const before of done.undos.toReversed()) {
    await again.edits.undo();
    expect(await shownBy(again)).toEqual(before);
  }
  expect(await again.edits.undo()).toBeNull();
  await again.close();
  await deleteDataset();
  return writes;
}

const deleteDataset = async (): Promise<void> => {
  for (const name of store.objectStoreNames) await store.clear(name);
};

describe('a write that fails', () => {
  test.each<Fault>(['quota', 'abort'])(
    'by %s, whichever it is, costs nothing that was answered',
    async (fault) => {
      const writes = await live(`faults-${fault}`, 0, fault);
      expect(writes).toBeGreaterThan(40);
      // each third, another third for each fault: all positions of the short transactions, and some inside each checkpoint
      for (let at = fault === 'quota' ? 1 : 2; at <= writes; at += 3) await live(`faults-${fault}`, at, fault);
    },
    120_000,
  );
});
