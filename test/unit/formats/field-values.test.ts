// Fields in exports: the value that goes in comes out, in cells and keys, under names that readers do not take for something else.
import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Field } from '../../../src/catalog/types.ts';
import { csvHeader, csvLine } from '../../../src/formats/csv.ts';
import { createCsvLint } from '../../../src/formats/csv-lint.ts';
import { cellText, columnOf, exportedValue, jsonText, personWarnings } from '../../../src/formats/field-values.ts';
import { createJsonlWriter } from '../../../src/formats/metadata-jsonl.ts';
import { createJsonlLint } from '../../../src/formats/metadata-jsonl-lint.ts';
import type { FieldValue } from '../../../src/formats/types.ts';
import { dataset, hostileText, row } from './rows.ts';

const field = (name: string, type: Field['type'] = 'text', sensitive = false): Field => ({
  name,
  title: name,
  type,
  origin: 'metadata',
  facet: 'none',
  ...(sensitive ? { sensitive } : {}),
});
const layout = { prefix: '', labelDelimiter: ',', splitColumn: false, predictions: false, probabilityClasses: [] };

test('a value comes back from the cell and from the key', () => {
  const scalar = fc.oneof(hostileText, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
  fc.assert(
    fc.property(scalar, (value) => {
      const of = field('extra', typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean');
      const sample = row('a.png', ['cat'], { fields: { extra: exportedValue(of, value) } });
      const text = csvHeader({ ...layout, fields: [of] }) + csvLine(sample, { ...layout, fields: [of] });
      const [line] = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
      expect(line?.extra).toBe(String(value));
      const write = createJsonlWriter({ labelKey: 'label', list: false, predictions: false, fields: [of] });
      const back = JSON.parse(write(sample, ''));
      expect(back.extra).toEqual(Object.is(value, -0) ? 0 : value);
    }),
  );
});

test('dates are ISO 8601, without a time at midnight; lists are JSON; what is missing is empty or null', () => {
  const day = Date.UTC(2024, 1, 29);
  const values: Record<string, FieldValue> = {
    day: exportedValue(field('day', 'date'), day),
    moment: exportedValue(field('moment', 'date'), day + 45_000),
    list: exportedValue(field('list', 'json'), ['a', 1]),
    none: exportedValue(field('none'), undefined),
    broken: exportedValue(field('broken', 'number'), Number.POSITIVE_INFINITY),
  };
  const sample = row('a.png', [], { fields: values });
  const texts = Object.keys(values).map((name) => cellText(sample, { name }));
  expect(texts).toEqual(['2024-02-29', '2024-02-29T00:00:45.000Z', '["a",1]', '', '']);
  expect(jsonText(sample, { name: 'list' })).toBe('["a",1]');
  expect(jsonText(sample, { name: 'none' })).toBe('null');
});

test('a field that is called like a column of the export gets another name', () => {
  expect(['label', 'image_path', 'probability_cat', 'modality'].map((name) => columnOf({ name }))).toEqual([
    'field_label',
    'field_image_path',
    'field_probability_cat',
    'modality',
  ]);
});

test('fields that identify a person are named, whether they are written or left out', () => {
  const [name, id, kind] = [field('Name', 'text', true), field('ID', 'text', true), field('Modality')];
  expect(personWarnings([kind], [])).toEqual([]);
  expect(personWarnings([name, kind, id], [])).toEqual([
    'Name and ID identify a person: whoever gets these files can read them. Paths may tell names, too.',
  ]);
  expect(personWarnings([kind], [id])).toEqual(['ID identifies a person and is left out.']);
});

test('a value that begins like a formula is told', () => {
  const of = field('Patient');
  const lint = createCsvLint(dataset([]), { ...layout, fields: [of] }, 'one');
  lint.add(row('a.png', ['a'], { fields: { Patient: '=1+1' } }));
  lint.add(row('b.png', ['b'], { fields: { Patient: 'Doe^Jane' } }));
  expect(lint.warnings().join()).toMatch(/1 value of fields such as Patient begins like a formula/);
});

test('a field that has no value in one split is told, because Hugging Face stops at it', () => {
  const fields = [field('modality'), field('laterality')];
  const rows = [
    row('train/a.dcm', ['x'], { fields: { modality: 'CT', laterality: null } }),
    row('test/b.png', ['y'], { fields: { modality: null, laterality: null } }),
  ];
  const options = {
    labelKey: 'label' as const,
    predictions: false,
    folderOf: (path: string) => path.split('/')[0] ?? '',
  };
  const warn = (place: 'split-folders' | 'root'): string => {
    const lint = createJsonlLint(dataset(rows, { fields }), { ...options, place });
    for (const one of rows) lint.add(one);
    return lint.warnings().join('\n');
  };
  expect(warn('split-folders')).toMatch(
    /In “test” no picture has a value of modality: Hugging Face then finds different types/,
  );
  expect(warn('split-folders')).not.toContain('laterality'); // null everywhere is one type
  expect(warn('root')).toContain('opsml drops the keys of fields');
});
