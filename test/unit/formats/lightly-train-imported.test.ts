// Imported CSV files of LightlyTrain written back: untouched byte for byte, an edit in its cell only, new pictures at the end.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightlyTrain, writer } from '../../../src/formats/lightly-train/index.ts';
import { readCsv } from '../../../src/formats/text/csv.ts';
import { csvCell, replaceCell } from '../../../src/formats/text/csv-cell.ts';
import type { ExportDataset, ExportRow, FormatOptions } from '../../../src/formats/types.ts';
import { datasetFiles, readAll } from '../../conformance/files.ts';
import { bytesOf, exportOf, textOf } from './dataset.ts';

type Files = Map<string, Uint8Array<ArrayBuffer>>;

async function* pieces(bytes: Uint8Array<ArrayBuffer>, size = 7): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** The dataset that an import of the files gives: labels of several records are united, and pictures that no record names have none. */
async function imported(files: Files, options: FormatOptions): Promise<{ dataset: ExportDataset; rows: ExportRow[] }> {
  const { rows: said, summary } = await readAll(lightlyTrain, datasetFiles(files), options);
  const rows: (ExportRow & { labels: string[] })[] = [...files.keys()]
    .filter((path) => path.endsWith('.png'))
    .map((path) => ({ path, split: null, labels: [], predicted: null, confidence: null }));
  for (const { path, labels = [], split } of said) {
    const row = rows.find((one) => one.path === path);
    if (!row) continue;
    row.split ??= split ?? null;
    for (const name of labels) if (!row.labels.includes(name)) row.labels.push(name);
  }
  const classes = summary.classes.map(({ name }) => name);
  return { rows, dataset: datasetOf(rows, classes, options) };
}

const datasetOf = (rows: readonly ExportRow[], classes: readonly string[], options: FormatOptions): ExportDataset => ({
  ...exportOf(rows, { classes }),
  imported: { format: 'lightly-train', options },
});

async function write(dataset: ExportDataset, files: Files, options: FormatOptions = {}): Promise<Files> {
  const written: Files = new Map();
  const context = {
    original: async (path: string) => {
      const bytes = files.get(path);
      return bytes ? pieces(bytes) : null;
    },
    picture: async () => new Blob(),
  };
  for await (const { path, content } of writer.write(dataset, { ...writer.defaults(dataset), ...options }, context)) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of content) parts.push(part);
    written.set(path, new Uint8Array(await new Blob(parts).arrayBuffer()));
  }
  return written;
}

const filesOf = (texts: Record<string, string>): Files =>
  new Map(Object.entries(texts).map(([path, text]) => [path, bytesOf(text)]));

/** Records with duplicates, blank lines, missing and absolute pictures, quotes that need not be, extra and absent cells. */
const record = fc.record({
  picture: fc.constantFrom('img/a.png', 'img/b.png', './img/c.png', '/data/set/img/d.png', 'gone.png', 'note.txt', ''),
  label: fc.constantFrom('cat', '"cat"', '"cat, dog"', ' dog ', '', ',', '"a ""q"""', 'unknown'),
  extra: fc.constantFrom('', ',x', ',"x, ""y""\nz"', ',,', ',1,2,3'),
  end: fc.constantFrom('\n', '\r\n', '\r', '\n\n'),
});
const table = fc
  .tuple(fc.constantFrom('', '\uFEFF'), fc.array(record, { maxLength: 10 }), fc.constantFrom('', 'img/a.png,dog'))
  .map(([mark, list, last]) => {
    const lines = list.map(({ picture, label, extra, end }) => `${picture},${label}${extra}${end}`);
    return `${mark}image_path,label,note\r\n${lines.join('')}${last}`;
  });
const pictures = { 'img/a.png': '', 'img/b.png': '', 'img/c.png': '', 'img/d.png': '' };

