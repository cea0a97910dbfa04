// Columns of header fields: they come with their first value, survive storing, and go when the file changes.
import { describe, expect, test } from 'vitest';
import { forgetLostDetails, type RowDetails, rowsWithoutDetails, setDetails } from '../../../src/catalog/details.ts';
import { listFields } from '../../../src/catalog/query/access.ts';
import { filterRows } from '../../../src/catalog/query/filter.ts';
import { appendRows, completeDirectory, setFileFacts } from '../../../src/catalog/rows.ts';
import { sampleOf } from '../../../src/catalog/sample.ts';
import { dirtyBlocks, encodeBlock, encodeMeta, restoreTable } from '../../../src/catalog/snapshot.ts';
import { addColumn, createTable, type Table, tableBytes } from '../../../src/catalog/table.ts';
import type { Field } from '../../../src/catalog/types.ts';

const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  title: name,
  type,
  origin: 'metadata',
  facet: 'values',
  ...more,
});
const modality = field('modality', 'category');
const patient = field('patient_name', 'text', { sensitive: true, facet: 'none' });
const taken = field('taken', 'date', { facet: 'histogram' });

function tableOf(rows: number): Table {
  const table = createTable();
  appendRows(
    table,
    '',
    Array.from({ length: rows }, (_, i) => `${i}.dcm`),
  );
  completeDirectory(table, '');
  return table;
}

const details = (id: number, modalityText: string): RowDetails => ({
  id,
  format: 'dicom',
  width: 512,
  height: 256,
  details: [
    { field: modality, value: modalityText },
    { field: patient, value: 'Doe^Jane' },
    { field: taken, value: 1e12 + id },
  ],
});

const stored = (table: Table): Table => {
  const blocks = dirtyBlocks(table).map((key) => ({ ...key, bytes: encodeBlock(table, key) }));
  return restoreTable(structuredClone(encodeMeta(table)), blocks).table;
};

describe('header fields', () => {
  test('become fields of the dataset with their first value, and filter, and tell who they name', async () => {
    const table = tableOf(4);
    expect(listFields(table).some(({ name }) => name === 'modality')).toBe(false);
    expect(setDetails(table, [details(1, 'CT'), details(2, 'MR')])).toEqual(
      expect.arrayContaining(['format', 'width', 'height', 'modality', 'patient_name', 'taken']),
    );
    expect(listFields(table).find(({ name }) => name === 'patient_name')?.sensitive).toBe(true);
    expect((await filterRows(table, { field: 'modality', is: 'MR' })).ids()).toEqual(Uint32Array.of(2));
    expect((await filterRows(table, { field: 'taken', between: [1e12 + 2, null] })).ids()).toEqual(Uint32Array.of(2));
    expect(sampleOf(table, 1).fields).toMatchObject({ modality: 'CT', width: 512, patient_name: 'Doe^Jane' });
  });

  test('survive storing, and so does which rows were read', () => {
    const table = tableOf(4);
    setDetails(table, [details(1, 'CT')]);
    const again = stored(table);
    expect(sampleOf(again, 1)).toEqual(sampleOf(table, 1));
    expect(rowsWithoutDetails(again, -1, 10)).toEqual(Uint32Array.of(0, 2, 3));
  });

  test('go when the file is another, and are read again', () => {
    const table = tableOf(2);
    const all = Uint32Array.of(0, 1);
    setFileFacts(table, all, Float64Array.of(10, 10), Float64Array.of(1, 1));
    setDetails(table, [details(0, 'CT'), details(1, 'CT')]);
    setFileFacts(table, all, Float64Array.of(10, 11), Float64Array.of(1, 1));
    expect(rowsWithoutDetails(table, -1, 10)).toEqual(Uint32Array.of(1));
    expect(sampleOf(table, 0).fields.modality).toBe('CT');
    expect(sampleOf(table, 1).fields).not.toHaveProperty('modality');
  });

  test('leave a field of that name from a person’s metadata as it is', () => {
    const table = tableOf(1);
    addColumn(table, field('modality', 'text'));
    expect(setDetails(table, [details(0, 'CT')])).not.toContain('modality');
    expect(sampleOf(table, 0).fields).not.toHaveProperty('modality');
  });

  test('are read again where a stored block of them was lost', () => {
    const table = tableOf(3);
    setDetails(table, [details(0, 'CT'), details(1, 'CT'), details(2, 'CT')]);
    forgetLostDetails(table, [{ column: 'label', block: 0 }]);
    expect(rowsWithoutDetails(table, -1, 10)).toHaveLength(0);
    forgetLostDetails(table, [{ column: 'modality', block: 0 }]);
    expect(rowsWithoutDetails(table, -1, 10)).toHaveLength(3);
  });

  test('cost a dataset without any of them one bit a row', () => {
    const table = tableOf(16_384);
    const before = tableBytes(table);
    setDetails(
      table,
      Array.from({ length: 16_384 }, (_, id) => ({ id, format: 'unknown', details: [] })),
    );
    expect(tableBytes(table) - before).toBeLessThanOrEqual(16_384 / 8 + 2_048);
  });
});
