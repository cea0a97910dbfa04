// LightlyStudio: what is written is read back with its types; names that fit several pictures are told.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../src/catalog/types.ts';
import { lightlyStudio, writer } from '../../../src/formats/lightly-studio/index.ts';
import type { ExportRow, FieldValue } from '../../../src/formats/types.ts';
import { datasetFiles, readAll } from '../../conformance/files.ts';
import { bytesOf, exportOf, row, textOf, writeAll } from './dataset.ts';

const empty = new Uint8Array();
const fieldOf = (name: string, type: Field['type']): Field => ({
  name,
  title: name,
  type,
  origin: 'metadata',
  facet: 'none',
});
const fields = [
  fieldOf('weather', 'text'),
  fieldOf('count', 'integer'),
  fieldOf('x y', 'number'),
  fieldOf('ok', 'boolean'),
  fieldOf('boxes', 'json'),
];

const values = fc.record(
  {
    weather: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    count: fc.maxSafeInteger(),
    'x y': fc.double({ noNaN: true, noDefaultInfinity: true }),
    ok: fc.boolean(),
    boxes: fc.array(fc.integer(), { maxLength: 3 }).map((list) => ({ json: JSON.stringify(list) })),
  },
  { requiredKeys: [] },
);

const withPictures = (paths: readonly string[], files: Record<string, string | Uint8Array<ArrayBuffer>>) =>
  datasetFiles(
    new Map([
      ...paths.map((path) => [path, empty] as const),
      ...Object.entries(files).map(
        ([path, content]) => [path, typeof content === 'string' ? bytesOf(content) : content] as const,
      ),
    ]),
  );

