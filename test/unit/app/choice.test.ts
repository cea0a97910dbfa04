// What is chosen in the save dialog, as options of the export; and facts of the inspector.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Choice, downloadName, optionsOf } from '../../../src/app/exchange/choice.ts';
import { factsOf } from '../../../src/app/inspect/facts.ts';
import { sampleWords } from '../../../src/app/open/layout-text.ts';
import type { Field, Sample } from '../../../src/catalog/types.ts';
import { listZip } from '../../../src/source/zip/list.ts';

const choice: Choice = {
  what: 'csv',
  system: null,
  filtered: false,
  files: 'per-split',
  prefix: '/data',
  predictions: true,
  probabilities: false,
  place: 'split-folders',
  labelKey: 'categories',
  fields: [],
  person: false,
};
const filter = { field: 'split', is: 'train' };
/** Facts as pairs. */
const pairs = (...given: Parameters<typeof factsOf>): [string, string][] =>
  factsOf(...given).map(({ name, value }) => [name, value]);

test('each kind of file takes its own options and no others', () => {
  expect(optionsOf(choice, {})).toEqual({
    format: 'csv',
    files: 'per-split',
    prefix: '/data',
    predictions: true,
    probabilities: false,
  });
  expect(optionsOf({ ...choice, what: 'metadata-jsonl' }, {})).toEqual({
    format: 'metadata-jsonl',
    place: 'split-folders',
    labelKey: 'categories',
    predictions: true,
  });
});

test('the filter goes along only when it was asked for and there is one', () => {
  expect(optionsOf(choice, { filter })).not.toHaveProperty('filter');
  expect(optionsOf({ ...choice, filtered: true }, { filter })).toHaveProperty('filter', filter);
  expect(optionsOf({ ...choice, filtered: true }, {})).not.toHaveProperty('filter');
});

test('downloads of split folders bear the folder’s name', () => {
  expect(downloadName('train/metadata.jsonl')).toBe('train-metadata.jsonl');
  expect(downloadName('train.csv')).toBe('train.csv');
});

test('the inspector lists what is known and leaves out what is not', () => {
  const sample: Sample = {
    id: 1,
    path: 'train/hat/1.dcm',
    labels: [],
    predicted: null,
    confidence: null,
    excluded: false,
    state: 'untried',
    value: null,
    split: null,
    negatives: [],
    fields: {},
    reviewed: false,
  };
  expect(pairs(sample)).toEqual([['path', 'train/hat/1.dcm']]);
  const fields = { size: 38_210, width: 4000, height: 533, format: 'dicom', modified: new Date(2020, 6, 14).getTime() };
  expect(pairs({ ...sample, split: 'train', fields })).toEqual([
    ['path', 'train/hat/1.dcm'],
    ['split', 'train'],
    ['size', '38.2 kB'],
    ['pixels', '4,000 × 533, DICOM'],
    ['changed', '2020-07-14'],
  ]);
  const known: Field[] = [
    { name: 'width', title: 'Width', type: 'integer', origin: 'file', facet: 'histogram', unit: 'px' },
    { name: 'modality', title: 'Modality', type: 'category', origin: 'file', facet: 'values' },
    { name: 'row_spacing', title: 'Row spacing', type: 'number', origin: 'file', facet: 'histogram', unit: 'mm' },
    { name: 'patient_name', title: 'Patient', type: 'text', origin: 'file', facet: 'none', sensitive: true },
    { name: 'confidence', title: 'Confidence', type: 'number', origin: 'prediction', facet: 'histogram' },
  ];
  const tags = { width: 9, modality: 'CT', row_spacing: 0.5, patient_name: 'Doe', confidence: 0.5 };
  expect(pairs({ ...sample, fields: tags }, known)).toEqual([
    ['path', 'train/hat/1.dcm'],
    ['modality', 'CT'],
    ['row spacing', '0.50 mm'],
    ['patient', 'Doe'],
  ]);
  expect(factsOf({ ...sample, fields: tags }, known).filter((fact) => fact.person)).toEqual([
    { name: 'patient', value: 'Doe', person: true },
  ]);
  const misnamed = { ...sample, path: 'a/b.JPG', fields: { format: 'png', wrong_extension: true } };
  expect(pairs(misnamed)).toContainEqual(['wrong extension', 'PNG named .jpg']);
  const broken = { ...sample, state: 'unreadable' as const, reason: 'The file ends in the middle of the picture.' };
  expect(pairs(broken).at(-1)).toEqual(['not readable', 'The file ends in the middle of the picture.']);
});

test('the start screen says of the sample what is in it', async () => {
  const entries = [...(await listZip(new Blob([readFileSync('public/sample.zip')]), 'sample.zip')).entries];
  const pictures = entries.filter((entry) => /\.(jpe?g|png|webp|dcm|tif)$/.test(entry.path)).map((entry) => entry.path);
  const things = new Set(pictures.map((path) => path.split('/').at(-2)));
  const wrong = readFileSync('docs/sample.md', 'utf8')
    .split('## Labelled wrong')[1]
    ?.split('##')[0]
    ?.match(/^\| (train|test|validation)\//gm);
  expect([pictures.length, things.size, wrong?.length]).toEqual([367, 8, 12]);
  expect(sampleWords).toBe('367 small pictures of eight things, twelve of them labelled wrong on purpose');
});
