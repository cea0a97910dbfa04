// The options of an import: which of the two forms of an ImageNet dataset is read, and how.
import { VitrineError } from '../../shared/errors.ts';
import type { DatasetFiles, FormatOptions, OptionField } from '../types.ts';
import type { IdBase } from './labels.ts';
import { findTrees, TRAIN_FOLDERS, type TreeOptions, VAL_FOLDERS } from './tree.ts';

/** `hdf5`: a file that dbcollection wrote. `folders`: the raw folders of ILSVRC2012. */
export type DbcollectionOptions = { source: 'hdf5'; file: string; ids: IdBase } | ({ source: 'folders' } & TreeOptions);

/** Files that may be dbcollection's. */
export const hdf5Files = (files: DatasetFiles): string[] => files.others.filter((path) => /\.(h5|hdf5)$/i.test(path));

/** Options from plain JSON. Errors: `bad-input` for others than this format gives. */
export function parseOptions(options: FormatOptions): DbcollectionOptions {
  const { source, file, ids, root, train, val } = options;
  if (source === 'hdf5' && typeof file === 'string')
    return { source, file, ids: ids === '0' || ids === '1' ? ids : 'auto' };
  if (source === 'folders' && typeof root === 'string' && typeof train === 'string' && typeof val === 'string')
    return { source, root, train, val };
  throw new VitrineError('bad-input', 'These are no options of a dbcollection dataset. Choose the format again.');
}

/** What a person may change of an import. */
export function importFields(files: DatasetFiles, options: DbcollectionOptions): OptionField[] {
  if (options.source === 'hdf5')
    return [
      {
        key: 'file',
        title: 'HDF5 file',
        kind: 'file',
        choices: hdf5Files(files).map((path) => ({ value: path, title: path })),
      },
      {
        key: 'ids',
        title: 'Ids count from',
        help: "dbcollection's ids begin at 0; files from elsewhere may begin at 1, and then one class too far is read.",
        kind: 'choice',
        choices: [
          { value: 'auto', title: '0, and refuse what looks otherwise' },
          { value: '0', title: '0' },
          { value: '1', title: '1' },
        ],
      },
    ];
  const trees = findTrees(files);
  const present = trees.find(({ root }) => root === options.root)?.folders;
  const choices = (names: readonly string[]) => [
    ...names.filter((name) => present?.has(name)).map((name) => ({ value: name, title: name })),
    { value: '', title: 'None' },
  ];
  return [
    {
      key: 'root',
      title: 'Folder of train and val',
      kind: 'choice',
      choices: trees.map(({ root }) => ({ value: root, title: root === '' ? files.name : root })),
    },
    {
      key: 'train',
      title: 'Training pictures',
      help: "train256 and val256 hold dbcollection's smaller copies of the same pictures.",
      kind: 'choice',
      choices: choices(TRAIN_FOLDERS),
    },
    { key: 'val', title: 'Validation pictures', kind: 'choice', choices: choices(VAL_FOLDERS) },
  ];
}
