// Files that are written: read back they say the same, and an imported file keeps what was not edited.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../../src/formats/dbcollection/content.ts';
import { writer } from '../../../../src/formats/dbcollection/writer.ts';
import { layoutVersions } from '../../../conformance/imagenet/layout.ts';
import { exportOf, exportRow, handmade, putSet, readBack, within, written, writtenFile } from './files.ts';

/** Latin-1, but for the characters that could make a text valid UTF-8 as well: which of both it is, the file does not tell. */
const unit = fc.oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 0xc0, max: 255 }));
const name = fc.string({ unit: unit.map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 9 });
const part = name.filter((text) => !/[/\\]/.test(text) && text !== '.' && text !== '..');
const classNames = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });

/** Datasets of rows with one to three parts in their paths, no label or several; names differ, so that an end tells a picture. */
const datasets = classNames.chain((classes) =>
  fc
    .uniqueArray(
      fc.record({
        path: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
        split: fc.constantFrom(null, 'train', 'validation', 'extra'),
        labels: fc.subarray(classes),
      }),
      { selector: ({ path }) => path.slice(path.lastIndexOf('/') + 1), minLength: 1, maxLength: 30 },
    )
    .map((rows) =>
      exportOf(
        rows.map(({ path, split, labels }) => exportRow(path, split, labels)),
        { classes },
      ),
    ),
);

async function rowsOfDataset(dataset: ReturnType<typeof exportOf>) {
  const all: { path: string; split: string | null; labels: string[] }[] = [];
  for await (const batch of dataset.rows({ probabilities: false }))
    for (const { path, split, labels } of batch) all.push({ path, split, labels: [...labels].sort() });
  return all;
}

