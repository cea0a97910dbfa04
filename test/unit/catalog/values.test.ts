// Values that an import or a script gives rows: they are set, taken back, kept through a reload, and refused where the type does not fit.
import { expect, test } from 'vitest';
import { applyEntry } from '../../../src/catalog/edit/entry.ts';
import { metadataField } from '../../../src/catalog/edit/metadata.ts';
import { planEdit } from '../../../src/catalog/edit/plan.ts';
import { planValues } from '../../../src/catalog/edit/set-values.ts';
import { applyLayout } from '../../../src/catalog/layout.ts';
import { listFields } from '../../../src/catalog/query/access.ts';
import { filterRows } from '../../../src/catalog/query/filter.ts';
import { appendRows } from '../../../src/catalog/rows.ts';
import { sampleOf } from '../../../src/catalog/sample.ts';
import { dirtyBlocks, encodeBlock, encodeMeta, markSaved, restoreTable } from '../../../src/catalog/snapshot.ts';
import { createTable, type Table } from '../../../src/catalog/table.ts';

function makeTable(): Table {
  const table = createTable();
  appendRows(table, 'cat', ['1.png', '2.png']);
  appendRows(table, 'dog', ['3.png', '4.png']);
  applyLayout(table, { splitLevel: null, classLevel: 0, splits: [] });
  return table;
}

const rows = Uint32Array.of(0, 1, 2, 3);

function importEntry(table: Table) {
  return planValues(table, {
    text: 'imported',
    rows,
    classes: ['fox', 'cat'],
    labels: { values: [['fox'], ['cat', 'fox']], codes: Int32Array.of(0, 1, -1, -1) },
    negatives: { values: [['dog']], codes: Int32Array.of(0, -1, -1, -1) },
    splits: { values: ['train'], codes: Int32Array.of(0, 0, 0, -1) },
    fields: [
      {
        field: metadataField('caption', 'text'),
        given: { values: ['a fox', 'both'], codes: Int32Array.of(0, 1, -1, -1) },
      },
      {
        field: metadataField('objects', 'json'),
        given: { values: ['{"bbox": [1.0]}'], codes: Int32Array.of(0, -1, -1, -1) },
      },
      { field: metadataField('n', 'integer'), given: { values: [7], codes: Int32Array.of(-1, -1, -1, 0) } },
    ],
    imported: {
      labels: { values: ['fox', 'both'], codes: Int32Array.of(0, 1, -1, -1) },
      splits: { values: ['train'], codes: Int32Array.of(0, 0, 0, -1) },
    },
  });
}

const labelsOf = (table: Table): string[][] =>
  [...rows].map((id) => sampleOf(table, id).labels.map((label) => table.classes.records[label]?.name ?? '?'));

test('an import sets labels, negatives, splits and fields of the rows that it speaks of, and no others', async () => {
  const table = makeTable();
  applyEntry(table, importEntry(table), 'do');
  expect(labelsOf(table)).toEqual([['fox'], ['cat', 'fox'], ['dog'], ['dog']]);
  expect(sampleOf(table, 0)).toMatchObject({
    split: 'train',
    fields: { caption: 'a fox', objects: expect.anything() },
  });
  expect(sampleOf(table, 3)).toMatchObject({ split: null, fields: { n: 7 } });
  expect([...(await filterRows(table, { field: 'caption', contains: 'BOTH' })).ids()]).toEqual([1]);
});

test('taking an import back gives what folders say again and hides its fields; doing it again brings all back', () => {
  const table = makeTable();
  const entry = importEntry(table);
  const before = listFields(table).map(({ name }) => name);
  applyEntry(table, entry, 'do');
  expect(listFields(table).map(({ name }) => name)).toEqual([...before, 'caption', 'objects', 'n']);
  applyEntry(table, entry, 'undo');
  expect(labelsOf(table)).toEqual([['cat'], ['cat'], ['dog'], ['dog']]);
  expect(listFields(table).map(({ name }) => name)).toEqual(before);
  applyEntry(table, entry, 'do');
  expect(sampleOf(table, 1).fields.caption).toBe('both');
});

test('a field that was taken back gives its name to one of another type, through a reload, too', () => {
  const table = makeTable();
  const save = (): void => {
    const meta = encodeMeta(table);
    const keys = dirtyBlocks(table);
    for (const key of keys) stored.set(`${key.column}/${key.block}`, { ...key, bytes: encodeBlock(table, key) });
    markSaved(table, keys, meta);
    record = meta;
  };
  const stored = new Map<string, { column: string; block: number; bytes: Uint8Array<ArrayBuffer> }>();
  let record: unknown;
  const first = planEdit(table, { kind: 'metadata', rows: [[0, { size_cm: 'large' }]] });
  applyEntry(table, first, 'do');
  save();
  applyEntry(table, first, 'undo');
  applyEntry(table, planEdit(table, { kind: 'metadata', rows: [[1, { size_cm: 4.5 }]] }), 'do');
  expect(sampleOf(table, 1).fields.size_cm).toBe(4.5);
  save();
  const { table: again, lost } = restoreTable(record, stored.values());
  expect(lost).toEqual([]);
  expect(sampleOf(again, 1).fields.size_cm).toBe(4.5);
  expect(sampleOf(again, 0).fields.size_cm).toBeUndefined();
});

test('values of metadata merge by field, null clears one, and another type is refused', () => {
  const table = makeTable();
  const set = (id: number, values: Record<string, unknown>): void =>
    void applyEntry(table, planEdit(table, { kind: 'metadata', rows: [[id, values]] }), 'do');
  set(0, { weather: 'sunny', temperature: 2.5, place: { lat: 1 } });
  set(0, { weather: 'rainy' });
  set(1, { temperature: 3 }); // a whole number is a number
  expect(sampleOf(table, 0).fields).toMatchObject({ weather: 'rainy', temperature: 2.5 });
  set(0, { temperature: null });
  expect(sampleOf(table, 0).fields.temperature).toBeUndefined();
  expect(() => set(0, { temperature: 'warm' })).toThrow('“temperature” holds a number in this dataset');
  expect(() => set(0, { weather: true })).toThrow('not yes or no');
  expect(() => set(0, { width: 3 })).toThrow('Vitrine’s own');
});

test('a person’s own label ends the mark that lets an import be repeated', () => {
  const table = makeTable();
  applyEntry(table, importEntry(table), 'do');
  expect(table.builtIn.labelImported.at(0)).toBe(true);
  applyEntry(table, planEdit(table, { kind: 'label', rows: Uint32Array.of(0), set: ['cat'] }), 'do');
  expect([table.builtIn.labelImported.at(0), table.builtIn.labelImported.at(1)]).toEqual([false, true]);
});

test('a class is added to all rows of a selection, and taken away once every row has it', () => {
  const table = makeTable();
  const toggle = (): void =>
    void applyEntry(table, planEdit(table, { kind: 'label-toggle', rows: Uint32Array.of(1, 2), name: 'cat' }), 'do');
  toggle();
  expect(labelsOf(table)).toEqual([['cat'], ['cat'], ['cat', 'dog'], ['dog']]);
  toggle();
  expect(labelsOf(table)).toEqual([['cat'], [], ['dog'], ['dog']]);
});
