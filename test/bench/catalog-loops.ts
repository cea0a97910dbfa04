// The catalog at ImageNet's size against plain loops over plain arrays; bundled by catalog.bench.ts, runs in a page or in Node.
import { applyEntry } from '../../src/catalog/edit/entry.ts';
import { planEdit } from '../../src/catalog/edit/plan.ts';
import { applyLayout } from '../../src/catalog/layout.ts';
import { setPredictions } from '../../src/catalog/predictions.ts';
import { countFacets } from '../../src/catalog/query/facets.ts';
import { evaluateView } from '../../src/catalog/query/view.ts';
import { appendRows, completeDirectory, setDecoded, setFileFacts } from '../../src/catalog/rows.ts';
import { dirtyBlocks, encodeBlock, encodeMeta, restoreTable } from '../../src/catalog/snapshot.ts';
import { createTable, type Table, tableBytes } from '../../src/catalog/table.ts';
import type { Filter } from '../../src/catalog/types.ts';

/** One measurement: ours and the plain loop's, in milliseconds (or bytes a row and their bound). */
export interface Measured {
  what: string;
  target: string;
  ours: number;
  plain: number;
  unit: string;
  note: string;
}

const ROWS = 1_331_166;
const CLASSES = 1000;

/** Plain arrays with the same content as the table. */
interface Plain {
  names: string[];
  label: Uint16Array;
  split: Uint8Array;
  confidence: Float32Array;
  columns: { codes: Uint16Array; size: number }[];
  numbers: (Float32Array | Float64Array)[];
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' constants
    return state / 2 ** 32;
  };
}

/** A thousand folders a split, names like ImageNet's; facts and predictions of every row. */
function build(): { table: Table; plain: Plain; seconds: { append: number } } {
  const table = createTable();
  const next = random(1);
  applyLayout(table, {
    splitLevel: 0,
    classLevel: 1,
    splits: [
      ['train', 'train'],
      ['val', 'validation'],
    ],
  });
  const names: string[] = [];
  const label = new Uint16Array(ROWS);
  const split = new Uint8Array(ROWS);
  let append = 0;
  let row = 0;
  for (const [s, share] of [0.9624, 0.0376].entries()) {
    const total = s === 0 ? Math.floor(ROWS * share) : ROWS - row;
    const start = row;
    for (let c = 0; c < CLASSES; c++) {
      const end = start + Math.floor((total * (c + 1)) / CLASSES);
      const wnid = `n${String(1440764 + c * 9973).padStart(8, '0')}`;
      const batch: string[] = [];
      for (; row < end; row++) {
        label[row] = c;
        split[row] = s;
        batch.push(
          s === 0
            ? `${wnid}_${Math.floor(next() * 30)}${batch.length}.JPEG`
            : `ILSVRC2012_val_${String(row - start).padStart(8, '0')}.JPEG`,
        );
      }
      for (const name of batch) names.push(name.toLowerCase());
      const begun = performance.now();
      const directory = `${s === 0 ? 'train' : 'val'}/${wnid}`;
      appendRows(table, directory, batch);
      completeDirectory(table, directory);
      append += performance.now() - begun;
    }
  }
  const ids = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const predicted = Int32Array.from(label, (c) => (next() < 0.2 ? Math.floor(next() * CLASSES) : c));
  const floats = (): Float32Array => Float32Array.from(ids, () => next());
  const [confidence, margin, entropy, labelConfidence] = [floats(), floats(), floats(), floats()];
  setPredictions(table, { ids, predicted, confidence, margin, entropy, labelConfidence });
  const size = Float64Array.from(ids, () => Math.floor(next() * 200_000));
  const modified = Float64Array.from(ids, () => 1.4e12 + Math.floor(next() * 1e9));
  setFileFacts(table, ids, size, modified);
  const width = Float64Array.from(ids, () => 200 + Math.floor(next() * 500));
  const height = Float64Array.from(ids, () => 200 + Math.floor(next() * 500));
  setDecoded(
    table,
    Array.from(ids, (id) => ({
      id,
      state: 'readable',
      format: 'jpeg',
      width: width[id] ?? 0,
      height: height[id] ?? 0,
    })),
  );
  const codes = (values: ArrayLike<number>, count: number) => ({ codes: Uint16Array.from(values), size: count });
  const directory = Uint16Array.from(ids, (id) => (label[id] ?? 0) + CLASSES * (split[id] ?? 0));
  const ones = new Uint16Array(ROWS);
  const differs = Uint16Array.from(ids, (id) => (label[id] === predicted[id] ? 0 : 1));
  const plain: Plain = {
    names,
    label,
    split,
    confidence,
    // directory, split, label, predicted, format, backbone_class; disagrees, labelled, excluded, reviewed, readable
    columns: [
      codes(directory, 2 * CLASSES),
      codes(split, 2),
      codes(label, CLASSES),
      codes(predicted, CLASSES),
      codes(ones, 1),
      codes(ones, 1),
      codes(differs, 2),
      codes(ones, 2),
      codes(ones, 2),
      codes(ones, 2),
      codes(ones, 2),
    ],
    // confidence, doubt, margin, entropy, backbone_confidence, width, height, size, modified
    numbers: [
      confidence,
      Float32Array.from(labelConfidence, (p) => 1 - p),
      margin,
      entropy,
      entropy,
      width,
      height,
      size,
      modified,
    ],
  };
  return { table, plain, seconds: { append: append / 1000 } };
}

