// Plans and written files agree, and files are streamed as downloads (folders are tested in the browser).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planExport, writeExport } from '../../../src/jobs/export.ts';
import { csvFileNames } from '../../../src/jobs/export-files.ts';
import type { LineExportOptions } from '../../../src/jobs/export-types.ts';
import { dataset, row } from '../formats/rows.ts';

const csv: LineExportOptions = {
  format: 'csv',
  files: 'per-split',
  prefix: '',
  predictions: false,
  probabilities: false,
};
const jsonl: LineExportOptions = {
  format: 'metadata-jsonl',
  place: 'split-folders',
  labelKey: 'label',
  predictions: false,
};
const layout = {
  splitLevel: 0,
  classLevel: 1,
  splits: [
    ['train', 'train'],
    ['val', 'validation'],
  ] as [string, string][],
};

const rows = [
  row('train/cat/1.png', ['cat'], { split: 'train', predicted: 'dog', confidence: 0.5 }),
  row('train/dog/2.png', ['dog'], { split: 'train' }),
  row('train/dog/3.png', [], { split: 'train', predicted: 'dog', confidence: 0.75 }),
  row('val/cat/4.png', ['cat'], { split: 'validation' }),
];

const texts = async (options: LineExportOptions, data = dataset(rows, { layout })): Promise<Record<string, string>> => {
  const { files } = await writeExport(data, options, 'blobs');
  return Object.fromEntries(await Promise.all(files.map(async ({ path, blob }) => [path, (await blob?.text()) ?? ''])));
};

test('one CSV a split: unlabelled samples are counted and not written', async () => {
  expect(await texts(csv)).toEqual({
    'train.csv': 'image_path,label\ntrain/cat/1.png,cat\ntrain/dog/2.png,dog\n',
    'validation.csv': 'image_path,label\nval/cat/4.png,cat\n',
  });
  const plan = await planExport(dataset(rows), csv, null);
  expect(plan.samples).toBe(3);
  expect(plan.leftOut).toEqual([{ reason: expect.stringContaining('unlabelled'), count: 1 }]);
  expect(plan.snippet).toContain('"val": "validation.csv"');
});

test('one CSV with a split column keeps unlabelled samples for their predictions', async () => {
  expect(await texts({ ...csv, files: 'one', predictions: true, prefix: '/d' })).toEqual({
    'labels.csv': [
      'image_path,label,split,predicted,confidence',
      '/d/train/cat/1.png,cat,train,dog,0.500000',
      '/d/train/dog/2.png,dog,train,,',
      '/d/train/dog/3.png,,train,dog,0.750000',
      '/d/val/cat/4.png,cat,validation,,',
      '',
    ].join('\n'),
  });
});

test('metadata.jsonl in each split folder, with paths relative to it and null for no label', async () => {
  expect(await texts(jsonl)).toEqual({
    'train/metadata.jsonl':
      '{"file_name": "cat/1.png", "label": "cat"}\n{"file_name": "dog/2.png", "label": "dog"}\n{"file_name": "dog/3.png", "label": null}\n',
    'val/metadata.jsonl': '{"file_name": "cat/4.png", "label": "cat"}\n',
  });
});

test('pictures outside the split folders are left out of split files, and told', async () => {
  const data = dataset([...rows, row('stray.png', ['cat'])], { layout });
  const plan = await planExport(data, jsonl, null);
  expect(plan.leftOut).toEqual([{ reason: expect.stringContaining('split folder'), count: 1 }]);
  expect(Object.keys(await texts({ ...jsonl, place: 'root', labelKey: 'categories' }, data))).toEqual([
    'metadata.jsonl',
  ]);
});

test('a filter and exclusions are told as left out', async () => {
  const plan = await planExport(dataset(rows, { size: 10, excluded: 2, filtered: true }), csv, null);
  expect(plan.leftOut.map(({ count }) => count)).toEqual([1, 6, 2]);
});

