// Files that Vitrine writes, read by h5py as dbcollection's loader reads them. Skipped where Python or h5py is absent.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagesOf, peerScript, runPython } from '../peers.ts';
import { exportOf, exportRow, writtenFile } from './files.ts';

const present = packagesOf('h5py', 'numpy') ?? [];

describe.skipIf(!present.includes('h5py') || !present.includes('numpy'))('h5py', () => {
  it('reads what was written: texts, ids and lists, small and in chunks', { timeout: 120_000 }, async () => {
    const classes = ['n01440764', 'n01443537'];
    const small = [
      exportRow('train/é/1.JPEG', 'train', ['n01443537']),
      exportRow('train/a/2.JPEG', 'train', []),
      exportRow('train/a/3.JPEG', 'train', classes),
      exportRow('val/4.JPEG', 'validation', ['n01440764']),
    ];
    const large = Array.from({ length: 30_000 }, (_, i) =>
      exportRow(`train/${i}.JPEG`, 'train', classes.slice(i % 2, (i % 2) + 1)),
    );
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-hdf5-'));
    try {
      const paths = ['small.h5', 'large.h5'].map((name) => join(folder, name));
      for (const [i, rows] of [small, large].entries())
        writeFileSync(paths[i] ?? '', await writtenFile(exportOf(rows, { classes }), { prefix: '/data' }));
      const { files } = JSON.parse(runPython(peerScript('read_hdf5.py'), ...paths));
      const [first, second] = files;
      expect(Object.keys(first)).toEqual(['train', 'val']);
      expect(first.train).toMatchObject({
        image_filenames: ['/data/train/é/1.JPEG', '/data/train/a/2.JPEG', '/data/train/a/3.JPEG'],
        classes,
        labels: ['tench, Tinca tinca', 'goldfish, Carassius auratus'],
        object_fields: ['image_filenames', 'classes'],
        object_ids: [
          [0, 1],
          [1, -1],
          [2, 0],
          [2, 1],
        ],
        list_image_filenames_per_class: [
          [2, -1],
          [0, 2],
        ],
      });
      expect(first.val).toMatchObject({
        image_filenames: ['/data/val/4.JPEG'],
        object_ids: [[0, 0]],
        list_image_filenames_per_class: [[0], [-1]],
      });
      expect(second.train.image_filenames).toEqual(large.map(({ path }) => `/data/${path}`));
      expect(second.train.object_ids).toEqual(large.map((_, i) => [i, i % 2]));
      expect(second.train.layouts.image_filenames).toEqual(['uint8', 'gzip', 4, true]);
      expect(second.train.layouts.object_ids).toEqual(['int32', 'gzip', 4, true]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
