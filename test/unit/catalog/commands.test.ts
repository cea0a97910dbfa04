// What edits say and refuse, what survives in the journal, and what queries refuse.
import { beforeEach, describe, expect, test } from 'vitest';
import { TextColumn } from '../../../src/catalog/columns/text.ts';
import { applyEntry } from '../../../src/catalog/edit/entry.ts';
import { createHistory, type JournalRecord, replayJournal } from '../../../src/catalog/edit/history.ts';
import { planEdit } from '../../../src/catalog/edit/plan.ts';
import { applyLayout } from '../../../src/catalog/layout.ts';
import { binEdges } from '../../../src/catalog/query/edges.ts';
import { countFacets } from '../../../src/catalog/query/facets.ts';
import { filterRows } from '../../../src/catalog/query/filter.ts';
import { evaluateView } from '../../../src/catalog/query/view.ts';
import { appendRows, completeDirectory, directoryCounts } from '../../../src/catalog/rows.ts';
import { rowsOf, sampleOf } from '../../../src/catalog/sample.ts';
import { listClasses, summarize } from '../../../src/catalog/summary.ts';
import { addColumn, createTable, type Table } from '../../../src/catalog/table.ts';
import type { EditCommand, Filter } from '../../../src/catalog/types.ts';

let table: Table;
const all = (): Uint32Array => Uint32Array.from({ length: table.rowCount }, (_, i) => i);
const perform = (command: EditCommand) => {
  const entry = planEdit(table, command);
  applyEntry(table, entry, 'do');
  return entry;
};

beforeEach(() => {
  table = createTable();
  applyLayout(table, { splitLevel: null, classLevel: 0, splits: [] });
  for (const folder of ['dress', 'shirt', 'shoes']) {
    appendRows(
      table,
      folder,
      Array.from({ length: 602 }, (_, i) => `${folder}${i}.jpg`),
    );
    completeDirectory(table, folder);
  }
});

describe('an edit', () => {
  test('says what it did in the words of the interface', () => {
    const rows = all().subarray(0, 1204);
    expect(perform({ kind: 'label', rows, set: ['shirt'] }).text).toBe('1,204 labelled shirt');
    expect(perform({ kind: 'label', rows, set: null }).text).toBe('1,204 unlabelled');
    expect(perform({ kind: 'exclude', rows: Uint32Array.of(3, 3), value: true }).text).toBe('1 picture excluded');
    expect(perform({ kind: 'split', rows, value: 'test' }).text).toBe('1,204 pictures moved to test');
    expect(perform({ kind: 'label-change', rows, add: ['a', 'b'], remove: ['shirt'], negative: ['c'] }).text).toBe(
      '1,204 labelled a and b, without shirt, marked as not c',
    );
    expect(perform({ kind: 'rename-class', from: 'dress', to: 'gown' }).text).toBe('Class dress renamed to gown');
    expect(perform({ kind: 'merge-classes', from: ['a', 'b'], into: 'shirt' }).text).toBe(
      'Classes a and b merged into shirt',
    );
    expect(perform({ kind: 'remove-class', name: 'shirt' }).text).toBe('Class shirt removed, 1,204 unlabelled');
  });

  test.each([
    [{ kind: 'label', rows: new Uint32Array(), set: ['x'] }, 'no-data'],
    [{ kind: 'label', rows: Uint32Array.of(99_999), set: ['x'] }, 'bad-input'],
    [{ kind: 'label', rows: Uint32Array.of(1), set: [' x'] }, 'bad-input'],
    [{ kind: 'label-change', rows: Uint32Array.of(1), add: ['x'], remove: ['x'] }, 'bad-input'],
    [{ kind: 'label-change', rows: Uint32Array.of(1), remove: ['never'] }, 'not-found'],
    [{ kind: 'add-class', name: 'shirt' }, 'bad-input'],
    [{ kind: 'add-class', name: '' }, 'bad-input'],
    [{ kind: 'rename-class', from: 'shirt', to: 'shoes' }, 'bad-input'],
    [{ kind: 'remove-class', name: 'never' }, 'not-found'],
    [{ kind: 'merge-classes', from: ['shirt'], into: 'shirt' }, 'bad-input'],
    [{ kind: 'split', rows: Uint32Array.of(1), value: '' }, 'bad-input'],
  ] as [EditCommand, string][])('that makes no sense is refused with a sentence: %j', (command, code) => {
    expect(() => planEdit(table, command)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/\.$/) }),
    );
  });

  test('of every row takes few bytes in the journal when rows and values are alike', () => {
    const [change] = planEdit(table, { kind: 'label', rows: all(), set: ['x'] }).changes;
    expect(change && 'runs' in change.rows && change.rows.runs.length).toBe(2);
    expect(change?.columns.map(({ column, before }) => [column, before.values.length])).toEqual([
      ['label', 3],
      ['labelEdited', 1],
    ]);
  });

  test('of a label keeps it when the folders are read in another way, and loses the folder’s when undone', () => {
    const entry = perform({ kind: 'label', rows: Uint32Array.of(0), set: ['odd'] });
    applyLayout(table, null);
    expect(sampleOf(table, 0).fields).toMatchObject({ label: ['odd'] });
    expect(sampleOf(table, 1).labels).toEqual([]);
    expect(listClasses(table).map(({ name }) => name)).toEqual(['odd']);
    applyLayout(table, { splitLevel: 0, classLevel: null, splits: [['dress', 'train']] });
    applyEntry(table, entry, 'undo');
    expect(sampleOf(table, 0)).toMatchObject({ labels: [], split: 'train' });
  });

  test('that merges or removes a class reaches files that come later', () => {
    perform({ kind: 'merge-classes', from: ['shirt'], into: 'dress' });
    perform({ kind: 'remove-class', name: 'shoes' });
    const { from } = appendRows(table, 'shirt', ['new.jpg']);
    appendRows(table, 'shoes', ['new.jpg']);
    expect(rowsOf(table, Uint32Array.of(from, from + 1)).map(({ labels }) => labels)).toEqual([
      [table.classes.named('dress')],
      [],
    ]);
  });
});

