// What a person may choose about metadata files: which of them, which key names the picture and the label, and what the folders say.
import type { DatasetFiles, FormatOptions, OptionField } from '../types.ts';

/** The options of reading, after checking. */
export interface ImagefolderOptions {
  /** Metadata files, read in this order. */
  files: readonly string[];
  /** Key of the picture's path; '': the keys that Hugging Face and opsml know. */
  pathKey: string;
  /** Key that holds the class, or a list of classes; '': none. */
  labelKey: string;
  /** The split is the folder of the metadata file, by Hugging Face's words or as opsml 2 names it; false: none is set. */
  splits: boolean;
  /** `lines`: one object on a line. `values`: objects over several lines, or several on one. */
  shape: 'lines' | 'values';
}

/** Options with what is missing filled in; values of another type count as missing. */
export function imagefolderOptions(given: FormatOptions): ImagefolderOptions {
  const text = (key: string): string => (typeof given[key] === 'string' ? given[key] : '');
  const { files } = given;
  return {
    files: Array.isArray(files)
      ? files.filter((one) => typeof one === 'string')
      : typeof files === 'string'
        ? files.split('\n').filter((one) => one !== '')
        : [],
    pathKey: text('pathKey'),
    labelKey: text('labelKey'),
    splits: given.splits !== false,
    shape: given.shape === 'values' ? 'values' : 'lines',
  };
}

/** The fields of the import panel; keys are offered as the first lines of the files have them. */
export function imagefolderFields(files: DatasetFiles, given: FormatOptions, keys: readonly string[]): OptionField[] {
  const options = imagefolderOptions(given);
  const choice = (value: string): { value: string; title: string } => ({ value, title: value });
  return [
    {
      key: 'labelKey',
      title: 'Class',
      help: 'The key or column that holds the class, or a list of classes.',
      kind: 'choice',
      choices: [{ value: '', title: 'none' }, ...keys.filter((key) => key !== options.pathKey).map(choice)],
    },
    {
      key: 'pathKey',
      title: 'Picture',
      help: 'The key that names the picture, relative to the folder of the metadata file.',
      kind: 'choice',
      choices: [{ value: '', title: 'file_name or filepath' }, ...keys.map(choice)],
    },
    {
      key: 'splits',
      title: 'Split from the folder',
      help: 'The folder of a metadata file names the split of its pictures.',
      kind: 'switch',
    },
    ...(options.files.some((file) => file.endsWith('l'))
      ? [
          {
            key: 'shape',
            title: 'Objects',
            help: 'Files made by hand may spread an object over several lines; then one mistake ends the reading of the file.',
            kind: 'choice' as const,
            choices: [
              { value: 'lines', title: 'one on each line' },
              { value: 'values', title: 'over several lines' },
            ],
          },
        ]
      : []),
    ...(files.others.filter(isMetadataLike).length > 1
      ? [
          {
            key: 'files',
            title: 'Files',
            help: 'The metadata files that are read, in this order.',
            kind: 'text' as const,
          },
        ]
      : []),
  ];
}

const isMetadataLike = (path: string): boolean => /\.(jsonl|csv|parquet)$/.test(path);
