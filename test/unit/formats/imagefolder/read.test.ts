// Each rule of reading metadata on a small dataset: what is matched, what is left out and why, and what is told of the peers.
import { describe, expect, it } from 'vitest';
import { losses } from '../../../conformance/imagefolder/reading.ts';
import { filesOf, readAll, utf8 } from './dataset.ts';

const pictures = { 'a.png': null, 'b.png': null };
const lines = (...all: unknown[]): string =>
  all.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');
const reasons = (issues: { reason: string; line?: number }[]): string[] =>
  issues.map(({ reason, line }) => `${line}: ${reason}`);

describe('records', () => {
  it('keep values as they stand: big integers, nested values, dates, null and what is absent', async () => {
    const text =
      '{"file_name": "a.png", "n": 9007199254740993, "o": {"x": [1.0,  2]}, "d": "2024-01-02", "z": null}\n{"file_name": "b.png"}\n';
    const { rows } = await readAll(filesOf({ ...pictures, 'metadata.jsonl': text }));
    expect(rows[0]?.fields).toEqual({
      n: { json: '9007199254740993' },
      o: { json: '{"x": [1.0,  2]}' },
      d: '2024-01-02',
      z: null,
    });
    expect(rows[1]?.fields).toBeUndefined();
  });

  it('that are bad cost only themselves, and found is imported and left out', async () => {
    const text = lines(
      { file_name: 'a.png' },
      'no json',
      '',
      '["a"]',
      { file_name: 'none.png' },
      { x: 1 },
      '{"file_name": "b.png", "x": NaN}',
    );
    const { summary, issues } = await readAll(filesOf({ ...pictures, 'metadata.jsonl': text }));
    expect(summary).toMatchObject({ found: 6, imported: 2, leftOut: 4 });
    expect(reasons(issues).sort()).toEqual([
      '2: syntax',
      '4: not-object',
      '5: missing-file',
      '6: no-file-name',
      '7: nan-literal',
    ]);
  });

  it('of one picture are all given', async () => {
    const text = lines({ file_name: 'a.png', caption: 'x' }, { file_name: './a.png', label: 'cat' });
    const { rows } = await readAll(filesOf({ ...pictures, 'metadata.jsonl': text }));
    expect(rows.map(({ path }) => path)).toEqual(['a.png', 'a.png']);
  });

  it('may name several pictures, or one inside a nested object', async () => {
    const text = lines({ left_file_name: 'a.png', file_names: ['b.png', 'a.png'] }, { pair: { file_name: 'b.png' } });
    const { rows, summary } = await readAll(filesOf({ ...pictures, 'metadata.jsonl': text }));
    expect(rows.map(({ path }) => path)).toEqual(['a.png', 'b.png', 'a.png', 'b.png']);
    expect(summary).toMatchObject({ found: 2, imported: 2 });
  });

  it.each([
    ['../a.png', 'outside-folder'],
    ['/etc/a.png', 'absolute-path'],
    ['C:\\a.png', 'absolute-path'],
    ['file:///a.png', 'url'],
    ['', 'no-file-name'],
  ])('with the path %s are left out: %s', async (name, reason) => {
    const { rows, issues } = await readAll(filesOf({ ...pictures, 'metadata.jsonl': lines({ file_name: name }) }));
    expect(rows).toEqual([]);
    expect(issues).toMatchObject([{ kind: 'left-out', line: 1, reason, path: name }]);
  });

  it('find names in the other Unicode form when only one fits, and say so', async () => {
    const files = filesOf({ [`${'é'.normalize('NFD')}.png`]: null, 'metadata.jsonl': lines({ file_name: 'é.png' }) });
    const { rows, issues } = await readAll(files);
    expect(rows).toHaveLength(1);
    expect(reasons(issues)).toEqual(['1: other-unicode-form']);
  });

  it('of opsml 2 are found by the end of their path', async () => {
    const files = filesOf({
      'train/a.png': null,
      'val/a.png': null,
      'train/metadata.jsonl': lines({ filepath: 'my_images/train/a.png', size: 5 }),
    });
    const { rows, detection } = await readAll(files);
    expect(rows).toMatchObject([{ path: 'train/a.png', split: 'train', fields: { size: 5 } }]);
    expect(detection?.title).toContain('opsml');
  });
});

describe('labels and splits', () => {
  it('come from the key label, as one or a list, and from the folder of the file', async () => {
    const files = filesOf({
      'train/a.png': null,
      'my-val/b.png': null,
      'train/metadata.jsonl': lines({ file_name: 'a.png', label: ['cat', 'dog'] }),
      'my-val/metadata.jsonl': lines({ file_name: 'b.png', label: 'bird' }),
    });
    const { rows, summary } = await readAll(files);
    expect(rows).toMatchObject([
      { path: 'my-val/b.png', split: 'validation', labels: ['bird'] },
      { path: 'train/a.png', split: 'train', labels: ['cat', 'dog'] },
    ]);
    expect(summary).toMatchObject({ multiLabel: true, classes: [{ name: 'bird' }, { name: 'cat' }, { name: 'dog' }] });
  });

  it('come from categories where there is no label, numbers in the order of numbers', async () => {
    const text = lines({ file_name: 'a.png', categories: [10] }, { file_name: 'b.png', categories: [9] });
    const { summary } = await readAll(filesOf({ ...pictures, 'metadata.jsonl': text }));
    expect(summary.classes).toEqual([{ name: '9' }, { name: '10' }]);
  });
});