describe('imported CSV files of LightlyTrain', () => {
  it('are written back byte for byte when nothing was edited', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (text) => {
        const files = filesOf({ 'train.csv': text, ...pictures });
        const { dataset } = await imported(files, { train: 'train.csv' });
        const written = await write(dataset, files);
        expect([...written.keys()]).toEqual(['train.csv', 'data.yaml']);
        expect(written.get('train.csv')).toEqual(files.get('train.csv'));
      }),
      { numRuns: 150 },
    );
  });

  it('differ in the label cells of an edited picture only', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom([], ['dog'], ['new'], ['cat', 'dog', 'new']), async (text, labels) => {
        const files = filesOf({ 'train.csv': text, ...pictures });
        const { rows, dataset } = await imported(files, { train: 'train.csv' });
        const edited = rows.map((row) => (row.path === 'img/a.png' ? { ...row, labels } : row));
        const classes = [...new Set([...dataset.classes, 'new'])];
        const before = rows.find(({ path }) => path === 'img/a.png')?.labels ?? [];
        const written = await write(datasetOf(edited, classes, { train: 'train.csv' }), files);
        const after = textOf(written.get('train.csv'));
        const names = await recordsOf(text);
        const now = await recordsOf(after);
        const same = [...before].sort().join() === [...labels].sort().join();
        for (const [i, { raw, cells }] of names.entries()) {
          const [own, ...others] = [now[i]?.cells[0], ...(now[i]?.cells.slice(2) ?? [])];
          if (cells[0] !== 'img/a.png' || same) expect(now[i]?.raw).toBe(raw);
          else expect([own, now[i]?.cells[1], others]).toEqual([cells[0], labels.join(','), cells.slice(2)]);
        }
        const isNew = labels.length > 0 && !names.some(({ cells }) => cells[0] === 'img/a.png');
        expect(now.length).toBe(names.length + (isNew ? 1 : 0));
        // What was written reads as the edited dataset.
        const again = await imported(new Map([...files, ...written]), { train: 'train.csv' });
        const read = again.rows.find(({ path }) => path === 'img/a.png')?.labels ?? [];
        expect([...read].sort()).toEqual([...labels].sort());
      }),
      { numRuns: 150 },
    );
  });

  it('keep columns, ids, delimiters, UTF-16 and ignored classes', async () => {
    const text = '\uFEFFid;klass;file\r\n1;"3|5";../img/a.png\r\n2;5;../img/b.png';
    const utf16 = new Uint8Array([...text].flatMap((unit) => [unit.charCodeAt(0) & 255, unit.charCodeAt(0) >> 8]));
    const files = filesOf(pictures).set('lists/t.csv', utf16);
    const options = {
      ...{ train: 'lists/t.csv', csv_image_column: 'file', csv_label_column: 'klass', csv_label_type: 'id' },
      ...{
        label_delimiter: '|',
        ignore_classes: [3],
        classes: [
          [5, 'cat'],
          [3, 'no'],
          [9, 'dog'],
        ],
      },
    };
    const { rows } = await imported(files, options);
    const edited = rows.map((row) => {
      if (row.path === 'img/a.png') return { ...row, labels: ['dog', 'owl'] };
      return row.path === 'img/c.png' ? { ...row, labels: ['cat'], split: 'train' } : row;
    });
    const written = await write(datasetOf(edited, ['cat', 'dog', 'owl'], options), files);
    expect(new TextDecoder('utf-16le', { ignoreBOM: true }).decode(written.get('lists/t.csv'))).toBe(
      '\uFEFFid;klass;file\r\n1;"9|10|3";../img/a.png\r\n2;5;../img/b.png\r\n;5;../img/c.png\r\n',
    );
    expect(textOf(written.get('data.yaml'))).toContain('csv_label_type: "id"');
    const again = await readAll(lightlyTrain, datasetFiles(new Map([...files, ...written])), {
      ...options,
      classes: [...options.classes, [10, 'owl']],
    });
    expect(again.rows.find(({ path }) => path === 'img/a.png')?.labels).toEqual(['dog', 'owl']);
  });

  it('get new pictures at the end of the file of their split, spelled as its other paths', async () => {
    const files = filesOf({
      'train.csv': 'image_path,label\n/data/set/img/a.png,cat\n',
      'val.csv': 'image_path,label\nimg/b.png,dog',
      ...pictures,
    });
    const options = { train: 'train.csv', val: 'val.csv' };
    const { rows, dataset } = await imported(files, options);
    const place = new Map([
      ['img/c.png', 'train'],
      ['img/d.png', 'validation'],
    ]);
    const edited = rows.map((row) => {
      const split = place.get(row.path);
      return split === undefined ? row : { ...row, labels: ['cat'], split };
    });
    const written = await write(datasetOf(edited, dataset.classes, options), files);
    expect(textOf(written.get('train.csv'))).toBe(
      'image_path,label\n/data/set/img/a.png,cat\n/data/set/img/c.png,cat\n',
    );
    expect(textOf(written.get('val.csv'))).toBe('image_path,label\nimg/b.png,dog\nimg/d.png,cat\n');
  });

  it('keep records of pictures that are filtered out, and refuse what a filter makes uncertain', async () => {
    const text = 'image_path,label\nimg/a.png,cat\nimg/b.png,dog\n';
    const files = filesOf({ 'train.csv': text, ...pictures });
    const { rows, dataset } = await imported(files, { train: 'train.csv' });
    const some = rows.slice(0, 1).map((row) => ({ ...row, labels: ['dog'] }));
    const filtered = { ...datasetOf(some, dataset.classes, { train: 'train.csv' }), filtered: true };
    expect(textOf((await write(filtered, files)).get('train.csv'))).toBe(text.replace('cat', 'dog'));
    const short = filesOf({ 'train.csv': 'image_path,label\na.png,cat\n' });
    await expect(write(filtered, short)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('refuse a picture that changed its split, and are left alone when new files are asked for', async () => {
    const files = filesOf({ 'x.csv': 'image_path,label\nimg/a.png,cat\n', ...pictures });
    const { rows, dataset } = await imported(files, { train: 'x.csv' });
    const moved = rows.map((row) => (row.path === 'img/a.png' ? { ...row, split: 'test' } : row));
    const other = datasetOf(moved, dataset.classes, { train: 'x.csv' });
    await expect(write(other, files)).rejects.toThrow('is in test now');
    expect([...(await write(other, files, { original: false })).keys()]).toEqual(['test.csv', 'data.yaml']);
    expect([...(await write(dataset, new Map())).keys()]).toEqual(['train.csv', 'data.yaml']);
  });

  it('refuse a class that their delimiter would cut', () => {
    const dataset = datasetOf([], ['a,b'], { train: 'x.csv' });
    expect(() => writer.lint(dataset, {})).toThrow('“a,b”');
    expect(() => writer.lint(dataset, { original: false })).not.toThrow();
  });
});

async function recordsOf(text: string): Promise<{ raw: string; cells: string[] }[]> {
  const records: { raw: string; cells: string[] }[] = [];
  for await (const { rows } of readCsv(pieces(bytesOf(text)), { file: 'x.csv', delimiter: ',', raw: true }))
    for (const { raw = '', cells } of rows) records.push({ raw: raw.replace(/^[\r\n]+|[\r\n]+$/g, ''), cells });
  return records;
}

describe('a cell of a record', () => {
  it('is replaced where it stands, whatever the cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' '), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), fc.nat(4), cell, (cells, at, text) => {
        const index = at % cells.length;
        const line = (list: readonly string[]): string => list.map((one) => csvCell(one, ',', true)).join(',');
        const wanted = cells.map((one, i) => (i === index ? text : one));
        expect(replaceCell(`\n${line(cells)}\r\n`, index, ',', text, false)).toBe(`\n${line(wanted)}\r\n`);
      }),
    );
    expect(replaceCell('a\n', 2, ',', 'x', false)).toBe('a,,x\n');
  });
});
