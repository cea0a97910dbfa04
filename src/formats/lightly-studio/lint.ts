// What LightlyStudio and its script would stumble over, told before anything is written.
import { extensionOf, nameOf } from '../../shared/paths.ts';
import type { ExportDataset, FormatOptions, Lint } from '../types.ts';
import { count, createTally } from '../words.ts';
import { metadataFields, readWriteOptions } from './write-options.ts';

/** Extensions that LightlyStudio 1.0 lists. */
const LISTED: ReadonlySet<string> = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'tif', 'tiff']);

/** Checks rows against LightlyStudio's loader and the options. */
export function lintLightlyStudio(dataset: ExportDataset, given: FormatOptions): Lint {
  const options = readWriteOptions(given);
  const fields = metadataFields(dataset);
  const names = new Set<string>();
  const [repeated, notListed, unlabelled, nulls, brackets] = [
    createTally(),
    createTally(),
    createTally(),
    createTally(),
    createTally(),
  ];
  return {
    add(row) {
      const name = nameOf(row.path);
      if (options.names === 'name' && names.has(name)) repeated.add(row.path);
      else if (options.names === 'name') names.add(name);
      if (!LISTED.has(extensionOf(row.path))) notListed.add(row.path);
      if (row.labels.length === 0) unlabelled.add(row.path);
      if (/[[\]*?]/.test(row.path)) brackets.add(row.path);
      if (options.metadata === 'csv' && fields.some(({ name: field }) => row.fields?.[field] === null))
        nulls.add(row.path);
    },
    warnings: () => [
      ...repeated.tell(
        (n, path) =>
          `${count(n, 'picture')} share a bare file name with another (${path}), so that values meet the wrong one: write paths instead.`,
      ),
      ...notListed.tell(
        (n, path) =>
          `LightlyStudio does not list ${count(n, 'file')} by the extension, such as ${path}: pass allowed_extensions to its loader.`,
      ),
      ...(options.classifications
        ? unlabelled.tell(
            (n) =>
              `${count(n, 'picture')} without a label ${n === 1 ? 'is' : 'are'} not in the file of classifications.`,
          )
        : []),
      ...nulls.tell(
        (n, path) =>
          `A CSV cannot hold null: ${count(n, 'picture')} (${path}) ${n === 1 ? 'gets' : 'get'} an empty cell. Choose JSON to keep it.`,
      ),
      ...brackets.tell(
        (n, path) =>
          `LightlyStudio takes [ ] * ? in the path that it is given for patterns; ${count(n, 'path')} hold them, such as ${path}.`,
      ),
    ],
  };
}