describe('columns of a CSV', () => {
  it('are typed over the whole file; zeros in front, NA and dates stay', async () => {
    const text = 'file_name,zip,a,n,f,flag,d\na.png,007,NA,1,1,True,2024-01-02\nb.png,008,x,,2.5,false,\n';
    const { rows, summary } = await readAll(filesOf({ ...pictures, 'metadata.csv': text }));
    expect(rows.map(({ fields }) => fields)).toEqual([
      { zip: '007', a: 'NA', n: 1, f: 1, flag: true, d: '2024-01-02' },
      { zip: '008', a: 'x', f: 2.5, flag: false },
    ]);
    expect(Object.fromEntries(summary.fields.map(({ name, type }) => [name, type]))).toMatchObject({
      n: 'integer',
      f: 'number',
      flag: 'boolean',
    });
  });

  it('are not shifted by rows that are longer than the header', async () => {
    const { summary, issues } = await readAll(
      filesOf({ ...pictures, 'metadata.csv': 'file_name,t\na.png,x,q\nb.png,y\n' }),
    );
    expect(summary).toMatchObject({ found: 2, imported: 1, leftOut: 1 });
    expect(reasons(issues)).toEqual(['2: too-many-fields']);
  });

  it('end the import where a quote is never closed, with the place', async () => {
    const files = filesOf({ ...pictures, 'metadata.csv': 'file_name,t\na.png,"x\nb.png,y\n' });
    await expect(readAll(files, { files: ['metadata.csv'] })).rejects.toMatchObject({
      code: 'bad-input',
      line: 2,
      column: 7,
    });
  });
});

describe('what the peers would lose is told', () => {
  const notes = async (files: Record<string, string | null>): Promise<string> =>
    (await readAll(filesOf(files))).summary.notes.join('\n');
  it.each([
    [
      'pictures outside a folder that is called like a split',
      { 'cat/a.png': null, 'test/b.png': null, 'metadata.jsonl': lines({ file_name: 'cat/a.png' }) },
      'does not load 1 picture',
    ],
    [
      'metadata beside split folders',
      { 'train/a.png': null, 'test/b.png': null, 'metadata.jsonl': lines({ file_name: 'train/a.png' }) },
      'does not see',
    ],
    [
      'one file with a split word in its name',
      { 'cat/test_1.png': null, 'dog/b.png': null, 'metadata.jsonl': lines({ file_name: 'dog/b.png' }) },
      'does not load 1 picture',
    ],
    [
      'mixed types',
      { ...pictures, 'metadata.jsonl': lines({ file_name: 'a.png', n: 1 }, { file_name: 'b.png', n: 'x' }) },
      'several types',
    ],
    [
      'texts that look like dates',
      { ...pictures, 'metadata.jsonl': lines({ file_name: 'a.png', d: '2024-01-02' }) },
      'look like dates',
    ],
    ['a bad line', { ...pictures, 'metadata.jsonl': lines({ file_name: 'a.png' }, '{') }, 'stops at the first'],
    [
      'extensions that are not listed',
      { 'a.dcm': null, 'metadata.jsonl': lines({ file_name: 'a.dcm' }) },
      'does not list 1 picture',
    ],
    [
      'pictures without a record',
      { ...pictures, 'metadata.jsonl': lines({ file_name: 'a.png' }) },
      '1 of 2 pictures have no metadata',
    ],
    [
      'a split without metadata',
      { 'train/a.png': null, 'test/b.png': null, 'train/metadata.jsonl': lines({ file_name: 'a.png' }) },
      'has no metadata file',
    ],
  ])('%s', async (_, files, text) => {
    expect(await notes(files)).toContain(text);
  });

  it('and nothing is said of a dataset that they read', async () => {
    expect(await notes({ ...pictures, 'metadata.jsonl': lines({ file_name: 'a.png' }, { file_name: 'b.png' }) })).toBe(
      '',
    );
  });
});

it('accounts for every record of hostile files', async () => {
  const files = filesOf({
    ...pictures,
    'metadata.jsonl': new Uint8Array([
      ...utf8('{"file_name": "a.png"}\n{"t": "'),
      0xff,
      ...utf8('"}\n{"file_name": "b.png", "file_name": "a.png"}'),
    ]),
  });
  expect(await losses(files)).toBeNull();
  const { issues } = await readAll(files);
  expect(reasons(issues)).toEqual(['2: invalid-utf-8', '3: duplicate-key']);
});