describe('writing a dbcollection file', () => {
  it('gives back every path, split and label', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(datasets, async (dataset) => {
        const { sets, tables } = await readBack(await writtenFile(dataset));
        const wanted = await rowsOfDataset(dataset);
        const setOf = (split: string | null): string =>
          split === null
            ? dataset.splits.length === 0
              ? 'train'
              : 'unassigned'
            : split === 'validation'
              ? 'val'
              : split;
        for (const [set, samples] of Object.entries(sets))
          expect(samples.map(({ path, labels }) => ({ path, labels: [...labels].sort() }))).toEqual(
            wanted.filter(({ split }) => setOf(split) === set).map(({ path, labels }) => ({ path, labels })),
          );
        expect(Object.values(sets).flat()).toHaveLength(wanted.length);
        for (const { classes } of Object.values(tables))
          expect([...(classes ?? [])].sort()).toEqual([...dataset.classes].sort());
      }),
      { numRuns: 30 },
    );
  });

  it('keeps an imported file as it was where nothing was edited', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        datasets,
        fc.string({ maxLength: 5 }).map((text) => `/data${text.replaceAll(/[^a-z]/g, '')}`),
        async (dataset, prefix) => {
          const original = await writtenFile(dataset, { prefix });
          const again = await writtenFile(dataset, { original: 'a.h5' }, { originalBytes: original });
          expect(await readBack(again)).toEqual(await readBack(original));
          expect(await valuesOf(again)).toEqual(await valuesOf(original));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('changes the row of an edited picture, rebuilds the lists and keeps class ids', async () => {
    const rows = ['a/1.png', 'a/2.png', 'b/3.png'].map((path) => exportRow(path, 'train', [path.slice(0, 1)]));
    const original = await writtenFile(exportOf(rows), { prefix: '/data' });
    const edited = rows.map((row) => (row.path === 'a/2.png' ? { ...row, labels: ['0 new'] } : row));
    const again = await writtenFile(exportOf(edited), { original: 'a.h5' }, { originalBytes: original });
    const { sets, tables } = await readBack(again);
    expect(tables.train?.classes).toEqual(['a', 'b', '0 new']);
    expect(sets.train).toEqual([
      { path: '/data/a/1.png', labels: ['a'] },
      { path: '/data/a/2.png', labels: ['0 new'] },
      { path: '/data/b/3.png', labels: ['b'] },
    ]);
    expect((await valuesOf(again))['/train/object_ids']).toEqual([
      [3, 2],
      [0, 0, 1, 2, 2, 1],
    ]);
    expect((await valuesOf(again))['/train/list_image_filenames_per_class']).toEqual([
      [3, 1],
      [0, 2, 1],
    ]);
  });

  it('moves a picture to the set of its new split, and keeps rows of other folders while nothing is excluded', async () => {
    const rows = [
      exportRow('1.png', 'train', ['a']),
      exportRow('2.png', 'train', ['b']),
      exportRow('3.png', 'validation', ['a']),
    ];
    const original = await writtenFile(exportOf([...rows, exportRow('elsewhere.png', 'train', ['b'])]));
    const moved = rows.map((row) => (row.path === '1.png' ? { ...row, split: 'validation' } : row));
    const paths = async (dataset: ReturnType<typeof exportOf>) => {
      const { sets } = await readBack(await writtenFile(dataset, { original: 'a.h5' }, { originalBytes: original }));
      return Object.fromEntries(Object.entries(sets).map(([set, samples]) => [set, samples.map(({ path }) => path)]));
    };
    expect(await paths(exportOf(moved))).toEqual({ train: ['2.png', 'elsewhere.png'], val: ['3.png', '1.png'] });
    expect(await paths(exportOf(moved, { excluded: 1 }))).toEqual({ train: ['2.png'], val: ['3.png', '1.png'] });
  });

  it('copies datasets and columns that it does not know, and says what it cannot copy', async () => {
    const original = await handmade((file) => {
      putSet(file, '/train', {
        names: ['a.png', 'b.png'],
        classes: ['x', 'y'],
        ids: [
          [0, 0],
          [1, 1],
        ],
      });
      file.rows('/train', 'boxes', rowsOf(Int32Array.of(1, 2, 3, 4, 5, 6), 3));
      file.group('/train/deeper');
    });
    const dataset = exportOf([exportRow('a.png', 'train', ['y']), exportRow('b.png', 'train', ['y'])], {
      classes: ['x', 'y'],
    });
    const files = await written(dataset, { original: 'a.h5' }, { originalBytes: original });
    const [again = new Uint8Array(0), note] = files.values();
    expect((await valuesOf(again))['/train/boxes']).toEqual([
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ]);
    expect(new TextDecoder().decode(note)).toContain('train/deeper');
  });

  it('refuses what would be stored wrongly, and offers the ways out', async () => {
    const dataset = exportOf([exportRow('金.png', 'train', ['x']), exportRow('b.png', 'train', ['x'])]);
    await expect(written(dataset)).rejects.toThrow(/Latin-1.*utf-8.*skip/);
    expect(
      (await readBack(await writtenFile(dataset, { encoding: 'skip' }))).sets.train?.map(({ path }) => path),
    ).toEqual(['b.png']);
    expect(
      (await readBack(await writtenFile(dataset, { encoding: 'utf-8' }))).sets.train?.map(({ path }) => path),
    ).toEqual(['金.png', 'b.png']);
    await expect(written(exportOf([exportRow('a.png', 'a/b', ['x'])]))).rejects.toThrow(/split/);
    await expect(written(exportOf([], { classes: ['x'] }))).rejects.toThrow(/no rows/);
    await expect(written(exportOf([exportRow('a.png', 'train', [])]))).rejects.toThrow(/no classes/);
  });

  it('warns of what dbcollection reads otherwise', () => {
    const rows = [exportRow('a.png', null, ['x', 'y']), exportRow('b.png', 'train', [])];
    const lint = writer.lint(exportOf(rows), writer.defaults(exportOf(rows)));
    for (const row of rows) lint.add(row);
    const warnings = lint.warnings().join('\n');
    for (const word of ['more rows than images', 'class -1', 'without a split', 'relative'])
      expect(warnings).toContain(word);
  });

  it('stays within what HDF5 1.10 reads, also where data is in chunks', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) =>
      exportRow(`train/n01440764/${i}.JPEG`, 'train', ['n01440764']),
    );
    const bytes = await writtenFile(exportOf(rows));
    const { superblock, layouts } = layoutVersions(bytes);
    expect(superblock).toBeLessThanOrEqual(3);
    expect(layouts.length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...layouts)).toBeLessThanOrEqual(4);
    const { sets } = await readBack(bytes);
    expect(sets.train?.[39_999]).toEqual({ path: 'train/n01440764/39999.JPEG', labels: ['n01440764'] });
  });

  it('makes copies of 256 pixels below their own folders, and names a picture of which there can be none', async () => {
    const context = {
      picture: async (path: string) => new Blob([path]),
      shrink: async (picture: Blob, sizeOf: (width: number, height: number) => { width: number; height: number }) => {
        const { width, height } = (await picture.text()).includes('long') ? sizeOf(3, 1000) : sizeOf(500, 333);
        return new Blob([`${width}x${height}`]);
      },
    };
    const options = { copies: true, file: 'raw256.h5' };
    const good = exportRow('train/x/a.png', 'train', ['x']);
    const files = await written(exportOf([good]), options, context);
    expect([...files.keys()]).toEqual(['train256/x/a.png.jpg', 'raw256.h5']);
    expect(new TextDecoder().decode(files.get('train256/x/a.png.jpg'))).toBe('384x256');
    const { sets } = await readBack(files.get('raw256.h5') ?? new Uint8Array(0));
    expect(sets.train).toEqual([{ path: 'train256/x/a.png.jpg', labels: ['x'] }]);
    const both = exportOf([good, exportRow('train/x/long.png', 'train', ['x'])]);
    await expect(written(both, options, context)).rejects.toThrow(/train\/x\/long.png.*too large/);
    await expect(written(both, options)).rejects.toThrow(/copies/);
  });
});

/** Shape and values of every dataset of the sets. */
async function valuesOf(bytes: Uint8Array<ArrayBuffer>): Promise<Record<string, [shape: number[], values: unknown[]]>> {
  return within(bytes, (hdf5) => {
    const all: Record<string, [number[], unknown[]]> = {};
    for (const group of hdf5.entries('/'))
      for (const { kind, name: dataset } of hdf5.entries(`/${group.name}`)) {
        if (kind !== 'dataset') continue;
        const { shape, read } = hdf5.dataset(`/${group.name}/${dataset}`);
        all[`/${group.name}/${dataset}`] = [[...shape], Array.from<unknown>(read(0, shape[0] ?? 0))];
      }
    return all;
  });
}
