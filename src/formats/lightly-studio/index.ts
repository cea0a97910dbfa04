// LightlyStudio: metadata by file name as CSV or JSON, and its export of classifications.

import { readCsvHead } from '../text/csv-head.ts';
import type { DatasetFiles, DatasetFormat, FormatOptions, FormatWriter, OptionField } from '../types.ts';
import { detectLightlyStudio } from './detect.ts';
import { lintLightlyStudio } from './lint.ts';
import { readStudioOptions } from './options.ts';
import { readLightlyStudio } from './read.ts';
import { loadingScript } from './script.ts';
import { writeLightlyStudio } from './write.ts';
import { defaultWriteOptions, readWriteOptions, writeOptionFields } from './write-options.ts';

/** Reads what LightlyStudio 1.0 exports and what its pages show, and says what its script would stop at. */
export const lightlyStudio: DatasetFormat = {
  id: 'lightly-studio',
  title: 'LightlyStudio',
  detect: detectLightlyStudio,
  importOptions: fieldsOf,
  read: readLightlyStudio,
};

/** Writes files that the script beside them loads into LightlyStudio. */
export const writer: FormatWriter = {
  id: 'lightly-studio',
  title: 'LightlyStudio metadata and labels',
  text: 'CSV or JSON by file name, and the script that loads them into LightlyStudio.',
  defaults: defaultWriteOptions,
  exportOptions: writeOptionFields,
  lint: lintLightlyStudio,
  write: writeLightlyStudio,
  scripts: (dataset, options) => [
    { title: 'Load into LightlyStudio', language: 'python', text: loadingScript(dataset, readWriteOptions(options)) },
  ],
};

async function fieldsOf(files: DatasetFiles, given: FormatOptions): Promise<OptionField[]> {
  const { kind, file } = readStudioOptions(given);
  if (kind !== 'metadata-csv') return [];
  const { header } = await readCsvHead(files, file);
  return [
    {
      key: 'name_column',
      title: 'Column of the file name',
      kind: 'choice',
      choices: (header ?? []).map((value) => ({ value, title: value })),
    },
    {
      key: 'types',
      title: 'Types',
      help: 'string, integer, float or boolean for each column; cells that are not of the type are told and get no value.',
      kind: 'pairs',
    },
  ];
}
