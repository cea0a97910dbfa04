// Hugging Face imagefolder and opsml ImageDataset: pictures described by metadata.jsonl, .csv or .parquet.
import type { DatasetFormat } from '../types.ts';
import { detectImagefolder, keysOf } from './detect.ts';
import { imagefolderFields } from './options.ts';
import { readImagefolder } from './read.ts';

export { writer } from './write/index.ts';

/** Reads what Hugging Face `datasets` and opsml 1.x and 2.x read, and loses nothing that they would lose. */
export const imagefolder: DatasetFormat = {
  id: 'imagefolder',
  title: 'Hugging Face imagefolder, opsml ImageDataset',
  detect: detectImagefolder,
  importOptions: async (files, options) => imagefolderFields(files, options, await keysOf(files, options)),
  read: readImagefolder,
};