test('probabilities are columns in the order of the probe, and need a probe', async () => {
  const withProbe = dataset([row('1.png', ['cat'], { probabilities: [0.25, 0.75] })], {
    probabilityClasses: ['dog', 'cat'],
  });
  const options: LineExportOptions = { ...csv, probabilities: true };
  expect(await texts(options, withProbe)).toEqual({
    'labels.csv': 'image_path,label,probability_dog,probability_cat\n1.png,cat,0.250000,0.750000\n',
  });
  const { files } = await planExport(withProbe, options, null);
  expect(files[0]?.preview).toEqual(['image_path,label,…', '1.png,cat,…']);
  await expect(planExport(dataset(rows), options, null)).rejects.toMatchObject({ code: 'no-data' });
});

test('the plan counts and previews exactly what is written', async () => {
  const any = fc.array(
    fc.record({
      path: fc.stringMatching(/^(train|val|x)\/[a-c]\/[a-z,]{1,5}\.png$/),
      labels: fc.uniqueArray(fc.constantFrom('cat', 'dog', 'a,b'), { maxLength: 2 }),
      split: fc.constantFrom('train', 'validation', null),
      predicted: fc.constantFrom('cat', null),
      confidence: fc.constantFrom(0.5, null),
    }),
    { maxLength: 20 },
  );
  const options = fc.constantFrom<LineExportOptions[]>(csv, { ...csv, files: 'one', predictions: true }, jsonl, {
    ...jsonl,
    place: 'root',
    predictions: true,
  });
  await fc.assert(
    fc.asyncProperty(any, options, async (list, chosen) => {
      const data = dataset(list, { layout });
      const planned = await planExport(data, chosen, null).catch((error: unknown) => error);
      const written = await writeExport(data, chosen, 'blobs').catch((error: unknown) => error);
      if (planned instanceof Error || written instanceof Error) {
        expect([planned, written]).toEqual([written, planned]); // both refuse alike
        return;
      }
      const plan = planned as Awaited<ReturnType<typeof planExport>>;
      const result = written as Awaited<ReturnType<typeof writeExport>>;
      expect(result.files.map(({ path, rows: n }) => [path, n])).toEqual(
        plan.files.map(({ path, rows: n }) => [path, n]),
      );
      expect(plan.samples + plan.leftOut.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
      for (const [i, file] of result.files.entries()) {
        const text = (await file.blob?.text()) ?? '';
        expect(file.bytes).toBe(file.blob?.size);
        expect(text.startsWith(plan.files[i]?.preview.join('\n') ?? '?')).toBe(true);
        expect(text.charCodeAt(0)).not.toBe(0xfeff);
      }
    }),
  );
});

test('nothing to write is an error that says why', async () => {
  await expect(writeExport(dataset([row('1.png')]), csv, 'blobs')).rejects.toMatchObject({ code: 'no-data' });
  await expect(planExport(dataset([], { filtered: true }), csv, null)).rejects.toThrow('the filter shows no picture');
});

test('a fired signal ends plan and writing as aborted', async () => {
  const signal = AbortSignal.abort();
  await expect(planExport(dataset(rows), csv, null, { signal })).rejects.toMatchObject({ code: 'aborted' });
  await expect(writeExport(dataset(rows), csv, 'blobs', { signal })).rejects.toMatchObject({ code: 'aborted' });
});

describe('file names of splits', () => {
  test('odd splits get names that every file system takes, all different', () => {
    const names = csvFileNames(['train', 'Train', 'a/b', 'a:b', '..', 'con?', 'no-split']);
    expect([...names.values()]).toEqual([
      'no-split.csv',
      'train.csv',
      'Train-2.csv',
      'a-b.csv',
      'a-b-2.csv',
      '--.csv',
      'con-.csv',
      'no-split-2.csv',
    ]);
  });

  test('for any splits they differ even where case does not count', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (splits) => {
        const names = [...csvFileNames(splits).values()].map((name) => name.toLowerCase());
        expect(new Set(names).size).toBe(splits.length + 1);
        for (const name of names) expect(name).not.toMatch(/[\\/:*?"<>|]|^\.csv$/);
      }),
    );
  });
});
