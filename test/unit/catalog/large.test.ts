// What only shows with several blocks: memory of a row, filters and facets over block borders, what is evaluated again, stopping, saving.
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEntry } from '../../../src/catalog/edit/entry.ts';
import { planEdit } from '../../../src/catalog/edit/plan.ts';
import { applyLayout } from '../../../src/catalog/layout.ts';
import { setPredictions, setZeroShot, trainingRows } from '../../../src/catalog/predictions.ts';
import { fieldNamed, valueAt } from '../../../src/catalog/query/access.ts';
import { countFacets } from '../../../src/catalog/query/facets.ts';
import { filterRows } from '../../../src/catalog/query/filter.ts';
import { evaluateView, indexInView, isStale } from '../../../src/catalog/query/view.ts';
import {
  appendRows,
  completeDirectory,
  findRow,
  pathOf,
  rowsWithoutFacts,
  setDecoded,
  setFileFacts,
} from '../../../src/catalog/rows.ts';
import { rowsOf, sampleOf } from '../../../src/catalog/sample.ts';
import { dirtyBlocks, encodeBlock, encodeMeta, markSaved, restoreTable } from '../../../src/catalog/snapshot.ts';
import { createTable, type Table, tableBytes } from '../../../src/catalog/table.ts';
import type { Facet, Filter } from '../../../src/catalog/types.ts';
import { compareNatural } from '../../../src/shared/natural.ts';

const FOLDERS = 200;
const PER_FOLDER = 1000;
const ROWS = FOLDERS * PER_FOLDER;

/** 200 folders of 1,000 names like ImageNet's, with every fact and prediction. */
function build(): Table {
  const table = createTable();
  applyLayout(table, { splitLevel: 0, classLevel: 1, splits: [['train', 'train']] });
  for (let folder = 0; folder < FOLDERS; folder++) {
    const wnid = rowName(folder);
    const names = Array.from({ length: PER_FOLDER }, (_, i) => `${wnid}_${(i * 7919) % 20_011}.JPEG`);
    appendRows(table, `train/${wnid}`, names);
    completeDirectory(table, `train/${wnid}`);
  }
  const ids = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const share = (k: number): Float32Array => Float32Array.from(ids, (id) => ((id * k) % 1009) / 1009);
  const predicted = Int32Array.from(ids, (id) => (id % 5 === 0 ? id % FOLDERS : Math.floor(id / PER_FOLDER)));
  setPredictions(table, {
    ids,
    predicted,
    confidence: share(7),
    margin: share(11),
    entropy: share(13),
    labelConfidence: share(17),
  });
  setFileFacts(
    table,
    ids,
    Float64Array.from(ids, (id) => 1000 + (id % 300_000)),
    Float64Array.from(ids, (id) => 1.4e12 + id * 1000),
  );
  setDecoded(
    table,
    Array.from(ids, (id) => ({ id, state: 'readable', format: 'jpeg', width: 200 + (id % 400), height: 300 })),
  );
  return table;
}

const rowName = (folder: number): string => `n${String(1_440_764 + folder * 997).padStart(8, '0')}`;

function compareValues(a: unknown, b: unknown, descending: boolean): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const order = typeof a === 'string' ? compareNatural(a, String(b)) : Number(a) - Number(b);
  return descending ? -order : order;
}

