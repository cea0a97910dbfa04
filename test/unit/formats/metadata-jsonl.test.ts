// metadata.jsonl lines as Hugging Face and opsml take them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonlWriter, type JsonlLayout } from '../../../src/formats/metadata-jsonl.ts';
import { createJsonlLint } from '../../../src/formats/metadata-jsonl-lint.ts';
import { splitFolderOf } from '../../../src/formats/split-folders.ts';
import type { ExportDataset, ExportRow } from '../../../src/formats/types.ts';
import { dataset, hostileText, row } from './rows.ts';

const plain: JsonlLayout = { labelKey: 'label', list: false, predictions: false, fields: [] };
const jsonlLine = (sample: ExportRow, layout: JsonlLayout, folder = ''): string =>
  createJsonlWriter(layout)(sample, folder);

test('a line is spelled like json.dumps, file_name first', () => {
  expect(jsonlLine(row('a/1.png', ['cat']), plain)).toBe('{"file_name": "a/1.png", "label": "cat"}\n');
  expect(jsonlLine(row('a/1.png', ['cat']), { ...plain, labelKey: 'categories' })).toBe(
    '{"file_name": "a/1.png", "categories": ["cat"]}\n',
  );
  expect(
    jsonlLine(row('a/1.png', ['cat', 'dog'], { predicted: 'cat', confidence: 1 }), {
      ...plain,
      list: true,
      predictions: true,
    }),
  ).toBe('{"file_name": "a/1.png", "label": ["cat", "dog"], "predicted": "cat", "confidence": 1.000000}\n');
});

test('file_name is relative to the folder of the file', () => {
  expect(jsonlLine(row('data/train/cat/1.png', ['cat']), plain, 'data/train')).toContain('"cat/1.png"');
});

test('any text survives on exactly one line, and every key has one type or null in all lines', () => {
  const samples = fc.array(
    fc.record({
      path: hostileText,
      labels: fc.array(hostileText, { maxLength: 2 }),
      predicted: fc.option(hostileText),
      confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(samples, fc.constantFrom('label' as const, 'categories' as const), (list, labelKey) => {
      const multi = list.some(({ labels }) => labels.length > 1);
      const layout = { labelKey, list: multi, predictions: true, fields: [] };
      const write = createJsonlWriter(layout);
      const text = list.map((s) => write({ ...s, split: null }, '')).join('');
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines).toHaveLength(list.length);
      const types = new Map<string, Set<string>>();
      for (const [i, line] of lines.entries()) {
        const value = JSON.parse(line) as Record<string, unknown>; // JSON.parse is the reference reader here
        expect(Object.keys(value)).toEqual(['file_name', labelKey, 'predicted', 'confidence']);
        expect(value.file_name).toBe(list[i]?.path);
        const labels = value[labelKey] ?? [];
        expect(Array.isArray(labels) ? labels : [labels]).toEqual(list[i]?.labels);
        for (const [key, v] of Object.entries(value)) {
          if (v === null) continue;
          const type = Array.isArray(v) ? 'list' : typeof v;
          types.set(key, (types.get(key) ?? new Set()).add(type));
        }
        expect(line).toMatch(/"confidence": (null|\d\.\d{6})\}$/); // never an integer
      }
      for (const seen of types.values()) expect(seen.size).toBe(1);
    }),
  );
});

describe('warnings', () => {
  const layout = {
    splitLevel: 0,
    classLevel: 1,
    splits: [
      ['train', 'train'],
      ['test', 'test'],
    ] as [string, string][],
  };
  const rows = [
    row('train/cat/1.png', ['cat'], { split: 'train' }),
    row('train/dog/2.png', ['dog'], { split: 'train' }),
    row('test/cat/3.png', ['cat'], { split: 'test' }),
  ];
  const warn = (list: ExportRow[], rest: Partial<ExportDataset> = { layout }, options = {}): string => {
    const data = dataset(list, rest);
    const folder = splitFolderOf(data.layout);
    const lint = createJsonlLint(data, {
      place: 'split-folders',
      labelKey: 'label',
      predictions: false,
      folderOf: (path) => folder(path) ?? '',
      ...options,
    });
    for (const r of list) lint.add(r);
    return lint.warnings().join('\n');
  };

  test('a clean dataset has none, in split folders and for opsml at the root', () => {
    expect(warn(rows)).toBe('');
    expect(
      warn(
        [row('cat/1.png', ['cat'])],
        { layout: null },
        { place: 'root', labelKey: 'categories', folderOf: () => '' },
      ),
    ).toBe('');
  });

  test('a file at the root beside split folders is not seen by Hugging Face', () => {
    expect(warn(rows, { layout }, { place: 'root', labelKey: 'categories' })).toMatch(
      /does not see a metadata\.jsonl at the root/,
    );
  });

  test('opsml drops label and predictions', () => {
    const text = warn(rows, { layout: null }, { place: 'root', predictions: true });
    expect(text).toMatch(/drops the key label/);
    expect(text).toMatch(/drops the keys predicted and confidence/);
  });

  test.each<[string, ExportRow, RegExp]>([
    [
      'a class folder that is a split word',
      row('train/eval photos/4.png', ['x'], { split: 'train' }),
      /“eval photos” for a split/,
    ],
    [
      'an edited split',
      row('test/dog/4.png', ['dog'], { split: 'train' }),
      /1 picture changed split.*is in test, its split is train/,
    ],
    ['DICOM files', row('train/cat/4.dcm', ['cat'], { split: 'train' }), /does not list 1 file/],
    ['a folder of underscores', row('train/__x/4.png', ['cat'], { split: 'train' }), /passes over 1 picture/],
  ])('%s', (_, bad, expected) => {
    expect(warn([...rows, bad])).toMatch(expected);
  });

  test('a split without any label, or without any line, stops Hugging Face', () => {
    expect(warn([rows[0]!, rows[1]!, row('test/cat/3.png', [], { split: 'test' })])).toMatch(
      /In “test” no picture has a label/,
    );
    expect(warn([rows[0]!, rows[1]!])).toMatch(/“test” gets no metadata\.jsonl/);
  });

  test('a part of the dataset hides the rest', () => {
    expect(warn(rows, { layout, filtered: true })).toMatch(/Only what the filter shows/);
    expect(warn(rows, { layout, excluded: 2 })).toMatch(/2 excluded pictures are not written/);
  });

  test('split folders in capitals are not splits for Hugging Face', () => {
    const capital = { ...layout, splits: [['Train', 'train']] as [string, string][] };
    expect(warn([row('Train/cat/1.png', ['cat'], { split: 'train' })], { layout: capital })).toMatch(
      /does not take the folder “Train”/,
    );
  });

  test('classes that all look like dates become timestamps', () => {
    expect(warn([row('train/2024-01-02/1.png', ['2024-01-02'], { split: 'train' })])).toMatch(/timestamps/);
  });

  test('split words in file names count where folders tell no split', () => {
    expect(warn([row('cat/test_01.png', ['cat'])], { layout: null })).toMatch(/1 file name holds a split word/);
  });
});