describe('the history', () => {
  test('is the same after a reload, and a new edit ends redoing', () => {
    const live = createHistory();
    const journal: JournalRecord[] = [];
    const record = (step: JournalRecord): void => {
      journal.push(step);
      live.record(step);
    };
    for (const [i, name] of ['a', 'b', 'c'].entries())
      record({ id: i + 1, at: i, kind: 'do', entry: perform({ kind: 'add-class', name }) });
    const last = live.undoable();
    if (!last) throw new Error('nothing to undo');
    applyEntry(table, last.entry, 'undo');
    record({ id: 4, at: 4, kind: 'undo', of: last.id });
    expect([live.undoable()?.id, live.redoable()?.id]).toEqual([2, 3]);

    const before = table;
    table = createTable();
    const again = replayJournal(table, structuredClone(journal), 0);
    expect([again.undoable()?.id, again.redoable()?.id]).toEqual([2, 3]);
    expect(listClasses(table).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(listClasses(before).map(({ name }) => name)).toEqual(['dress', 'shirt', 'shoes', 'a', 'b']);
    again.record({ id: 5, at: 5, kind: 'do', entry: planEdit(table, { kind: 'add-class', name: 'd' }) });
    expect([again.undoable()?.id, again.redoable()]).toEqual([5, null]);
  });
});

describe('a query', () => {
  test.each([
    { field: 'wether', is: 'rain' },
    { field: 'confidence', contains: '1' },
    { field: 'confidence', is: 'high' },
    { field: 'confidence', between: [Number.NaN, 1] },
    { field: 'excluded', is: 'yes' },
    { field: 'label', between: [0, 1] },
    { field: 'name', matches: '(' },
    { field: 'name' },
    { and: { field: 'name', is: 'x' } },
    {},
  ] as unknown[])('that does not fit is refused with a sentence: %j', async (filter) => {
    const refused = { code: 'bad-input', message: expect.stringMatching(/\.$/) };
    await expect(filterRows(table, filter as Filter)).rejects.toMatchObject(refused);
  });

  test('cannot group or count what has too many values', async () => {
    await expect(evaluateView(table, { group: 'name' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(countFacets(table, {}, ['path'])).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('reads a column of metadata like any built-in one', async () => {
    addColumn(table, { name: 'tags', title: 'Tags', type: 'classes', origin: 'metadata', facet: 'values' });
    const { data } = addColumn(table, {
      name: 'caption',
      title: 'Caption',
      type: 'text',
      origin: 'metadata',
      facet: 'none',
    });
    if (data instanceof TextColumn) data.write(4, 'Ein Kleid');
    expect([...(await filterRows(table, { field: 'caption', contains: 'KLEID' })).ids()]).toEqual([4]);
    expect((await evaluateView(table, { sort: [{ field: 'caption' }] })).ids[0]).toBe(4);
    expect(sampleOf(table, 4).fields).toMatchObject({ caption: 'Ein Kleid' });
    const [facet] = await countFacets(table, {}, ['tags']);
    expect(facet).toEqual({ field: 'tags', kind: 'values', values: [], missing: 1806, other: { rows: 0, values: 0 } });
    expect(() =>
      addColumn(table, { name: 'label', title: 'x', type: 'text', origin: 'metadata', facet: 'none' }),
    ).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('bins', () => {
  test.each([
    [0, 1, 'number', 0.025],
    [1, 20, 'integer', 1],
    [200, 4000, 'integer', 100],
    [Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 1), 'date', 24 * 3600 * 1000],
  ] as const)('of %d to %d (%s) have edges %d apart that hold both ends', (min, max, type, step) => {
    const edges = binEdges(min, max, type);
    expect((edges[1] ?? 0) - (edges[0] ?? 0)).toBeCloseTo(step, 9);
    expect(edges[0]).toBeLessThanOrEqual(min);
    expect(edges.at(-1)).toBeGreaterThanOrEqual(max);
  });

  test('of one value are one, of none are none', () => {
    expect(binEdges(5, 5, 'number')).toHaveLength(2);
    expect(binEdges(5, 5, 'integer')).toEqual([5, 6]);
    expect(binEdges(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 'number')).toEqual([]);
  });
});

test('the numbers of a dataset follow its rows', () => {
  expect(directoryCounts(table)).toEqual(['dress', 'shirt', 'shoes'].map((path) => ({ path, pictures: 602 })));
  perform({ kind: 'exclude', rows: Uint32Array.of(1, 2), value: true });
  perform({ kind: 'label', rows: Uint32Array.of(5), set: null });
  expect(summarize(table)).toMatchObject({
    size: 1806,
    excluded: 2,
    labelled: 1805,
    unreadable: 0,
    disagreeing: 0,
    toReview: 0,
    splits: [],
    factsKnown: 0,
  });
  expect(listClasses(table)).toEqual([
    { id: 0, name: 'dress', number: 1, color: 0, count: 601 },
    { id: 1, name: 'shirt', number: 2, color: 1, count: 602 },
    { id: 2, name: 'shoes', number: 3, color: 2, count: 602 },
  ]);
});
