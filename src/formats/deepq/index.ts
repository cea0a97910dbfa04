// DeepQ AI platform: a zip or folder of pictures with a label.csv, as its guides of 2020 to 2023 describe it.
import type { DatasetFiles, DatasetFormat, FormatOptions, FormatWriter, OptionField } from '../types.ts';
import { detectDeepq } from './detect.ts';
import { understandLayout } from './layout.ts';
import { lintDeepq } from './lint.ts';
import { codePageChoices } from './options.ts';
import { readDeepq } from './read.ts';
import { writeDeepq } from './write.ts';
import { defaultWriteOptions, writeOptionFields } from './write-options.ts';

/** Reads what any version of the guide describes, and tells what the platform would reject or drop. */
export const deepq: DatasetFormat = {
  id: 'deepq',
  title: 'DeepQ',
  detect: detectDeepq,
  importOptions: fieldsOf,
  read: readDeepq,
};

/** Writes the zip that the guide describes. */
export const writer: FormatWriter = {
  id: 'deepq',
  title: 'DeepQ zip',
  text: 'Pictures and label.csv in one zip, for the DeepQ AI platform.',
  defaults: (dataset) => ({ ...defaultWriteOptions(dataset) }),
  exportOptions: writeOptionFields,
  lint: lintDeepq,
  write: writeDeepq,
};

async function fieldsOf(files: DatasetFiles, options: FormatOptions): Promise<OptionField[]> {
  const found = understandLayout(files.pictures.paths(), files.others);
  const chosen = understandLayout(
    files.pictures.paths(),
    files.others,
    typeof options.root === 'string' ? options.root : undefined,
  );
  const fields: OptionField[] = [];
  if ('roots' in found)
    fields.push({
      key: 'root',
      title: 'Dataset',
      help: 'There are several in it.',
      kind: 'choice',
      choices: found.roots.map((value) => ({ value, title: value })),
    });
  if ('roots' in chosen || chosen.labels.length > 0)
    fields.push({
      key: 'codePage',
      title: 'Alphabet of label.csv',
      help: 'For files that are not UTF-8.',
      kind: 'choice',
      choices: codePageChoices,
    });
  if (!('roots' in chosen) && chosen.layout === 'classes' && chosen.labels.length > 0)
    fields.push({
      key: 'prefer',
      title: 'Where they disagree',
      kind: 'choice',
      choices: [
        { value: 'folders', title: 'the class folders count' },
        { value: 'csv', title: 'label.csv counts' },
      ],
    });
  return fields;
}
