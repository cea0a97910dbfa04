// dbcollection's ILSVRC2012: HDF5 files of its tasks classification and raw256, and the raw folders that they are made of.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import type { DatasetFiles, DatasetFormat, Detection } from '../types.ts';
import { count } from '../words.ts';
import { readCache } from './cache.ts';
import { isHdf5, SIGNATURE_BYTES } from './hdf5.ts';
import { type DbcollectionOptions, hdf5Files, importFields, parseOptions } from './options.ts';
import { readHdf5 } from './read.ts';
import { filesNamed } from './tables.ts';
import { type FoundTree, findTrees, readTree, TRAIN_FOLDERS, VAL_FOLDERS } from './tree.ts';

export { writer } from './writer.ts';

/** The reading side. */
export const dbcollection: DatasetFormat = {
  id: 'dbcollection',
  title: 'ImageNet (dbcollection)',
  async detect(files, { signal } = {}) {
    const tasks = await tasksOf(files);
    const found: Detection[] = [];
    for (const file of hdf5Files(files)) {
      throwIfAborted(signal);
      const detection = await detectFile(files, file, tasks);
      if (detection) found.push(detection);
    }
    found.push(...findTrees(files).map((tree) => detectTree(files, tree)));
    return found.sort((a, b) => b.confidence - a.confidence);
  },
  importOptions: async (files, options) => importFields(files, parseOptions(options)),
  async *read(files, options, context) {
    const chosen = parseOptions(options);
    if (chosen.source === 'folders') return yield* readTree(files, chosen, context);
    return yield* readHdf5(files, { file: chosen.file, base: chosen.ids }, context);
  },
};

/** Task of each HDF5 file, as dbcollection's own list tells it: by the end of the path. */
async function tasksOf(files: DatasetFiles): Promise<(file: string) => string | undefined> {
  const tasks = new Map<string, string>();
  for (const list of filesNamed(files, 'dbcollection.json'))
    try {
      const cache = readCache(new TextDecoder().decode(await files.bytes(list)), list);
      for (const [dataset, entry] of Object.entries(cache))
        for (const [task, path] of Object.entries(entry.tasks)) tasks.set(endOf(path), `${dataset}, task ${task}`);
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'bad-input') throw error; // a broken list tells nothing
    }
  return (file) => tasks.get(endOf(file));
}

/** Folder and name: what a path has in common with the one of another computer. */
const endOf = (path: string): string => path.split(/[\\/]/).slice(-2).join('/');

async function detectFile(
  files: DatasetFiles,
  file: string,
  taskOf: (file: string) => string | undefined,
): Promise<Detection | null> {
  if (!isHdf5(await files.bytes(file, 0, SIGNATURE_BYTES))) return null;
  const size = `${((await files.size(file)) / 1e6).toFixed(1)} MB`;
  const task = taskOf(file);
  const named = /^(classification|raw256)\.h5$/i.test(nameOf(file));
  const options: DbcollectionOptions = { source: 'hdf5', file, ids: 'auto' };
  return {
    format: 'dbcollection',
    title: `dbcollection file ${file}`,
    text: `An HDF5 file of ${size}${task === undefined ? '' : ` (${task})`}; its names are looked for among ${count(files.pictures.size, 'picture')}.`,
    confidence: named || task !== undefined ? 0.95 : 0.4,
    options: { ...options },
  };
}

function detectTree(files: DatasetFiles, { root, folders }: FoundTree): Detection {
  const first = (names: readonly string[]): string => names.find((name) => folders.has(name)) ?? '';
  const options: DbcollectionOptions = {
    source: 'folders',
    root,
    train: first(TRAIN_FOLDERS),
    val: first(VAL_FOLDERS),
  };
  const counted = [...folders].map(([folder, pictures]) => `${folder} (${pictures.toLocaleString('en')})`);
  const tables = ['meta.mat', 'loc_synset_mapping.txt', 'map_clsloc.txt', 'synset_words.txt'].flatMap((name) =>
    filesNamed(files, name),
  );
  return {
    format: 'dbcollection',
    title: root === '' ? 'ImageNet folders' : `ImageNet folders in ${root}`,
    text: `Pictures in ${counted.join(', ')}, classes by WordNet id${tables.length === 0 ? '' : `, words from ${tables.map(nameOf).join(', ')}`}.`,
    confidence: tables.length > 0 ? 0.92 : 0.85,
    options: { ...options },
  };
}
