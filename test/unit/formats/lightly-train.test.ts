// LightlyTrain: what is written is read back, what it would skip is told, and its data argument keeps its order.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightlyTrain, writer } from '../../../src/formats/lightly-train/index.ts';
import { parsePythonInt } from '../../../src/formats/lightly-train/labels.ts';
import type { ExportRow, FormatOptions } from '../../../src/formats/types.ts';
import { datasetFiles, readAll } from '../../conformance/files.ts';
import { bytesOf, exportOf, row, textOf, writeAll } from './dataset.ts';

const empty = new Uint8Array();

/** Files by their text; pictures are empty. */
const files = (texts: Record<string, string>) =>
  datasetFiles(new Map(Object.entries(texts).map(([path, text]) => [path, bytesOf(text)])));

const read = (texts: Record<string, string>, options: FormatOptions) => readAll(lightlyTrain, files(texts), options);

const name = fc
  .string({
    unit: fc.constantFrom('a', 'b', 'Z', '1', ' ', ',', ';', '"', '|', 'é', '猫', "'", '\n'),
    minLength: 1,
    maxLength: 5,
  })
  .filter((text) => text.trim() === text);
const classList = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });
const folderClasses = fc.uniqueArray(
  name.filter((text) => !/[\n"|]/.test(text)),
  { minLength: 1, maxLength: 5 },
);

function rowsOf(classes: readonly string[], several: boolean): fc.Arbitrary<ExportRow[]> {
  const labels = several
    ? fc.subarray([...classes], { minLength: 1 })
    : fc.constantFrom(...classes).map((label) => [label]);
  const split = fc.constantFrom('train', 'validation', 'test');
  return fc
    .array(fc.tuple(labels, split), { maxLength: 8 })
    .map((list) => list.map(([own, at], i) => row(`images/${i % 3}/p ${i}.png`, own, at)));
}

const plain = (rows: readonly { path: string; split?: string | null; labels?: readonly string[] }[]) =>
  rows.map(({ path, split, labels = [] }) => JSON.stringify([path, split, [...labels].sort()])).sort();

describe('LightlyTrain', () => {
  it.each(['name', 'id'])('reads the CSV files back that it writes, labels by %s', async (labels) => {
    await fc.assert(
      fc.asyncProperty(
        classList.chain((classes) => fc.tuple(fc.constant(classes), rowsOf(classes, true))),
        async ([classes, rows]) => {
          const dataset = exportOf(rows, { classes });
          const written = await writeAll(writer, dataset, { labels });
          const all = datasetFiles(new Map([...written, ...rows.map(({ path }) => [path, empty] as const)]));
          const [first] = await lightlyTrain.detect(all);
          expect(first?.title).toBe('data.yaml of LightlyTrain');
          const result = await readAll(lightlyTrain, all, first?.options ?? {});
          expect(plain(result.rows)).toEqual(plain(rows));
          expect(result.summary.classes.map((one) => one.name)).toEqual(classes);
          expect(result.summary.leftOut).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads the class folders back that it copies', async () => {
    await fc.assert(
      fc.asyncProperty(
        folderClasses.chain((classes) => fc.tuple(fc.constant(classes), rowsOf(classes, false))),
        async ([classes, rows]) => {
          const dataset = exportOf(rows, { classes, multiLabel: false });
          const written = await writeAll(writer, dataset, { form: 'copies' });
          const all = datasetFiles(written);
          const options = { train: 'train', val: 'val', test: 'test', classes: classes.map((one, id) => [id, one]) };
          const result = await readAll(lightlyTrain, all, options);
          const got = result.rows.map((one) => ({ ...one, path: textOf(written.get(one.path)) }));
          expect(plain(got)).toEqual(plain(rows));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('plans the same tree as a list', async () => {
    const dataset = exportOf(
      [row('x/a.png', ['cat']), row('y/a.png', ['cat'], 'validation'), row('z/a.png', ['cat'])],
      {
        classes: ['cat'],
      },
    );
    const written = await writeAll(writer, dataset, { form: 'manifest' });
    expect(textOf(written.get('folders.csv'))).toBe(
      'source,target\nx/a.png,train/cat/a.png\ny/a.png,val/cat/a.png\nz/a.png,train/cat/z/a.png\n',
    );
  });

  it('keeps the order of a class map whose ids are neither sorted nor contiguous', async () => {
    const data = 'train: t.csv\nval: t.csv\nclasses:\n  9: eel\n  2: cat\n  100: dog\nignore_classes: [2]\nother: 1\n';
    const all = files({ 'data.yaml': data, 't.csv': 'image_path,label\na.png,dog\na.png,cat\n', 'a.png': '' });
    const [first] = await lightlyTrain.detect(all);
    expect(first?.options).toMatchObject({
      classes: [
        [9, 'eel'],
        [2, 'cat'],
        [100, 'dog'],
      ],
      ignore_classes: [2],
    });
    const { summary } = await readAll(lightlyTrain, all, { ...first?.options, val: '' });
    expect(summary.classes).toEqual([
      { name: 'eel', id: 9 },
      { name: 'dog', id: 100 },
    ]);
  });

  it('reads a Python dict and JSON with digits for keys', async () => {
    const python =
      'import x\ndata = {\n    "train": "t",  # note\n    "val": "t",\n    "classes": {1: "a", 0: "b"},\n    "ignore_classes": {0},\n}\nprint(data)\n';
    const json = '{"train": "t", "val": "t", "classes": {"1": "a", "0": "b"}, "ignore_classes": [0]}';
    for (const [file, text] of [
      ['data.py', python],
      ['data.json', json],
    ] as const) {
      const [first] = await lightlyTrain.detect(files({ [file]: text, 't/a/x.png': '' }));
      expect(first?.options).toMatchObject({
        train: 't',
        classes: [
          [1, 'a'],
          [0, 'b'],
        ],
        ignore_classes: [0],
      });
    }
  });

  it('gives a reason with file and line for every row that LightlyTrain would skip', async () => {
    const csv = 'image_path,label\n,cat\na.png,\nb.txt,cat\nmissing.png,cat\na.png,ignored\na.png,cat\n';
    const { rows, issues, summary } = await read(
      { 't.csv': csv, 'a.png': '', 'b.txt': '' },
      {
        train: 't.csv',
        classes: [
          [0, 'cat'],
          [1, 'ignored'],
        ],
        ignore_classes: '1',
      },
    );
    expect(rows).toMatchObject([{ path: 'a.png', labels: ['cat'], line: 7 }]);
    expect(issues.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'empty-path'],
      [3, 'empty-label'],
      [4, 'extension'],
      [5, 'missing-file'],
      [6, 'ignored-class'],
    ]);
    expect(summary).toMatchObject({ found: 6, imported: 1, leftOut: 5 });
  });

  it('keeps unknown labels, BOM, semicolons and absolute paths, and says so', async () => {
    const { rows, issues, summary } = await read(
      {
        't.csv': '\ufeffimage_path;label;size\n/home/me/data/x/a.png;mouse;3\n/home/me/data/x/b.png;cat;4\n',
        'x/a.png': '',
        'x/b.png': '',
        'y/b.png': '',
      },
      { train: 't.csv', classes: [[0, 'cat']] },
    );
    expect(rows).toMatchObject([
      { path: 'x/a.png', labels: ['mouse'], fields: { size: 3 } },
      { path: 'x/b.png', labels: ['cat'], fields: { size: 4 } },
    ]);
    expect(issues.map(({ reason }) => reason)).toEqual(['byte-order-mark', 'delimiter', 'unknown-class']);
    expect(summary.classes).toEqual([{ name: 'cat', id: 0 }, { name: 'mouse' }]);
    expect(summary.fields).toMatchObject([{ name: 'size', type: 'integer' }]);
  });

  it('leaves out an absolute path that two pictures end with equally, naming them', async () => {
    const { issues } = await read(
      { 't.csv': 'image_path,label\n/d/b.png,cat\n', 'x/b.png': '', 'y/b.png': '' },
      { train: 't.csv' },
    );
    expect(issues).toMatchObject([{ reason: 'ambiguous-path', text: expect.stringContaining('x/b.png, y/b.png') }]);
  });

  it('names the column that is missing and those that are there', async () => {
    const reading = read({ 't.csv': 'path,label\na.png,cat\n', 'a.png': '' }, { train: 't.csv' });
    await expect(reading).rejects.toMatchObject({
      code: 'bad-input',
      line: 1,
      message: expect.stringContaining('“path”'),
    });
  });

  it('refuses to write class names that could not be read back', async () => {
    const dataset = exportOf([row('a.png', [' x'])], { classes: [' x'] });
    expect(() => writer.lint(dataset, {})).toThrow('blanks');
    expect(() => writer.lint(dataset, { labels: 'id' })).not.toThrow();
    const dots = exportOf([row('a.png', ['..'])], { classes: ['..'] });
    expect(() => writer.lint(dots, { form: 'copies' })).toThrow('folder');
  });

  it('says which pictures are not written', () => {
    const dataset = exportOf([row('a.png', []), row('b.png', ['x'])], { classes: ['x'] });
    const lint = writer.lint(dataset, {});
    lint.add(row('a.png', []));
    lint.add(row('b.png', ['x']));
    expect(lint.warnings().join('\n')).toContain('1 picture without a label is not written');
  });

  it.each([
    ['+2', 2],
    ['0_1', 1],
    ['１', 1],
    ['٣', 3],
    ['𝟗', 9],
    ['-7', -7],
    ['1.0', null],
    ['0x1', null],
    ['1__0', null],
    ['_1', null],
  ])('reads the id %s as Python does', (text, id) => {
    expect(parsePythonInt(text)).toBe(id);
  });
});
