// DeepQ datasets: layouts, the forms of label.csv, names, and what is left out. Small fixtures of our own for each rule.
import { describe, expect, test } from 'vitest';
import { deepq } from '../../../../src/formats/deepq/index.ts';
import { understandLayout } from '../../../../src/formats/deepq/layout.ts';
import type { ImportIssue, ImportRow, ImportSummary } from '../../../../src/formats/types.ts';
import { datasetFiles } from '../../../conformance/files.ts';

async function read(
  files: Record<string, string>,
  options: Record<string, unknown> = {},
): Promise<{ rows: ImportRow[]; issues: ImportIssue[]; summary: ImportSummary; notes: string }> {
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const reading = deepq.read(datasetFiles(bytes), options);
  const [rows, issues]: [ImportRow[], ImportIssue[]] = [[], []];
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) {
    rows.push(...step.value.rows);
    issues.push(...step.value.issues);
  }
  const summary = step.value;
  expect(summary.found).toBe(summary.imported + summary.leftOut);
  return { rows, issues, summary, notes: [...summary.notes, ...issues.map(({ text }) => text)].join('\n') };
}

const four = { 'image/a.png': '', 'image/b.png': '', 'image/c.jpg': '', 'image/sub/a.png': '' };

describe('layouts', () => {
  const layoutOf = (...paths: string[]) => {
    const found = understandLayout(
      paths.filter((path) => !path.endsWith('.csv')),
      paths.filter((path) => path.endsWith('.csv')),
    );
    return 'roots' in found ? found.roots : [found.layout, found.root, found.labels[0] ?? null];
  };
  test.each([
    [
      ['image/a.png', 'label.csv'],
      ['image', '', 'label.csv'],
    ],
    [
      ['x/y/IMAGE/a.png', 'x/y/LABEL.csv'],
      ['image', 'x/y/', 'x/y/LABEL.csv'],
    ],
    [
      ['image/S/Series1/a.png', 'image/S/Series12/a.png'],
      ['structured', '', null],
    ],
    [
      ['image/S/Series1/a.png', 'image/S/series2/a.png'],
      ['image', '', null],
    ],
    [['Classes/cat/a.png'], ['classes', '', null]],
    [['d/classes/cat/a.png'], ['classes', 'd/', null]],
    [
      ['a.png', 'sub/b.png', 'label.csv'],
      ['anywhere', '', 'label.csv'],
    ],
    [['label.csv'], ['empty', '', 'label.csv']],
    [
      ['one/image/a.png', 'two/Classes/cat/b.png'],
      ['one/', 'two/'],
    ],
  ])('%j is %j', (paths, expected) => {
    expect(layoutOf(...paths)).toEqual(expected);
  });
});

test('a value of 0 is a known negative, no row is no decision, rows of zeros are none of the classes', async () => {
  const { rows, summary } = await read({
    ...four,
    'label.csv': 'a.png,cat,1\na.png,dog,0\nb.png,cat,0\nb.png,dog,0\n',
  });
  expect(rows).toEqual([
    { path: 'image/a.png', labels: ['cat'], negatives: ['dog'], file: 'label.csv', line: 1 },
    { path: 'image/b.png', labels: [], negatives: ['cat', 'dog'], file: 'label.csv', line: 3 },
  ]);
  expect(summary.classes).toEqual([{ name: 'cat' }, { name: 'dog' }]);
});

test('boxes keep the spelling of their numbers, and an image with nothing to label is known', async () => {
  const { rows } = await read({
    ...four,
    'label.csv': 'a.png,lesion,1,2.50,1e1,4\nb.png,nothing to label,,,,\na.png,"x ""y""",0,0,3,4\n',
  });
  expect(rows).toEqual([
    {
      path: 'image/a.png',
      fields: { boxes: { json: '[["lesion",1,2.50,1e1,4],["x "y"",0,0,3,4]]'.replace('x "y"', 'x \\"y\\"') } },
      file: 'label.csv',
      line: 1,
    },
    { path: 'image/b.png', labels: [], fields: { boxes: { json: '[]' } }, file: 'label.csv', line: 2 },
  ]);
});

test.each([
  [
    'a contradiction takes both rows back',
    'a.png,cat,1\nb.png,cat,1\na.png,cat,0\n',
    ['b.png'],
    ['contradiction', 'contradiction'],
  ],
  ['a name that fits two pictures is left out', 'b.png,cat,1\nx/a.png,cat,1\n', ['b.png'], ['missing-file']],
  ['a value that is neither 1 nor 0 is left out', 'b.png,cat,1\nc.jpg,cat,yes\n', ['b.png'], ['value']],
])('%s', async (_, text, labelled, reasons) => {
  const { rows, issues } = await read({ ...four, 'label.csv': text });
  expect(rows.filter((row) => row.labels?.length).map((row) => row.path)).toEqual(
    labelled.map((name) => `image/${name}`),
  );
  expect(issues.filter((one) => one.kind === 'left-out').map((one) => one.reason)).toEqual(reasons);
});

test.each([
  ['a,cat,1\n', /more than one/],
  ['B.PNG,cat,1\n', /differs in case/],
  ['./b.png,cat,1\nimage\\c.jpg,cat,1\n', /^$/],
  ['b.png;cat;1\n', /semicolons/],
  ['name,class,value\nb.png,cat,1\n', /header/],
  ['b.png,7,1\n', /number without quotes/],
  ['b.png,"7",1\n', /^$/],
  ['b.png,cat,1,\nc.jpg,cat,0,\n', /last cell of every row/],
])('of the rows %j it says %s', async (text, said) => {
  const files = { 'image/b.png': '', 'image/c.jpg': '', 'image/a.png': '', 'image/a.jpg': '' };
  expect((await read({ ...files, 'label.csv': text })).notes).toMatch(said);
});

test.each([
  ['a.png,cat,1,2\n', 1],
  ['b.png,cat,1\nc.jpg,cat,1,2,3,4\n', 2],
  ['b.png,cat,1\nc.jpg,"cat,1\n', 2],
])('the file %j is refused at its line', async (text, line) => {
  await expect(read({ ...four, 'label.csv': text })).rejects.toMatchObject({ code: 'bad-input', line });
});

test('of two datasets one has to be chosen', async () => {
  const files = { 'one/image/a.png': '', 'two/image/b.png': '', 'two/label.csv': 'b.png,cat\n' };
  await expect(read(files)).rejects.toMatchObject({ code: 'bad-input' });
  expect((await read(files, { root: 'two/' })).rows).toMatchObject([{ path: 'two/image/b.png', labels: ['cat'] }]);
});

test('a label file against the class folders is a conflict, which a person decides', async () => {
  const files = { 'Classes/cat/a.png': '', 'label.csv': 'a.png,dog\n' };
  const folders = await read(files);
  expect(folders.issues.map(({ reason }) => reason)).toContain('conflict');
  expect(folders.rows.map(({ labels }) => labels)).toEqual([['cat']]);
  expect((await read(files, { prefer: 'csv' })).rows.map(({ labels }) => labels)).toEqual([['dog']]);
});

test('pictures in studies know their study and series', async () => {
  const { rows, summary } = await read({ 'image/S1/Series2/a.png': '', 'label.csv': 'S1/2/a.png,cat\n' });
  expect(rows[0]?.fields).toEqual({ study: 'S1', series: 2 });
  expect(rows[1]?.labels).toEqual(['cat']);
  expect(summary.fields.map(({ name }) => name)).toEqual(['study', 'series']);
});
