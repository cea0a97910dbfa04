// The same work in the application's catalog worker with and without the safety copy, in turn, on a dataset each; opened by copy.bench.ts.
import { deleteDB } from 'idb';
import { copyFolder, FILES } from '../../src/store/copy/files.ts';
import type { CatalogCalls } from '../../src/workers/calls.ts';
import { type Client, connect } from '../../src/workers/rpc.ts';
import { ask } from './bare/ask.ts';
import { compare, pair, seconds } from './bare/timing.ts';
import { ROWS, random } from './imagenet.ts';
import type { Row } from './types.ts';

type Catalog = Client<CatalogCalls>;
type Print = (line: string) => void;

async function fill(): Promise<string> {
  const worker = new Worker(new URL('./fill.worker.ts', import.meta.url), { type: 'module' });
  const { id } = await ask<{ id: string }>(worker, null);
  worker.terminate();
  return id;
}

async function bytesOfCopy(id: string): Promise<number> {
  const folder = await copyFolder(id).catch(() => null);
  let bytes = 0;
  for (const name of folder ? FILES : [])
    bytes += (await (await folder?.getFileHandle(name).catch(() => null))?.getFile())?.size ?? 0;
  return bytes;
}

/** Asks for the state until `over`; the longest answer in seconds. */
async function longestAnswer(catalog: Catalog, over: () => Promise<boolean>): Promise<number> {
  let longest = 0;
  for (let i = 0; ; i++) {
    longest = Math.max(longest, await seconds(() => catalog.indexOf({ view: 0, id: 0 }).catch(() => undefined)));
    if (i % 20 === 0 && (await over())) return longest;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resolves when the copy has not grown for half a second. */
async function quiet(id: string): Promise<void> {
  for (let before = -1; ; ) {
    const bytes = await bytesOfCopy(id);
    if (bytes === before) return;
    before = bytes;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** 100,000 rows anywhere. */
function scattered(): Uint32Array {
  const next = random(7);
  const chosen = new Set<number>();
  while (chosen.size < 100_000) chosen.add(Math.floor(next() * ROWS));
  return Uint32Array.from(chosen).sort();
}

const LAYOUT = { splitLevel: 0, classLevel: 1, splits: [['train', 'train'] as [string, string]] };

export async function run(print: Print): Promise<Row[]> {
  const [withCopy, without] = [await fill(), await fill()];
  print('filled');
  const worker = new Worker(new URL('../../src/workers/catalog.ts', import.meta.url), { type: 'module' });
  const ours = connect<CatalogCalls>(worker).calls;
  const bareWorker = new Worker(new URL('./bare/no-copy.worker.ts', import.meta.url), { type: 'module' });
  const bare = connect<CatalogCalls>(bareWorker).calls;
  await ours.recent({});
  await bare.open({ dataset: without });
  const calm = await longestAnswer(bare, async () => performance.now() > started + 3000);
  await ours.open({ dataset: withCopy });
  const from = performance.now();
  const first = await longestAnswer(ours, async () => {
    const before = await bytesOfCopy(withCopy);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return before > 2 ** 20 && before === (await bytesOfCopy(withCopy));
  });
  const took = (performance.now() - from) / 1000;
  const bytes = await bytesOfCopy(withCopy);
  const rows: Row[] = [
    {
      what: 'the first copy of a dataset, made in idle time after it was opened',
      target: 'report',
      measured: `${took.toFixed(1)} s for ${(bytes / 2 ** 20).toFixed(0)} MiB`,
      note: `longest answer of the worker meanwhile ${(first * 1000).toFixed(0)} ms, without copying ${(calm * 1000).toFixed(0)} ms`,
    },
  ];
  print(rows[0]?.measured ?? '');

  const ids = scattered();
  const all = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const { classes } = (await ours.state({})) ?? { classes: [] };
  const label = (catalog: Catalog, which: Uint32Array) => (round: number) =>
    catalog.edit({ command: { kind: 'label', rows: which, set: [classes[(round + 2) % 900]?.name ?? ''] } });
  const edit = await compare(15, label(ours, ids), label(bare, ids));
  rows.push({
    what: 'label 100,000 scattered rows fifteen times, one after another, with the copy against without',
    target: '≤ 1.5',
    measured: pair(edit),
    ratio: edit.ours / edit.bare,
    note: 'from the call to the durable answer',
  });
  const single = await compare(150, label(ours, ids.slice(0, 1)), label(bare, ids.slice(0, 1)));
  rows.push({
    what: 'label one row 150 times, with the copy against without',
    target: '≤ 1.2',
    measured: pair(single),
    ratio: single.ours / single.bare,
    note: '',
  });
  // all labels and splits are read from the folders again, and stored before the answer
  const whole = (catalog: Catalog) => async (round: number) => {
    await label(catalog, all)(round);
    await catalog.setLayout({ layout: LAYOUT });
  };
  const checkpoint = await compare(5, whole(ours), whole(bare));
  rows.push({
    what: 'label all rows and write a checkpoint, with the copy against without',
    target: '≤ 1.2',
    measured: pair(checkpoint),
    ratio: checkpoint.ours / checkpoint.bare,
    note: 'the copy is written in a worker of its own',
  });
  await quiet(withCopy);
  const opened = await compare(
    3,
    async () => void (await ours.open({ dataset: withCopy })),
    async () => void (await bare.open({ dataset: without })),
  );
  rows.push({
    what: 'close and open again, with the copy against without',
    target: 'report',
    measured: pair(opened),
    ratio: opened.ours / opened.bare,
    note: 'closing writes what is due into the copy',
  });
  await quiet(withCopy);
  rows.push({
    what: 'the copy after that',
    target: 'report',
    measured: `${((await bytesOfCopy(withCopy)) / 2 ** 20).toFixed(0)} MiB`,
    note: 'begun anew when more than half of it and 16 MiB are out of date',
  });
  await bare.forget({ dataset: without });
  for (const tab of [worker, bareWorker]) tab.terminate();

  await deleteDB('vitrine');
  const again = connect<CatalogCalls>(
    new Worker(new URL('../../src/workers/catalog.ts', import.meta.url), { type: 'module' }),
  ).calls;
  let restored: unknown;
  const back = await seconds(async () => {
    restored = (await again.recent({})).find((info) => info.id === withCopy)?.restored;
  });
  rows.push({
    what: 'a start without a database: until the first screen has the dataset back',
    target: 'report',
    measured: `${back.toFixed(2)} s`,
    note: JSON.stringify(restored),
  });
  await again.forget({ dataset: withCopy });
  for (const { what, measured, ratio, note } of rows) print(`${what}: ${measured} = ${ratio?.toFixed(2)} (${note})`);
  return rows;
}

const started = performance.now();
Object.assign(window, { runBench: run });
