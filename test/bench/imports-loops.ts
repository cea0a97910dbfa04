// A stored dataset of ImageNet's size: its label files written, read and committed by the application's code, and by the bare libraries; opened by imports.bench.ts.
import type { FormatId, FormatOptions } from '../../src/formats/types.ts';
import type { CatalogCalls } from '../../src/workers/calls.ts';
import { type Client, connect } from '../../src/workers/rpc.ts';
import { ask } from './bare/ask.ts';
import type { BareFormat } from './bare/label-files.ts';
import type { Serialisation } from './bare/serialise.worker.ts';
import { type Compared, median, pair } from './bare/timing.ts';
import { ROWS } from './imagenet.ts';
import type { Task } from './imports.worker.ts';
import type { Row } from './types.ts';

declare global {
  interface Window {
    /** Begins to sample the largest renderer's resident memory; `peakMemory` ends it and gives the largest, in MB. */
    watchMemory(): Promise<void>;
    peakMemory(): Promise<number>;
  }
}

type Catalog = Client<CatalogCalls>;
type Print = (line: string) => void;

interface System {
  format: BareFormat;
  system: FormatId;
  title: string;
  options: FormatOptions;
  written: string;
  read: string;
  note: string;
}

const SYSTEMS: readonly System[] = [
  {
    format: 'csv',
    system: 'lightly-train',
    title: "LightlyTrain's CSV files",
    options: { form: 'csv' },
    written: 'papaparse on ready objects',
    read: 'papaparse (lists of cells, no header)',
    note: 'a path and a label in each row',
  },
  {
    format: 'jsonl',
    system: 'imagefolder',
    title: 'metadata.jsonl',
    options: { kind: 'jsonl', place: 'root', style: 'huggingface', predictions: true },
    written: 'JSON.stringify on ready objects',
    read: 'JSON.parse of each line',
    note: 'path, label, predicted class and confidence in each line',
  },
  {
    format: 'hdf5',
    system: 'dbcollection',
    title: "dbcollection's classification.h5",
    options: {},
    written: 'h5wasm on ready arrays, same chunks and deflate',
    read: 'h5wasm (every dataset, names as text)',
    note: 'seven datasets in two sets',
  },
];

const spawn = (): Worker => new Worker(new URL('./imports.worker.ts', import.meta.url), { type: 'module' });
const askFor = <Answer>(worker: Worker, task: Task): Promise<Answer> => ask<Answer>(worker, task);

async function fill(): Promise<string> {
  const worker = new Worker(new URL('./fill.worker.ts', import.meta.url), { type: 'module' });
  const { id } = await ask<{ id: string }>(worker, null);
  worker.terminate();
  return id;
}

/** Seconds of the bare library on the same rows. */
async function writeBare({ format }: System, files: readonly File[]): Promise<number> {
  let sum = 0;
  for (const file of files) {
    const worker =
      format === 'hdf5'
        ? spawn()
        : new Worker(new URL('./bare/serialise.worker.ts', import.meta.url), { type: 'module' });
    sum +=
      format === 'hdf5'
        ? await askFor<number>(worker, { kind: 'write-hdf5', file })
        : await ask<number>(worker, { blob: file, format } satisfies Serialisation);
    worker.terminate();
  }
  return sum;
}

async function writing(catalog: Catalog, system: System): Promise<{ row: Row; files: File[] }> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  let files: File[] = [];
  for (let round = 0; round < 3; round++) {
    const from = performance.now();
    const written = await catalog.exportWrite({
      options: { format: 'system', system: system.system, options: system.options },
      target: 'blobs',
    });
    const ours = (performance.now() - from) / 1000;
    files = written.files.flatMap(({ path, blob }) =>
      blob && /\.(csv|jsonl|h5)$/.test(path) ? [new File([blob], path, { lastModified: 0 })] : [],
    );
    const bare = await writeBare(system, files);
    times.ours.push(ours);
    times.bare.push(bare);
  }
  const both = { ours: median(times.ours), bare: median(times.bare) };
  const row = {
    what: `write ${system.title}, all rows, no disk, against ${system.written}`,
    target: '≤ 1.5',
    measured: pair(both),
    ratio: both.ours / both.bare,
    note: `${sizeOf(files)}; ours takes the rows out of the catalog and hands Blobs to the browser, the yardstick does neither`,
  };
  return { row, files };
}

