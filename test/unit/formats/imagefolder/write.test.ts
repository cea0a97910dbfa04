// Read → write without edits is the same file; after an edit only the edited line differs; types and unknown keys survive every kind of file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportRow } from '../../../../src/formats/types.ts';
import { exportOf, filesOf, readAll, textOf, utf8, writeAll } from './dataset.ts';

const PATHS = ['a.png', 'b.png', 'c/d.png', 'é ü.png'];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((one) => JSON.stringify(one)),
  fc.constantFrom(
    '1',
    '1.0',
    '-0',
    '1e5',
    '9007199254740993',
    'NaN',
    'null',
    '"2024-01-02"',
    '"\\u00e9"',
    '[1, 2.50]',
    '{"bbox": [[1.0,2,3,4]]}',
  ),
);
const key = fc.constantFrom('caption', 'objects', 'n', 'x y', '__proto__', 'é');
const colon = fc.constantFrom(':', ': ', ' : ');
/** Lines as people and programs write them, some of them broken or blank. */
const line = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        path: fc.constantFrom(...PATHS),
        label: fc.option(fc.constantFrom('"cat"', '"dog"', '3', '["cat", "dog"]', 'null'), { nil: undefined }),
        members: fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 4 }),
        colon,
      })
      .map(({ path, label, members, colon: between }) => {
        const all = [['file_name', JSON.stringify(path)], ...(label ? [['label', label]] : []), ...members];
        return `{${all.map(([name, raw]) => `${JSON.stringify(name)}${between}${raw}`).join(', ')}}`;
      }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '  ', 'no json', '{"file_name": "missing.png", "label": "cat"}', '[1]', '{"x": 1}'),
  },
);
const file = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean());
const pictures = Object.fromEntries(PATHS.map((path) => [path, null]));

describe('metadata.jsonl that was read and is written again', () => {
  it('is byte for byte the same when nothing was edited', async () => {
    await fc.assert(
      fc.asyncProperty(file, async ([lines, end, last]) => {
        const text = lines.join(end) + (last && lines.length > 0 ? end : '');
        const files = filesOf({ ...pictures, 'metadata.jsonl': text });
        const { rows } = await readAll(files, { labelKey: 'label' });
        const dataset = exportOf(rows);
        const written = await writeAll(dataset, { kind: 'jsonl', place: 'root', labelKey: 'label' }, files);
        expect(textOf(written.get('metadata.jsonl'))).toBe(text);
      }),
      { numRuns: 120 },
    );
  });

  it('differs only in the lines of the edited picture, and reads back as edited', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.nat(), async ([lines, end], pick) => {
        const text = lines.join(end);
        const files = filesOf({ ...pictures, 'metadata.jsonl': text });
        const dataset = exportOf((await readAll(files, { labelKey: 'label' })).rows);
        const edited = dataset.all[pick % Math.max(1, dataset.all.length)];
        if (!edited) return;
        Object.assign(edited, { labels: ['a new class'], fields: { ...edited.fields, caption: 'new "words"' } });
        const written = textOf(
          (await writeAll(dataset, { kind: 'jsonl', place: 'root', labelKey: 'label' }, files)).get('metadata.jsonl'),
        );
        const after = written.split(end);
        expect(after).toHaveLength(lines.length || 1);
        for (const [n, before] of lines.entries())
          if (!before.includes(JSON.stringify(edited.path))) expect(after[n]).toBe(before);
        const again = exportOf(
          (await readAll(filesOf({ ...pictures, 'metadata.jsonl': written }), { labelKey: 'label' })).rows,
        );
        expect(again.all).toEqual(dataset.all);
      }),
      { numRuns: 60 },
    );
  });

  it('loses a byte order mark and nothing else', async () => {
    const text = '{"file_name": "a.png", "label": "cat"}\n';
    const files = filesOf({ ...pictures, 'metadata.jsonl': new Uint8Array([0xef, 0xbb, 0xbf, ...utf8(text)]) });
    const { rows } = await readAll(files);
    expect(textOf((await writeAll(exportOf(rows), { place: 'root' }, files)).get('metadata.jsonl'))).toBe(text);
  });

  it('keeps objects over several lines, and changes them in place', async () => {
    const text = '{\n  "file_name": "a.png",\n  "label": "cat"\n}\n{\n  "file_name": "b.png"\n}\n';
    const files = filesOf({ ...pictures, 'metadata.jsonl': text });
    const { rows, summary } = await readAll(files);
    expect(summary).toMatchObject({ found: 2, imported: 2 });
    const dataset = exportOf(rows);
    const write = async () => textOf((await writeAll(dataset, { place: 'root' }, files)).get('metadata.jsonl'));
    expect(await write()).toBe(text);
    Object.assign(dataset.all[0] ?? {}, { labels: ['dog'] });
    expect(await write()).toBe(text.replace('cat', 'dog'));
  });

  it('gets lines for pictures that have none, file_name first, behind the others', async () => {
    const files = filesOf({ ...pictures, 'metadata.jsonl': '{"label":"cat","file_name":"a.png"}' });
    const dataset = exportOf((await readAll(files)).rows);
    const added: ExportRow = {
      path: 'c/d.png',
      split: null,
      labels: ['dog'],
      predicted: null,
      confidence: null,
      fields: { caption: 'é' },
    };
    dataset.all.push(added);
    expect(textOf((await writeAll(dataset, { place: 'root' }, files)).get('metadata.jsonl'))).toBe(
      '{"label":"cat","file_name":"a.png"}\n{"file_name": "c/d.png", "label": "dog", "caption": "é"}\n',
    );
  });

  it('keeps the kind of a label: numbers stay numbers, lists stay lists', async () => {
    const text = '{"file_name": "a.png", "label": 3}\n{"file_name": "b.png", "label": ["x"]}\n';
    const files = filesOf({ ...pictures, 'metadata.jsonl': text });
    const dataset = exportOf((await readAll(files)).rows);
    for (const row of dataset.all) Object.assign(row, { labels: [row.path === 'a.png' ? '7' : 'y'] });
    expect(textOf((await writeAll(dataset, { place: 'root' }, files)).get('metadata.jsonl'))).toBe(
      text.replace('3', '7').replace('"x"', '"y"'),
    );
  });

  it('goes into each split folder, with paths relative to it', async () => {
    const rows = ['train/cat/1.png', 'test/2.png', 'other/3.png'].map((path) => ({ path, labels: ['cat'], file: '' }));
    const layout = {
      splitLevel: 0,
      classLevel: null,
      splits: [
        ['train', 'train'],
        ['test', 'test'],
      ] as [string, string][],
    };
    const written = await writeAll(exportOf(rows, { layout }), { place: 'split-folders' });
    expect([...written].map(([path, bytes]) => [path, textOf(bytes)])).toEqual([
      ['train/metadata.jsonl', '{"file_name": "cat/1.png", "label": "cat"}\n'],
      ['test/metadata.jsonl', '{"file_name": "2.png", "label": "cat"}\n'],
    ]);
  });

  it('leaves out the lines of pictures that a filter hides', async () => {
    const files = filesOf({ ...pictures, 'metadata.jsonl': '{"file_name":"a.png"}\n{"file_name":"b.png"}\n' });
    const { rows } = await readAll(files);
    const dataset = exportOf(rows.slice(1), { filtered: true });
    expect(textOf((await writeAll(dataset, { place: 'root' }, files)).get('metadata.jsonl'))).toBe(
      '{"file_name":"b.png"}\n',
    );
  });
});