describe('LightlyStudio', () => {
  it('reads its JSON back value for value, 1 and 1.0 apart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 6 }), async (list) => {
        const rows: ExportRow[] = list.map((own, i) => ({
          ...row(`d/${i}.png`, []),
          fields: own as Record<string, FieldValue>,
        }));
        const written = await writeAll(writer, exportOf(rows, { classes: [], fields }), { metadata: 'json' });
        const files = withPictures(
          rows.map(({ path }) => path),
          { 'metadata.json': written.get('metadata.json') ?? empty },
        );
        const [first] = await lightlyStudio.detect(files);
        const { rows: got, summary } = await readAll(lightlyStudio, files, first?.options ?? {});
        const same = (a: unknown): string => JSON.stringify(a, (_, one: unknown) => (Object.is(one, -0) ? 0 : one));
        expect(same(got.map((one) => one.fields))).toEqual(same(rows.map((one) => one.fields)));
        for (const { name, type } of summary.fields)
          if (type !== 'category') expect(type).toBe(fields.find((field) => field.name === name)?.type);
      }),
      { numRuns: 60 },
    );
  });

  it('reads its CSV back, numbers and yes or no by the proposed types', async () => {
    const own = { weather: 'a, "b"\nc', count: 28, 'x y': 3, ok: true };
    const rows = [
      { ...row('d/1.png', []), fields: own },
      { ...row('d/2.png', []), fields: { count: -1, 'x y': 0.5 } },
    ];
    const written = await writeAll(writer, exportOf(rows, { classes: [], fields: fields.slice(0, 4) }), {
      metadata: 'csv',
    });
    expect(textOf(written.get('metadata.csv'))).toBe(
      'file_name,weather,count,x y,ok\nd/1.png,"a, ""b""\nc",28,3.0,true\nd/2.png,,-1,0.5,\n',
    );
    const files = withPictures(['d/1.png', 'd/2.png'], { 'metadata.csv': written.get('metadata.csv') ?? empty });
    const [first] = await lightlyStudio.detect(files);
    const { rows: got, summary } = await readAll(lightlyStudio, files, first?.options ?? {});
    expect(got.map((one) => one.fields)).toEqual(rows.map((one) => one.fields));
    expect(summary.fields.map(({ name, type }) => [name, type])).toEqual([
      ['weather', 'category'],
      ['count', 'integer'],
      ['x y', 'number'],
      ['ok', 'boolean'],
    ]);
  });

  it('keeps what a conversion would change as text', async () => {
    const csv = 'file_name,a,b,c,d\n1.png,007,1e5,9007199254740993,NA\n2.png,8,2,3,4\n';
    const { rows, summary } = await readAll(lightlyStudio, withPictures(['1.png', '2.png'], { 'm.csv': csv }), {
      file: 'm.csv',
    });
    expect(rows[0]?.fields).toEqual({ a: '007', b: '1e5', c: '9007199254740993', d: 'NA' });
    expect(summary.fields.every(({ type }) => type === 'category' || type === 'text')).toBe(true);
  });

  it('tells a bare name that fits several pictures, with the candidates', async () => {
    const csv = 'file_name,k\na.png,1\nx/a.png,2\nb.png,3\n';
    const files = withPictures(['x/a.png', 'y/a.png', 'y/b.png'], { 'm.csv': csv });
    const { rows, issues, summary } = await readAll(lightlyStudio, files, { file: 'm.csv' });
    expect(rows.map(({ path, fields: own }) => [path, own?.k])).toEqual([
      ['x/a.png', 2],
      ['y/b.png', 3],
    ]);
    expect(issues.find(({ kind }) => kind === 'left-out')).toMatchObject({
      line: 2,
      reason: 'ambiguous-name',
      text: expect.stringContaining('x/a.png, y/a.png'),
    });
    expect(summary).toMatchObject({ found: 3, imported: 2, leftOut: 1 });
  });

  it('reads its export of classifications back, confidence and source included', async () => {
    const rows: ExportRow[] = [
      { ...row('x/a.png', ['cat', 'big, dog']), fields: { label_confidence: 0.9, annotation_source: 'model_v1' } },
      row('y/a.png', ['cat']),
      row('z.png', []),
    ];
    const dataset = exportOf(rows, { classes: ['cat', 'big, dog'] });
    const text = textOf((await writeAll(writer, dataset, { folder: '/data' })).get('classification_export.csv'));
    expect(text).toBe(
      'file_path_abs,class_name,confidence,annotation_source\r\n/data/x/a.png,cat,0.9,model_v1\r\n' +
        '/data/x/a.png,"big, dog",0.9,model_v1\r\n/data/y/a.png,cat,,annotation\r\n',
    );
    const files = withPictures(['x/a.png', 'y/a.png', 'z.png'], { 'e.csv': text });
    const [first] = await lightlyStudio.detect(files);
    const { rows: got, summary } = await readAll(lightlyStudio, files, first?.options ?? {});
    expect(got.map(({ path, labels, fields: own }) => [path, labels, own])).toEqual([
      ['x/a.png', ['cat'], { label_confidence: 0.9, annotation_source: 'model_v1' }],
      ['x/a.png', ['big, dog'], { label_confidence: 0.9, annotation_source: 'model_v1' }],
      ['y/a.png', ['cat'], { annotation_source: 'annotation' }],
    ]);
    expect(summary.multiLabel).toBe(true);
  });

  it.each([
    ['[1]', 1],
    ['{"a.png": {"k": 1}', 1],
    ['{"a.png": {"k": 1}}\n x', 2],
    ['{"a.png": {},\n\n "b" {}}', 3],
  ])('names the line where %j is no object of file names', async (json, line) => {
    const reading = readAll(lightlyStudio, withPictures(['a.png'], { 'm.json': json }), {
      file: 'm.json',
      kind: 'metadata-json',
    });
    await expect(reading).rejects.toMatchObject({ code: 'bad-input', line });
  });

  it('leaves out an entry that is no object, and tells keys of two types', async () => {
    const json = '{\n"a.png": 3,\n"b.png": {"k": 1},\n"c.png": {"k": "x", "k2": NaN}\n}';
    const { rows, issues } = await readAll(
      lightlyStudio,
      withPictures(['a.png', 'b.png', 'c.png'], { 'm.json': json }),
      { file: 'm.json', kind: 'metadata-json' },
    );
    expect(rows.map(({ path }) => path)).toEqual(['b.png', 'c.png']);
    expect(issues.map(({ kind, line, reason }) => [kind, line, reason])).toEqual([
      ['left-out', 2, 'not-object'],
      ['note', 4, 'mixed-types'],
      ['note', 4, 'not-finite'],
    ]);
  });

  it('warns of bare names that repeat and of files that LightlyStudio does not list', () => {
    const dataset = exportOf([], { classes: [] });
    const lint = writer.lint(dataset, { names: 'name' });
    for (const path of ['x/a.png', 'y/a.png', 'z.dcm']) lint.add(row(path, ['cat']));
    expect(lint.warnings().join('\n')).toMatch(/share a bare file name.*y\/a\.png[\s\S]*does not list 1 file/);
  });
});