describe('200,000 rows with labels, facts and predictions', () => {
  let table: Table;
  beforeAll(() => {
    table = build();
  });

  test('take at most 64 bytes each, the default order included', () => {
    expect(tableBytes(table) / ROWS).toBeLessThanOrEqual(64);
  });

  test('are filtered the same in every block', async () => {
    const wanted = (id: number): boolean => ((id * 7) % 1009) / 1009 >= 0.5 && 200 + (id % 400) <= 250;
    const rows = await filterRows(table, {
      and: [
        { field: 'confidence', between: [0.5, null] },
        { field: 'width', between: [null, 250] },
      ],
    });
    const expected = Array.from({ length: ROWS }, (_, id) => id).filter(wanted);
    expect([...rows.ids()]).toEqual(expected);
    const text = await filterRows(table, { field: 'name', contains: '_777.jp' });
    expect([...text.ids()]).toEqual(
      Array.from({ length: ROWS }, (_, id) => id).filter((id) => pathOf(table, id).includes('_777.JP')),
    );
  });

  test('give facets whose long lists are cut and add up', async () => {
    const only = await countFacets(table, { filter: { field: 'width', is: 207 } }, ['label', 'size', 'confidence']);
    const [label, size, confidence] = only;
    if (label?.kind !== 'values' || size?.kind !== 'histogram' || confidence?.kind !== 'histogram')
      throw new Error('kinds');
    const total = ROWS / 400;
    const sum = (counts: number[]): number => counts.reduce((a, b) => a + b, 0);
    expect(sum(label.values.map(({ count }) => count)) + label.other.rows + label.missing).toBe(total);
    expect(sum(size.counts)).toBe(total);
    expect(sum(confidence.counts)).toBe(total);
    expect(size.known).toBe(ROWS);
    for (const edge of size.edges) expect(Number.isInteger(edge)).toBe(true);
    expect(size.counts.length).toBeGreaterThan(20);
    expect(size.counts.length).toBeLessThan(60);
    for (let i = 0; i < 5; i++) {
      appendRows(table, `train/extra${i}`, [`a${i}.jpg`]);
      completeDirectory(table, `train/extra${i}`);
    }
    const [cut] = (await countFacets(table, {}, ['directory'])) as [Extract<Facet, { kind: 'values' }>];
    expect(cut.values.length).toBe(200);
    expect(cut.other).toEqual({ rows: 5, values: 5 });
  });

  test.each([
    ['confidence', false],
    ['confidence', true],
    ['size', true],
    ['modified', true],
    ['name', false],
    ['name', true],
    ['predicted', false],
    ['disagrees', true],
    ['path', true],
  ])('are sorted by %s (descending: %s), ties in default order', async (field, descending) => {
    const { ids } = await evaluateView(table, { sort: [{ field, descending }] });
    const place = new Uint32Array(ids.length);
    (await evaluateView(table, {})).ids.forEach((id, position) => {
      place[id] = position;
    });
    const readable = fieldNamed(table, field);
    const value = (id: number): unknown => (field === 'path' ? (place[id] ?? 0) : valueAt(table, readable, id));
    let wrong = 0;
    let last = value(ids[0] ?? 0);
    for (let i = 1; i < ids.length; i++) {
      const [a, b] = [ids[i - 1] ?? 0, ids[i] ?? 0];
      const next = value(b);
      const order = compareValues(last, next, descending);
      if (order > 0 || (order === 0 && (place[a] ?? 0) > (place[b] ?? 0))) wrong++;
      last = next;
    }
    expect(wrong).toBe(0);
  });

  test.each([true, false])(
    'sorted before, are the same under another filter and after edits (descending: %s)',
    async (descending) => {
      const isSame = (a: Uint32Array, b: Uint32Array): boolean =>
        a.length === b.length && a.every((id, i) => id === b[i]);
      for (const field of ['confidence', 'label']) {
        const filter: Filter = { field: 'width', between: [null, 450] };
        const sort = [{ field, descending }];
        const fresh = async (): Promise<Uint32Array> => {
          table.sorted.clear();
          return (await evaluateView(table, { filter, sort })).ids;
        };
        const expected = await fresh();
        await evaluateView(table, { sort });
        expect(isSame((await evaluateView(table, { filter, sort })).ids, expected)).toBe(true);
        const kept = table.sorted.get(`${descending ? '-' : '+'}${field}`);
        expect(kept?.ids.length).toBe(table.rowCount);

        const rows = Uint32Array.of(1, 500, 150_000);
        applyEntry(table, planEdit(table, { kind: 'label', rows, set: [`new-${field}-${descending}`] }), 'do');
        const after = (await evaluateView(table, { filter, sort })).ids;
        expect(table.sorted.get(`${descending ? '-' : '+'}${field}`) === kept).toBe(field !== 'label');
        expect(isSame(after, await fresh())).toBe(true);
      }
    },
  );

  test('are counted as a plain loop counts them', async () => {
    const filter = { field: 'confidence', between: [0.25, 0.75] } satisfies Filter;
    const [predicted, width, margin] = await countFacets(table, { filter }, ['predicted', 'width', 'margin']);
    if (predicted?.kind !== 'values' || width?.kind !== 'histogram' || margin?.kind !== 'histogram')
      throw new Error('kinds');
    const byName = new Map<string, number>();
    const widths = width.counts.map(() => 0);
    const margins = margin.counts.map(() => 0);
    const binOf = (edges: number[], v: number): number =>
      Math.min(
        edges.findLastIndex((edge) => v >= edge),
        edges.length - 2,
      );
    for (let id = 0; id < ROWS; id++) {
      const confidence = Math.fround(((id * 7) % 1009) / 1009);
      if (confidence < 0.25 || confidence > 0.75) continue;
      const name = rowName(id % 5 === 0 ? id % FOLDERS : Math.floor(id / PER_FOLDER));
      byName.set(name, (byName.get(name) ?? 0) + 1);
      const w = binOf(width.edges, 200 + (id % 400));
      widths[w] = (widths[w] ?? 0) + 1;
      const m = binOf(margin.edges, Math.fround(((id * 11) % 1009) / 1009));
      margins[m] = (margins[m] ?? 0) + 1;
    }
    expect(new Map(predicted.values.map(({ value, count }) => [value, count]))).toEqual(byName);
    expect(width.counts).toEqual(widths);
    expect(margin.counts).toEqual(margins);
  });

  test('are evaluated again only in the blocks that an edit touched', async () => {
    const filter = { field: 'excluded', is: false } as const;
    await filterRows(table, filter);
    const known = [...table.conditions.values()].pop();
    if (!known) throw new Error('no condition');
    known.words.fill(0); // what is not evaluated again stays empty
    applyEntry(table, planEdit(table, { kind: 'exclude', rows: Uint32Array.of(20_000), value: true }), 'do');
    const rows = await filterRows(table, filter);
    expect(rows.count()).toBe(16_384 - 1);
    expect(rows.has(16_384)).toBe(true);
    table.conditions.clear();
  });

  test('let others run while they are filtered, and stop when asked to', async () => {
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses++;
    };
    await evaluateView(table, { filter: { field: 'name', contains: '_5' }, sort: [{ field: 'name' }] }, { pause });
    expect(pauses).toBeGreaterThan(2);
    const stop = new AbortController();
    const halted = evaluateView(
      table,
      { filter: { field: 'name', contains: '_6' } },
      { signal: stop.signal, pause: async () => stop.abort() },
    );
    await expect(halted).rejects.toMatchObject({ code: 'aborted' });
  });

  test('changed while a query pauses, are as they are at its end', async () => {
    let edited = false;
    const pause = async (): Promise<void> => {
      if (edited) return;
      edited = true;
      applyEntry(table, planEdit(table, { kind: 'exclude', rows: Uint32Array.of(3, 150_000), value: true }), 'do');
    };
    const view = await evaluateView(
      table,
      {
        filter: {
          and: [
            { field: 'excluded', is: true },
            { field: 'name', contains: '_' },
          ],
        },
      },
      { pause },
    );
    expect(edited).toBe(true);
    expect([...view.ids].sort((a, b) => a - b)).toEqual([3, 20_000, 150_000]);
    expect(isStale(table, view)).toBe(false);
    applyEntry(table, planEdit(table, { kind: 'review', rows: Uint32Array.of(3), value: true }), 'do');
    expect(isStale(table, view)).toBe(false);
    applyEntry(table, planEdit(table, { kind: 'exclude', rows: Uint32Array.of(3), value: false }), 'do');
    expect(isStale(table, view)).toBe(true);
  });

  test('come back from their blocks, of which an edit writes few again', async () => {
    const keys = dirtyBlocks(table);
    const stored = new Map(
      keys.map((key) => [`${key.column}/${key.block}`, { ...key, bytes: encodeBlock(table, key) }]),
    );
    markSaved(table, keys, encodeMeta(table));
    applyEntry(table, planEdit(table, { kind: 'label', rows: Uint32Array.of(7, 9), set: ['new'] }), 'do');
    const changed = dirtyBlocks(table);
    expect(changed.map(({ column, block }) => `${column}/${block}`).sort()).toEqual(['label/0', 'labelEdited/0']);
    for (const key of changed) stored.set(`${key.column}/${key.block}`, { ...key, bytes: encodeBlock(table, key) });
    const { table: again, lost } = restoreTable(structuredClone(encodeMeta(table)), stored.values());
    expect(lost).toEqual([]);
    expect(sampleOf(again, 7)).toEqual(sampleOf(table, 7));
    const [a, b] = [await evaluateView(again, {}), await evaluateView(table, {})];
    expect(a.ids.length).toBe(ROWS + 5);
    expect(a.ids.every((id, i) => id === b.ids[i])).toBe(true);
    expect(findRow(again, pathOf(table, 123_456))).toBe(123_456);
    expect(indexInView(a, a.ids[5] ?? 0)).toBe(5);
    expect(dirtyBlocks(again)).toEqual([]);
  });

  test('lose no more than a damaged block says', () => {
    const keys = dirtyBlocks(table);
    const all = [...table.columns].flatMap(([column, { data }]) =>
      [...data.blocks.keys()].map((block) => ({ column, block, version: 0 })),
    );
    const blocks = all.flatMap((key) => {
      if (table.columns.get(key.column)?.data.blocks[key.block] === undefined) return [];
      const bytes = encodeBlock(table, key);
      return [{ ...key, bytes: key.column === 'confidence' && key.block === 2 ? bytes.slice(0, 100) : bytes }];
    });
    const { table: again, lost } = restoreTable(
      encodeMeta(table),
      blocks.filter(({ column, block }) => !(column === 'name' && block === 1)),
    );
    expect(lost).toEqual([
      { column: 'name', block: 1 },
      { column: 'confidence', block: 2 },
    ]);
    expect(() => sampleOf(again, 16_384)).toThrow(expect.objectContaining({ code: 'not-found' }));
    const [row] = rowsOf(again, Uint32Array.of(2 * 16_384));
    expect(row?.confidence).toBe(null);
    expect(row?.labels).toEqual(rowsOf(table, Uint32Array.of(2 * 16_384))[0]?.labels);
    expect(keys.length).toBeGreaterThan(0);
  });

  test('say what training reads, and which rows have no facts yet', () => {
    const { from } = appendRows(table, 'val/later', ['1.jpg', '2.jpg']);
    expect([...rowsWithoutFacts(table, ROWS + 4, 10)]).toEqual([from, from + 1]);
    expect([...rowsWithoutFacts(table, from, 1)]).toEqual([from + 1]);
    const training = trainingRows(table, Uint32Array.of(0, 7, from));
    expect(training.splits).toEqual(['train']);
    expect([...training.split]).toEqual([0, 0, -1]);
    expect([...training.labels].map((id) => training.classes.find((c) => c.id === id)?.name)).toEqual([
      'n01440764',
      'new',
      'later',
    ]);
    setZeroShot(table, {
      ids: Uint32Array.of(from),
      classes: ['tench', 'cat'],
      codes: Uint16Array.of(1),
      confidence: Float32Array.of(0.5),
    });
    expect(sampleOf(table, from).fields).toMatchObject({ backbone_class: 'cat', backbone_confidence: 0.5 });
  });
});
