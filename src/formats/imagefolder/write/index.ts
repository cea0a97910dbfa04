// The writing side of imagefolder: metadata.jsonl, .csv or .parquet in each split folder or at the root.
import { joinPath } from '../../../shared/paths.ts';
import { huggingFaceScript } from '../../scripts/hugging-face.ts';
import { rayDataScript } from '../../scripts/ray-data.ts';
import { splitFolderOf } from '../../split-folders.ts';
import type { ExportDataset, FormatOptions, FormatWriter, WriteContext, WrittenFile } from '../../types.ts';
import { jsonlContent } from './jsonl.ts';
import { createWriteLint } from './lint.ts';
import { writeFields, writeOptions } from './options.ts';
import { csvContent, parquetContent } from './table.ts';

/** Writes what Hugging Face `datasets` and opsml read. */
export const writer: FormatWriter = {
  id: 'imagefolder',
  title: 'Hugging Face imagefolder, opsml ImageDataset',
  text: 'metadata.jsonl, .csv or .parquet beside the pictures; what was there and is not changed stays as it is.',
  defaults: (dataset) => ({ ...writeOptions({}, dataset) }),
  exportOptions: writeFields,
  lint: (dataset, options) => createWriteLint(dataset, writeOptions(options, dataset)),
  write: writeImagefolder,
  scripts: (dataset, options) => [
    huggingFaceScript(dataset, writeOptions(options, dataset)),
    // Its classes are those of the probe, so there must be one.
    ...(dataset.probabilityClasses === undefined ? [] : [rayDataScript({ backbone: 'backbone', probe: 'probe.onnx' })]),
  ],
};

/** One file for each folder that holds rows. Errors: those of the contents, when they are read. */
async function* writeImagefolder(
  dataset: ExportDataset,
  given: FormatOptions,
  context: WriteContext,
): AsyncGenerator<WrittenFile> {
  const options = writeOptions(given, dataset);
  const folderOf = options.place === 'root' ? () => '' : splitFolderOf(dataset.layout);
  const folders = new Set<string>();
  if (options.place === 'root' || dataset.layout?.splitLevel == null) folders.add('');
  else
    for await (const rows of dataset.rows({
      probabilities: false,
      ...(context.signal ? { signal: context.signal } : {}),
    }))
      for (const { path } of rows) {
        const folder = folderOf(path);
        if (folder !== null) folders.add(folder);
      }
  const write = { jsonl: jsonlContent, csv: csvContent, parquet: parquetContent }[options.kind];
  for (const folder of folders) {
    const place = {
      path: joinPath(folder, `metadata.${options.kind}`),
      folder,
      belongs: (path: string) => folderOf(path) === folder,
    };
    yield { path: place.path, content: write(dataset, options, place, context) };
  }
}
