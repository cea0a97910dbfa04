// CSV lines as LightlyTrain and other readers take them.
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { type CsvLayout, chooseLabelDelimiter, csvHeader, csvLine } from '../../../src/formats/csv.ts';
import { createCsvLint, requireCsvNames } from '../../../src/formats/csv-lint.ts';
import { lightlyTrainData } from '../../../src/formats/lightly-train.ts';
import type { ExportRow } from '../../../src/formats/types.ts';
import { dataset, hostileText, row } from './rows.ts';

const plain: CsvLayout = {
  prefix: '',
  labelDelimiter: ',',
  splitColumn: false,
  predictions: false,
  probabilityClasses: [],
  fields: [],
};

/** What the reader makes of one file: header names and cells, as Python's csv module would split them. */
const parse = (text: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(text, { header: true, newline: '\n', skipEmptyLines: true, delimiter: ',' }).data;

test('the minimal file is the one of the LightlyTrain documentation', () => {
  const rows = [row('train/cat/img1.jpg', ['cat']), row('train/dog/img2.jpg', ['dog', 'cat'])];
  expect(csvHeader(plain) + rows.map((r) => csvLine(r, plain)).join('')).toBe(
    'image_path,label\ntrain/cat/img1.jpg,cat\ntrain/dog/img2.jpg,"dog,cat"\n',
  );
});

test('paths, labels and splits of any text come back from a CSV parser', () => {
  fc.assert(
    fc.property(hostileText, fc.uniqueArray(hostileText, { maxLength: 4 }), hostileText, (path, labels, split) => {
      const layout = { ...plain, labelDelimiter: chooseLabelDelimiter(labels), splitColumn: true };
      const [read] = parse(csvHeader(layout) + csvLine(row(path, labels, { split }), layout));
      expect(read?.image_path).toBe(path);
      expect(read?.split).toBe(split);
      const cell = read?.label ?? '';
      expect(cell === '' ? [] : cell.split(layout.labelDelimiter)).toEqual(labels);
    }),
  );
});

test('no class name holds the chosen delimiter', () => {
  fc.assert(
    fc.property(fc.array(hostileText), (names) => {
      const delimiter = chooseLabelDelimiter(names);
      expect(delimiter).not.toBe('');
      for (const name of names) expect(name).not.toContain(delimiter);
    }),
  );
  expect(chooseLabelDelimiter(['a,b;c|d::e || f'])).toBe('|||');
});

test.each([
  ['', 'a/1.png', 'a/1.png'],
  ['/data', 'a/1.png', '/data/a/1.png'],
  ['/data/', 'a/1.png', '/data/a/1.png'],
  ['C:\\data\\', 'a/1.png', 'C:\\data\\a/1.png'],
  ['s3://bucket', '1.png', 's3://bucket/1.png'],
])('the prefix %j makes of %s the path %s', (prefix, path, expected) => {
  expect(csvLine(row(path, ['x']), { ...plain, prefix })).toBe(`${expected},x\n`);
});

test('predictions and probabilities are columns with six decimals, empty where there are none', () => {
  const layout = { ...plain, splitColumn: true, predictions: true, probabilityClasses: ['cat', 'a,b'] };
  expect(csvHeader(layout)).toBe('image_path,label,split,predicted,confidence,probability_cat,"probability_a,b"\n');
  const full = row('1.png', ['cat'], {
    split: 'train',
    predicted: 'a,b',
    confidence: 1,
    probabilities: new Float32Array([0.25, 0.75]),
  });
  expect(csvLine(full, layout)).toBe('1.png,cat,train,"a,b",1.000000,0.250000,0.750000\n');
  expect(csvLine(row('2.png'), layout)).toBe('2.png,,,,,,\n');
});

test('values that look like formulas are written unchanged', () => {
  expect(csvLine(row('=1+1.png', ['@x']), plain)).toBe('=1+1.png,@x\n');
});

test.each(['', ' cat', 'cat\t'])('the class name %j is refused', (name) => {
  expect(() => requireCsvNames(['dog', name])).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

describe('warnings', () => {
  const warn = (rows: ExportRow[], layout = plain, files: 'per-split' | 'one' = 'per-split'): string => {
    const lint = createCsvLint(dataset(rows), layout, files);
    for (const r of rows) lint.add(r);
    return lint.warnings().join('\n');
  };
  const good = [
    row('a.png', ['cat'], { split: 'train' }),
    row('b.png', ['dog'], { split: 'train' }),
    row('c.png', ['dog'], { split: 'validation' }),
  ];

  test('a clean dataset has none', () => {
    expect(warn(good)).toBe('');
  });

  test.each<[string, ExportRow, RegExp]>([
    ['several labels', row('d.png', ['cat', 'dog'], { split: 'train' }), /1 picture has several labels.*multilabel/],
    ['no label', row('d.png', [], { split: 'train' }), /1 row has a prediction but no label/],
    ['no split', row('d.png', ['cat']), /1 picture without a split/],
    ['a skipped extension', row('d.dicom', ['cat'], { split: 'train' }), /passes over 1 file.*d\.dicom/],
    ['a blank at the end of a path', row('d.png ', ['cat'], { split: 'train' }), /blank/],
    ['a path like a formula', row('=d.png', ['cat'], { split: 'train' }), /formula/],
    ['a class like a formula', row('d.png', ['-cat'], { split: 'train' }), /“-cat” begins like a formula/],
    [
      'a class that is never trained',
      row('d.png', ['owl'], { split: 'validation' }),
      /No training picture has the class “owl”/,
    ],
  ])('%s', (_, bad, expected) => {
    expect(warn([...good, bad])).toMatch(expected);
  });

  test('a class name with a comma names the delimiter to pass', () => {
    expect(warn([...good, row('d.png', ['red, blue'], { split: 'train' })], { ...plain, labelDelimiter: ';' })).toMatch(
      /“red, blue” holds a comma.*label_delimiter=";"/,
    );
  });

  test('missing train and validation splits, and a split column, are told', () => {
    expect(warn([row('a.png', ['cat'], { split: 'test' }), row('b.png', ['dog'], { split: 'test' })])).toMatch(
      /no train and no validation split/,
    );
    expect(warn(good, plain, 'one')).toMatch(/does not read a split column/);
  });

  test('fewer than two classes cannot be learned', () => {
    expect(warn([row('a.png', ['cat'], { split: 'train' })])).toMatch(/Fewer than two classes/);
  });
});

test("LightlyTrain's data lists classes in map order, with paths and delimiter as Python literals", () => {
  const text = lightlyTrainData({
    train: '/d/train.csv',
    validation: '/d/validation.csv',
    test: '/d/test.csv',
    classes: ['zebra', 'a "b", c'],
    multiLabel: true,
  });
  expect(text).toBe(`data = {
    "train": "/d/train.csv",
    "val": "/d/validation.csv",
    "test": "/d/test.csv",
    "classes": {
        0: "zebra",
        1: "a \\"b\\", c",
    },
    "label_delimiter": ";",
}
# Samples have several labels: pass classification_task="multilabel".
`);
});