const sizeOf = (files: readonly File[]): string =>
  `${(files.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(0)} MB`;

async function reading(worker: Worker, { system, format, title, read, note }: System, files: File[]): Promise<Row> {
  const both = await askFor<Compared>(worker, { kind: 'read', system, format, files });
  return {
    what: `read ${title}, matched to the pictures and gathered by picture, against ${read}`,
    target: '≤ 1.5',
    measured: pair(both),
    ratio: both.ours / both.bare,
    note: `${sizeOf(files)}; ${note}`,
  };
}

/** What a person waits for, in the application's catalog worker. */
async function committing(catalog: Catalog, { system, title }: System, files: readonly File[]): Promise<Row[]> {
  const given = files.map((file) => ({ path: file.name, file }));
  const found = await catalog.importDetect({ files: given });
  const best = found.find((one) => one.format === system);
  if (!best) throw new Error(`${title} is not detected`);
  await window.watchMemory();
  const before = await window.peakMemory();
  await window.watchMemory();
  const from = performance.now();
  const plan = await catalog.importPlan({ format: system, options: best.options });
  const planned = (performance.now() - from) / 1000;
  const planPeak = await window.peakMemory();
  if (plan.imported !== ROWS || plan.found !== ROWS) throw new Error(`${plan.imported} rows of ${plan.found}`);
  await window.watchMemory();
  const begun = performance.now();
  const { rows } = await catalog.importCommit({ prefer: 'files' });
  const committed = (performance.now() - begun) / 1000;
  const commitPeak = await window.peakMemory();
  await catalog.undo({});
  const memory = (peak: number): string =>
    `largest renderer process, resident: ${before} MB before, at most ${peak} MB meanwhile`;
  return [
    {
      what: `plan the import of ${title}, from the call to what the panel shows`,
      target: 'report',
      measured: `${planned.toFixed(2)} s`,
      note: memory(planPeak),
    },
    {
      what: `commit it: one edit of ${rows.toLocaleString('en')} rows, journal and checkpoint, durable`,
      target: 'report',
      measured: `${committed.toFixed(2)} s`,
      note: memory(commitPeak),
    },
  ];
}

async function zip(worker: Worker): Promise<Row> {
  const entries = 70_000;
  const both = await askFor<Compared>(worker, { kind: 'zip', entries });
  return {
    what: `list a zip of ${entries.toLocaleString('en')} entries against a plain walk of its central directory that checks nothing`,
    target: '≤ 1.5',
    measured: pair(both),
    ratio: both.ours / both.bare,
    note: 'names judged, places, sizes and duplicates checked',
  };
}

export async function run(print: Print): Promise<Row[]> {
  const rows: Row[] = [];
  const say = (row: Row): void => {
    rows.push(row);
    print(`${row.what}: ${row.measured}${row.ratio === undefined ? '' : ` = ${row.ratio.toFixed(2)}`} (${row.note})`);
  };
  const id = await fill();
  const application = new Worker(new URL('../../src/workers/catalog.ts', import.meta.url), { type: 'module' });
  const catalog = connect<CatalogCalls>(application).calls;
  await catalog.open({ dataset: id });
  const made: { system: System; files: File[] }[] = [];
  for (const system of SYSTEMS) {
    const { row, files } = await writing(catalog, system);
    made.push({ system, files });
    say(row);
  }
  for (const { system, files } of made) for (const row of await committing(catalog, system, files)) say(row);
  await catalog.forget({ dataset: id });
  application.terminate();

  const worker = spawn();
  const index = await askFor<{ seconds: number }>(worker, { kind: 'index' });
  say({
    what: 'index of all pictures by path, made once an import',
    target: 'report',
    measured: `${index.seconds.toFixed(2)} s`,
    note: 'not part of the rows that follow',
  });
  for (const { system, files } of made) say(await reading(worker, system, files));
  for (const { system, files } of made) {
    const seconds = await askFor<number>(worker, { kind: 'cancel', system: system.system, files });
    say({
      what: `cancel the reading of ${system.title} in the middle, until nothing runs`,
      target: 'report',
      measured: `${(seconds * 1000).toFixed(0)} ms`,
      note: 'nothing is changed',
    });
  }
  say(await zip(worker));
  worker.terminate();
  return rows;
}

Object.assign(window, { runBench: run });