describe('opsml in its own spelling', () => {
  it('has all four keys, ASCII only, and keeps unknown keys behind', async () => {
    const rows = [{ path: 'a.png', labels: ['é'], fields: { caption: '😀', weather: 'rain' }, file: '' }];
    const written = await writeAll(exportOf(rows), { style: 'opsml-1' });
    expect(textOf(written.get('metadata.jsonl'))).toBe(
      '{"file_name": "a.png", "caption": "\\ud83d\\ude00", "categories": ["\\u00e9"], "objects": null, "weather": "rain"}\n',
    );
  });
});

describe.each(['csv', 'parquet'])('metadata.%s', (kind) => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' });
  const cell = kind === 'csv' ? text.filter((one) => one.trim() !== '' && !one.includes('\u0000')) : text;
  it('reads back as it was written: labels, numbers, switches and text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.record({
            path: fc.constantFrom(...PATHS),
            label: fc.option(cell, { nil: null }),
            n: fc.option(fc.integer(), { nil: null }),
            x: fc.option(
              fc
                .double({ noNaN: true, noDefaultInfinity: true })
                .filter((one) => !Object.is(one, -0) && Math.abs(one) < 2 ** 53),
              { nil: null },
            ),
            flag: fc.option(fc.boolean(), { nil: null }),
            // A letter in front: otherwise a column of digits would be numbers in a CSV, as it should.
            note: fc.option(
              cell.map((one) => `t${one}`),
              { nil: null },
            ),
          }),
          { selector: ({ path }) => path, minLength: 1 },
        ),
        async (samples) => {
          const rows = samples.map(({ path, label, ...fields }) => ({
            path,
            labels: label === null ? [] : [label],
            fields: Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== null)),
            file: '',
          }));
          const written = await writeAll(exportOf(rows), { kind, place: 'root' });
          const again = await readAll(
            filesOf({ ...pictures, [`metadata.${kind}`]: written.get(`metadata.${kind}`) ?? null }),
          );
          const back = again.rows.map(({ path, labels = [], fields = {} }) => ({
            path,
            labels,
            fields: Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== null)),
          }));
          expect(back).toEqual(rows.map(({ path, labels, fields }) => ({ path, labels, fields })));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps columns that nobody asked for, and puts edits in', async () => {
    const first = exportOf([
      { path: 'a.png', labels: ['cat'], fields: { zip: '00123', n: 5 }, file: '' },
      { path: 'b.png', labels: ['dog'], fields: { zip: 'NA', n: 6 }, file: '' },
    ]);
    const files = filesOf({ ...pictures });
    const path = `metadata.${kind}`;
    files.set(path, (await writeAll(first, { kind, place: 'root' })).get(path) ?? utf8(''));
    const dataset = exportOf([
      { path: 'b.png', labels: ['bird'], file: '' },
      { path: 'a.png', labels: ['cat'], file: '' },
    ]);
    files.set(path, (await writeAll(dataset, { kind, place: 'root' }, files)).get(path) ?? utf8(''));
    const { rows } = await readAll(files);
    expect(rows).toMatchObject([
      { path: 'a.png', labels: ['cat'], fields: { zip: '00123', n: 5 } },
      { path: 'b.png', labels: ['bird'], fields: { zip: 'NA', n: 6 } },
    ]);
  });
});