/** Medians of several runs of both, in ms, in turns so that both meet the same load; the first four warm the compiler up. */
async function time(
  ours: (i: number) => unknown,
  plain: (i: number) => unknown,
): Promise<[ours: number, plain: number]> {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < 15; i++)
    for (const [side, work] of [ours, plain].entries()) {
      const start = performance.now();
      await work(i);
      if (i > 3) times[side]?.push(performance.now() - start);
    }
  const median = (list: number[]): number => list.sort((x, y) => x - y)[list.length >> 1] ?? 0;
  return [median(times[0]), median(times[1])];
}

/** Runs all measurements. */
export async function run(print: (line: string) => void): Promise<Measured[]> {
  const { table, plain, seconds } = build();
  print(`built: ${Math.round(ROWS / seconds.append).toLocaleString()} rows/s appended and ordered`);
  const results: Measured[] = [];
  const add = (what: string, target: string, [ours, reference]: [number, number], note: string, unit = 'ms'): void => {
    results.push({ what, target, ours, plain: reference, unit, note });
    print(
      `${what}: ${ours.toFixed(1)} : ${reference.toFixed(1)} ${unit} = ${(ours / reference).toFixed(2)} (${target})`,
    );
  };

  add(
    'memory of a row: labels, facts, predictions',
    '≤ 1',
    [tableBytes(table) / ROWS, 64],
    'default order included',
    'bytes',
  );

  // every run asks for something new, because what was asked before is kept
  const view = (filter: Filter) => evaluateView(table, { filter });
  const classes = [...table.classes.records.keys()].map((id) => table.classes.records[id]?.name ?? '');
  add(
    'filter by class',
    '≤ 2',
    await time(
      (i) => view({ field: 'label', is: classes[i * 31] ?? '' }),
      (i) => {
        const { label } = plain;
        const wanted = i * 31;
        const ids = new Uint32Array(ROWS);
        let n = 0;
        for (let row = 0; row < ROWS; row++) if (label[row] === wanted) ids[n++] = row;
        return ids.slice(0, n);
      },
    ),
    'one loop over a Uint16Array that lists ids; ours also in default order',
  );
  add(
    'filter by range',
    '≤ 2',
    await time(
      (i) => view({ field: 'confidence', between: [0.3 + i / 100, 0.6] }),
      (i) => {
        const { confidence } = plain;
        const from = 0.3 + i / 100;
        const ids = new Uint32Array(ROWS);
        let n = 0;
        for (let row = 0; row < ROWS; row++) {
          const v = confidence[row] ?? 0;
          if (v >= from && v <= 0.6) ids[n++] = row;
        }
        return ids.slice(0, n);
      },
    ),
    'one loop over a Float32Array that lists ids',
  );
  const needles = [
    '_10',
    'n0145',
    '77.j',
    'val_00',
    '1234',
    '0.jpeg',
    'zebra',
    '99',
    'a',
    'n02',
    '_5',
    '_7',
    'n03',
    '66',
    '00',
  ];
  add(
    'filter by text in the name',
    '≤ 2',
    await time(
      (i) => view({ field: 'name', contains: needles[i] ?? '' }),
      (i) => {
        const { names } = plain;
        const needle = needles[i] ?? '';
        const ids = new Uint32Array(ROWS);
        let n = 0;
        for (let row = 0; row < ROWS; row++) if (names[row]?.includes(needle)) ids[n++] = row;
        return ids.slice(0, n);
      },
    ),
    'String.includes of each name, in lower case beforehand',
  );

  const limits = plain.columns.map(({ codes, size }) => ({ codes, size }));
  add(
    'all facets after a change of filter',
    '≤ 2',
    await time(
      (i) => countFacets(table, { filter: { field: 'confidence', between: [0.2 + i / 1000, 1] } }),
      (i) => {
        const { confidence } = plain;
        const from = 0.2 + i / 1000;
        let sum = 0;
        for (const { codes, size } of limits) {
          const counts = new Uint32Array(size);
          for (let row = 0; row < ROWS; row++) if ((confidence[row] ?? 0) >= from) counts[codes[row] ?? 0]!++;
          sum += counts[0] ?? 0;
        }
        for (const numbers of plain.numbers) {
          const counts = new Uint32Array(40);
          const scale =
            numbers.length > 0
              ? 36 / (numbers === plain.numbers[8] ? 1e9 : numbers instanceof Float32Array ? 1 : 200_000)
              : 0;
          const low = numbers === plain.numbers[8] ? 1.4e12 : 0;
          for (let row = 0; row < ROWS; row++)
            if ((confidence[row] ?? 0) >= from) counts[(((numbers[row] ?? 0) - low) * scale) | 0]!++;
          sum += counts[0] ?? 0;
        }
        return sum;
      },
    ),
    'one loop a facet: the same filter, a count a row',
  );
  const half = { field: 'confidence', between: [0.5, null] } satisfies Filter;
  await view(half);
  add(
    'sort ids by a float column',
    '≤ 1',
    await time(
      (i) => evaluateView(table, { sort: [{ field: i % 2 === 0 ? 'margin' : 'entropy' }] }),
      () => plain.confidence.slice().sort(),
    ),
    'Float32Array.prototype.sort of a copy of the values',
  );
  const next = random(7);
  const chosen = [...new Set(Array.from({ length: 130_000 }, () => Math.floor(next() * ROWS)))].slice(0, 100_000);
  const rows = Uint32Array.from(chosen).sort();
  const entries: unknown[] = [];
  const store = await openStore();
  add(
    'label 100,000 rows, durable',
    '≤ 3',
    await time(
      async (i) => {
        const entry = planEdit(table, { kind: 'label', rows, set: [classes[i] ?? ''] });
        await store(entry);
        applyEntry(table, entry, 'do');
        entries[i] = entry;
      },
      (i) => store(entries[i]),
    ),
    'writing the same entries, strict',
  );
  const blocks = dirtyBlocks(table).map((key) => ({ ...key, bytes: encodeBlock(table, key) }));
  const meta = encodeMeta(table);
  const stored = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  add(
    'restore and first window',
    '≤ 1',
    await time(
      async () => {
        const again = restoreTable(
          meta,
          blocks.map(({ column, block, bytes }) => ({ column, block, bytes })),
        );
        await evaluateView(again.table, {});
      },
      () => blocks.map(({ bytes }) => bytes.slice()),
    ),
    `a copy of the ${(stored / 2 ** 20).toFixed(0)} MiB of blocks`,
  );
  return results;
}

/** A function that puts a value into IndexedDB and resolves when the disk has it; in Node, which has none, it is only cloned. */
async function openStore(): Promise<(value: unknown) => Promise<void>> {
  if (!('indexedDB' in globalThis)) return async (value) => void structuredClone(value);
  const request = indexedDB.open('bench', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('entries', { autoIncrement: true });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return (value) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction('entries', 'readwrite', { durability: 'strict' });
      transaction.objectStore('entries').put(value);
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => reject(transaction.error);
    });
}
