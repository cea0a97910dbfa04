// A stored dataset of ImageNet's size in the application's catalog worker, against bare IndexedDB and bare serialisation; opened by store.bench.ts.
import type { ExportOptions } from '../../src/jobs/export-types.ts';
import type { CatalogCalls } from '../../src/workers/calls.ts';
import { type Client, connect } from '../../src/workers/rpc.ts';
import { ask } from './bare/ask.ts';
import type { Serialisation } from './bare/serialise.worker.ts';
import { median, pair, seconds } from './bare/timing.ts';
import { ROWS, random } from './imagenet.ts';
import type { Row } from './types.ts';

type Catalog = Client<CatalogCalls>;
type Print = (line: string) => void;

const spawnBare = (): Worker => new Worker(new URL('./bare/indexeddb.worker.ts', import.meta.url), { type: 'module' });

/** Fills the store of this origin; gives the dataset's id and the bytes of its blocks. */
export async function fill(): Promise<{ id: string; bytes: number }> {
  const worker = new Worker(new URL('./fill.worker.ts', import.meta.url), { type: 'module' });
  const filled = await ask<{ id: string; bytes: number }>(worker, null);
  worker.terminate();
  return filled;
}

async function opening(catalog: Catalog, dataset: string, bytes: number): Promise<Row> {
  const bare = spawnBare();
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = -1; round < 7; round++) {
    const ours = await seconds(async () => {
      await catalog.open({ dataset });
      const { view } = await catalog.openView({ query: {} });
      const { rows } = await catalog.rows({ view, from: 0, to: 200 });
      if (rows.length !== 200) throw new Error('the first window is not whole');
    });
    await catalog.close({}); // its checks of the blocks end here
    const plain = await seconds(() => ask(bare, { blocks: dataset }));
    if (round < 0) continue; // both read from the disk for the first time
    times.ours.push(ours);
    times.bare.push(plain);
  }
  bare.terminate();
  const both = { ours: median(times.ours), bare: median(times.bare) };
  return {
    what: 'open a known dataset, from `open` to the first 200 rows, against reading its blocks from IndexedDB',
    target: '≤ 1.5',
    measured: pair(both),
    ratio: both.ours / both.bare,
    note: `${(bytes / 2 ** 20).toFixed(0)} MiB of blocks: names, labels, facts and predictions`,
  };
}

async function labelling(catalog: Catalog, dataset: string): Promise<Row> {
  await catalog.open({ dataset });
  const { classes } = (await catalog.state({})) ?? { classes: [] };
  const next = random(7);
  const chosen = new Set<number>();
  while (chosen.size < 100_000) chosen.add(Math.floor(next() * ROWS));
  const rows = Uint32Array.from(chosen).sort();
  const bare = spawnBare();
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < 9; round++) {
    const set = [classes[round]?.name ?? ''];
    const ours = await seconds(() => catalog.edit({ command: { kind: 'label', rows, set } }));
    const entry = await ask(bare, { lastEdit: dataset });
    const plain = await seconds(() => ask(bare, { write: entry }));
    await catalog.undo({}); // so that every round replaces the labels of a thousand folders
    if (round === 0) continue; // the code is compiled
    times.ours.push(ours);
    times.bare.push(plain);
  }
  bare.terminate();
  const both = { ours: median(times.ours), bare: median(times.bare) };
  return {
    what: 'label 100,000 scattered rows, from the call to the durable answer, against writing the same journal entry to IndexedDB, strict',
    target: '≤ 3',
    measured: pair(both),
    ratio: both.ours / both.bare,
    note: 'through the worker; includes the labels that are replaced',
  };
}

async function exporting(catalog: Catalog, print: Print): Promise<Row[]> {
  const rows: Row[] = [];
  const formats: [Serialisation['format'], string, ExportOptions][] = [
    [
      'csv',
      'papaparse on ready objects',
      { format: 'csv', files: 'one', prefix: '', predictions: true, probabilities: false },
    ],
    [
      'jsonl',
      'JSON.stringify on ready objects',
      { format: 'metadata-jsonl', place: 'root', labelKey: 'label', predictions: true },
    ],
  ];
  for (const [format, against, options] of formats) {
    const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    let bytes = 0;
    for (let round = 0; round < 3; round++) {
      const from = performance.now();
      const { files } = await catalog.exportWrite({ options, target: 'blobs' });
      times.ours.push((performance.now() - from) / 1000);
      const blob = files[0]?.blob;
      if (!blob || files[0]?.rows !== ROWS) throw new Error('the export is not whole');
      bytes = blob.size;
      const worker = new Worker(new URL('./bare/serialise.worker.ts', import.meta.url), { type: 'module' });
      times.bare.push(await ask<number>(worker, { blob, format } satisfies Serialisation));
      worker.terminate();
      print(`${format}: ${times.ours.at(-1)?.toFixed(2)} : ${times.bare.at(-1)?.toFixed(2)} s`);
    }
    const both = { ours: median(times.ours), bare: median(times.bare) };
    rows.push({
      what: `export every row as ${format.toUpperCase()} with predictions, no disk, against ${against}`,
      target: '≤ 1.5',
      measured: pair(both),
      ratio: both.ours / both.bare,
      note: `${(bytes / 1e6).toFixed(0)} MB; ours with handing them to the browser as Blobs, 0.65 s of processor time for 168 MB, which the yardstick does not do`,
    });
  }
  return rows;
}

export async function run(print: Print): Promise<Row[]> {
  const { id, bytes } = await fill();
  print(`filled: ${(bytes / 2 ** 20).toFixed(0)} MiB`);
  const worker = new Worker(new URL('../../src/workers/catalog.ts', import.meta.url), { type: 'module' });
  const catalog = connect<CatalogCalls>(worker).calls;
  await catalog.recent({}); // the worker has started
  const rows: Row[] = [];
  for (const part of [
    () => opening(catalog, id, bytes),
    () => labelling(catalog, id),
    () => exporting(catalog, print),
  ]) {
    const made = [await part()].flat();
    for (const { what, measured, ratio } of made) print(`${what}: ${measured} = ${ratio?.toFixed(2)}`);
    rows.push(...made);
  }
  await catalog.forget({ dataset: id });
  worker.terminate();
  return rows;
}

Object.assign(window, { runBench: run });
