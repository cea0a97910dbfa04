// DeepQ zips that are written: what is read back is what was written, and what the platform would reject is said before.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writer } from '../../../../src/formats/deepq/index.ts';
import type { ExportRow } from '../../../../src/formats/types.ts';
import { asDataset, rowsOfZip, textOf, zipOf } from '../../../conformance/deepq/exporting.ts';
import { roundTripOfOwn } from '../../../conformance/deepq/round-trip.ts';

const context = {
  original: () => Promise.resolve(null),
  picture: (path: string) => Promise.resolve(new Blob([path])),
};

const row = (path: string, labels: string[], negatives: string[] = []): ExportRow => ({
  path,
  split: null,
  labels,
  negatives,
  predicted: null,
  confidence: null,
});

const className = fc.stringMatching(/^[a-z0-9,"é 胸;]{1,6}$/).filter((name) => name.trim() === name && name !== '');

test('labels and known negatives come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(className, { minLength: 1, maxLength: 4 }),
      fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      async (classes, flags) => {
        const rows = flags.map((has, i) =>
          row(
            `p${i}.png`,
            classes.filter((_, c) => has[c]),
            classes.filter((_, c) => !has[c]),
          ),
        );
        const zip = await zipOf(asDataset(rows, classes), { version: '2', rows: 'one-hot' }, context);
        const back = await rowsOfZip(zip);
        expect(
          back.rows.map(({ path, labels, negatives }) => ({
            path,
            labels: labels.toSorted(),
            negatives: negatives?.toSorted(),
          })),
        ).toEqual(
          rows.map(({ path, labels, negatives }) => ({
            path: `image/${path}`,
            labels: labels.toSorted(),
            negatives: negatives?.toSorted(),
          })),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('a zip that is read and written without an edit loses no row, picture or other file', async () => {
  expect(await roundTripOfOwn()).toBeNull();
});

test('rows of unedited pictures stay as they are, those of an edited one are written anew in their place', async () => {
  const original = 'p1.png,cat,1\np0.png,cat,1\np0.png,dog,0\ngone.png,cat,1\n';
  const rows = [
    row('image/p0.png', ['dog'], ['cat']),
    row('image/p1.png', ['cat']),
    row('image/p2.png', ['dog'], ['cat']),
  ];
  const zip = await zipOf(
    asDataset(rows, ['cat', 'dog']),
    { rows: 'one-hot', original: 'label.csv' },
    {
      ...context,
      original: (path) =>
        Promise.resolve(
          path === 'label.csv'
            ? (async function* () {
                yield new TextEncoder().encode(original);
              })()
            : null,
        ),
    },
  );
  expect(await textOf(zip, 'label.csv')).toBe(
    'p1.png,cat,1\np0.png,cat,0\np0.png,dog,1\ngone.png,cat,1\np2.png,cat,0\np2.png,dog,1\n',
  );
});

test.each([
  [{ rows: 'single' }, ['cat', 'dog'], [row('a.png', ['cat', 'dog'])]],
  [{ layout: 'classes' }, ['cat', 'dog'], [row('a.png', ['cat', 'dog'])]],
  [{ layout: 'classes' }, ['a/b', 'CON', 'x '], []],
  [{ layout: 'classes' }, ['cat'], [row('one/a.png', ['cat']), row('two/a.png', ['cat'])]],
])('%j with the classes %j and such rows is refused, not half written', async (options, classes, rows) => {
  await expect(zipOf(asDataset(rows, classes), options, context)).rejects.toMatchObject({ code: 'bad-input' });
});

test('what the platform would reject is said, each with its way out', () => {
  const lint = writer.lint(asDataset([], ['cat', 'dog']), { version: '2' });
  for (const one of [row('a b.webp', ['cat']), row('x/c.png', ['dog']), row('y/c.png', []), row('d.png', ['cat'])])
    lint.add({ ...one, fields: { width: 5000, height: 10, size: 2 ** 31 } });
  const said = lint.warnings().join('\n');
  for (const word of ['fewer than 3', 'a b.webp', 'Convert to png', 'y/c.png', 'pixels', 'c.png', 'space', '4 GB'])
    expect(said).toContain(word);
});
