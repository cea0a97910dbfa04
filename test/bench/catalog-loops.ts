// The catalog at ImageNet's size against plain loops over plain arrays; bundled by catalog.bench.ts, runs in a page or in Node.
import { applyEntry } from '../../src/catalog/edit/entry.ts';
import { planEdit } from '../../src/catalog/edit/plan.ts';
import { countFacets } from '../../src/catalog/query/facets.ts';
import { evaluateView } from '../../src/catalog/query/view.ts';
import { dirtyBlocks, encodeBlock, encodeMeta, restoreTable } from '../../src/catalog/snapshot.ts';
import { tableBytes } from '../../src/catalog/table.ts';
import type { Filter } from '../../src/catalog/types.ts';
import { buildImageNet, ROWS, random } from './imagenet.ts';

/** One measurement: ours and the plain loop's, in milliseconds (or bytes a row and their bound). */
export interface Measured {
  what: string;
  target: string;
  ours: number;
  plain: number;
  unit: string;
  note: string;
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
  const { table, plain, seconds } = buildImageNet();
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
      (i) => {
        table.sorted.clear(); // as if nobody had sorted by it before
        return evaluateView(table, { sort: [{ field: i % 2 === 0 ? 'margin' : 'entropy' }] });
      },
      () => plain.confidence.slice().sort(),
    ),
    'Float32Array.prototype.sort of a copy of the values; the first sort by a field',
  );
  await evaluateView(table, { sort: [{ field: 'name' }] });
  add(
    'sort by name again, of another half of the rows',
    '≤ 1',
    await time(
      (i) => evaluateView(table, { filter: i % 2 === 0 ? half : { not: half }, sort: [{ field: 'name' }] }),
      () => plain.confidence.slice().sort(),
    ),
    'the same yardstick; sorts by one field are kept (the last four), and the first by name is made when nothing is asked for',
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
