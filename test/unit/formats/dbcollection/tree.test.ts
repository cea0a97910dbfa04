// The raw folders of ImageNet, and the tables beside them.
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCache } from '../../../../src/formats/dbcollection/cache.ts';
import { dbcollection } from '../../../../src/formats/dbcollection/index.ts';
import { readMatStruct } from '../../../../src/formats/dbcollection/mat5.ts';
import { datasetFiles, readAll } from '../../../conformance/files.ts';

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const VAL = (number: number): string => `in/val/ILSVRC2012_val_${String(number).padStart(8, '0')}.JPEG`;

async function read(files: Record<string, Uint8Array<ArrayBuffer> | string>) {
  const entries = Object.entries(files).map(
    ([path, content]) => [path, typeof content === 'string' ? text(content) : content] as const,
  );
  const dataset = datasetFiles(new Map(entries));
  const [detection] = await dbcollection.detect(dataset);
  const result = await readAll(dbcollection, dataset, detection?.options ?? {});
  return { ...result, labels: Object.fromEntries(result.rows.map(({ path, labels = null }) => [path, labels])) };
}

describe('the folders of ImageNet', () => {
  it('take the class of a flat validation picture by its number, whatever is missing in between', async () => {
    const { labels, issues, rows } = await read({
      'in/train/n02119789/x.JPEG': '',
      'in/train/n02119789/deeper/y.webp': '',
      [VAL(1)]: '',
      [VAL(3)]: '',
      'in/devkit/data/ILSVRC2012_validation_ground_truth.txt': '449\r\n1\r\n450',
    });
    expect(labels).toEqual({
      'in/train/n02119789/x.JPEG': ['n02119789'],
      'in/train/n02119789/deeper/y.webp': ['n02119789'],
      [VAL(1)]: ['n01440764'],
      [VAL(3)]: ['n01443537'],
    });
    expect(new Set(rows.map(({ split }) => split))).toEqual(new Set(['train', 'validation']));
    expect(issues).toMatchObject([{ reason: 'missing-file', line: 2, path: 'ILSVRC2012_val_00000002' }]);
  });

  it.each([
    ['fewer lines than pictures', '449\n'],
    ['an id that is no class', '449\n0\n450\n'],
    ['text', '449\nx\n450\n'],
  ])('refuse a ground truth with %s, not the pictures', async (_, truth) => {
    const { labels, issues } = await read({
      [VAL(1)]: '',
      [VAL(3)]: '',
      'in/ILSVRC2012_validation_ground_truth.txt': truth,
    });
    expect(labels).toEqual({ [VAL(1)]: null, [VAL(3)]: null });
    expect(issues.map(({ reason }) => reason)).toEqual(['ground-truth', 'no-class', 'no-class']);
  });

  it('take words from the tables, then from the 1000 known classes', async () => {
    const { summary } = await read({
      'in/train/n01440764/a.JPEG': '',
      'in/train/n01443537/a.JPEG': '',
      'in/train/cats/a.JPEG': '',
      'in/LOC_synset_mapping.txt': 'n01440764 : our tench\n',
    });
    expect(summary.classes).toEqual([
      { name: 'cats', id: 0 },
      { name: 'n01440764', id: 1, title: 'our tench' },
      { name: 'n01443537', id: 2, title: 'goldfish, Carassius auratus' },
    ]);
  });

  it('offer train256 beside train, and say how many pictures are not read', async () => {
    const files = datasetFiles(
      new Map(['train/n01440764/a.JPEG', 'train256/n01440764/a.JPEG'].map((path) => [path, text('')])),
    );
    const [detection] = await dbcollection.detect(files);
    const [, train] = await dbcollection.importOptions(files, detection?.options ?? {});
    expect(train?.choices?.map(({ value }) => value)).toEqual(['train', 'train256', '']);
    const { rows, summary } = await readAll(dbcollection, files, detection?.options ?? {});
    expect(rows.map(({ path }) => path)).toEqual(['train/n01440764/a.JPEG']);
    expect(summary.notes.join()).toContain('1 pictures outside');
  });

  it('are no dataset where nothing stands in them', async () => {
    await expect(
      readAll(dbcollection, datasetFiles(new Map()), { source: 'folders', root: '', train: 'train', val: 'val' }),
    ).rejects.toThrow(/train/);
  });
});

