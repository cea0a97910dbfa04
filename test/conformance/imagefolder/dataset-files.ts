// The files of a case as a format sees them.
import { createPictureIndex } from '../../../src/formats/pictures.ts';
import type { DatasetFiles } from '../../../src/formats/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { extensionOf } from '../../../src/shared/paths.ts';

/** What Vitrine lists as pictures; the rest is given to the formats. */
const PICTURES = new Set(
  'jpg jpeg jpe jfif png apng ppm pgm pbm pnm bmp dib tif tiff webp gif avif dcm dicom'.split(' '),
);

export function datasetFiles(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): DatasetFiles {
  const paths = [...files.keys()];
  const isPicture = (path: string): boolean => PICTURES.has(extensionOf(path));
  const at = (path: string): Uint8Array<ArrayBuffer> => {
    const bytes = files.get(path);
    if (!bytes) throw new VitrineError('not-found', `There is no ${path}.`);
    return bytes;
  };
  return {
    name: 'case',
    pictures: createPictureIndex(paths.filter(isPicture)),
    others: paths.filter((path) => !isPicture(path)).sort(),
    size: async (path) => at(path).length,
    bytes: async (path, from = 0, to) => at(path).slice(from, to),
    async *chunks(path) {
      yield at(path);
    },
  };
}