/** A data element of a MAT-file, padded to 8 bytes. */
function element(type: number, data: number[] | Uint8Array): number[] {
  const bytes = [...data];
  const head = new Uint8Array(new Uint32Array([type, bytes.length]).buffer);
  return [...head, ...bytes, ...new Array<number>((8 - (bytes.length % 8)) % 8).fill(0)];
}
const int32 = (...values: number[]): number[] => [...new Uint8Array(Int32Array.from(values).buffer)];
const ascii = (content: string): number[] => [...text(content)];

function matrix(arrayClass: number, dimensions: number[], name: string, rest: number[]): number[] {
  return element(14, [
    ...element(6, int32(arrayClass, 0)),
    ...element(5, int32(...dimensions)),
    ...element(1, ascii(name)),
    ...rest,
  ]);
}

describe('meta.mat', () => {
  const fields = ['ILSVRC2012_ID', 'WNID', 'words'];
  const names = fields.flatMap((field) => ascii(field.padEnd(32, '\0')));
  const cell = (id: number, wnid: string, words: string): number[] => [
    ...matrix(6, [1, 1], '', element(9, [...new Uint8Array(Float64Array.of(id).buffer)])),
    ...matrix(
      4,
      [1, wnid.length],
      '',
      element(4, [...new Uint8Array(Uint16Array.from(wnid, (c) => c.charCodeAt(0)).buffer)]),
    ),
    ...matrix(4, [1, words.length], '', element(16, ascii(words))),
  ];
  const struct = matrix(2, [2, 1], 'synsets', [
    ...element(5, int32(32)),
    ...element(1, names),
    ...cell(1, 'n02119789', 'kit fox'),
    ...cell(449, 'n01440764', 'tench'),
  ]);
  const head = new Uint8Array(128);
  head.set([0x00, 0x01, 0x49, 0x4d], 124);
  const synsets = [
    { ILSVRC2012_ID: 1, WNID: 'n02119789', words: 'kit fox' },
    { ILSVRC2012_ID: 449, WNID: 'n01440764', words: 'tench' },
  ];

  it('is read plain and compressed', async () => {
    expect(await readMatStruct(Uint8Array.from([...head, ...struct]), 'synsets', 'meta.mat')).toEqual(synsets);
    const packed = deflateSync(Uint8Array.from(struct));
    const whole = Uint8Array.from([...head, ...new Uint8Array(new Uint32Array([15, packed.length]).buffer), ...packed]);
    expect(await readMatStruct(whole, 'synsets', 'meta.mat')).toEqual(synsets);
    expect(await readMatStruct(whole, 'other', 'meta.mat')).toBeUndefined();
  });

  it('is refused when it is cut or something else', async () => {
    const cut = Uint8Array.from([...head, ...struct]).slice(0, -40);
    await expect(readMatStruct(cut, 'synsets', 'meta.mat')).rejects.toThrow(/damaged/);
    await expect(readMatStruct(text('no'), 'synsets', 'meta.mat')).rejects.toThrow(/version 5/);
  });
});

describe("dbcollection's list", () => {
  it('tells the files of tasks, and is refused when it is no JSON', () => {
    const list = {
      dataset: { ilsvrc2012: { data_dir: '/d', tasks: { raw256: { filename: '/c/raw256.h5' }, odd: 3 } } },
    };
    expect(readCache(JSON.stringify(list), 'a.json')).toEqual({
      ilsvrc2012: { dataDir: '/d', tasks: { raw256: '/c/raw256.h5' } },
    });
    expect(() => readCache('{', 'dbcollection.json')).toThrow(/dbcollection.json/);
  });
});
