// Reads dbcollection's own list of what it processed, `dbcollection.json`: which file belongs to which dataset and task.
import { VitrineError } from '../../shared/errors.ts';

/** A dataset of the list; `tasks` maps a task to the path of its HDF5 file on the computer where the list was written. */
export interface CachedDataset {
  dataDir: string;
  tasks: Record<string, string>;
}

/** Parses the list. Datasets without the expected form are passed over. Errors: `bad-input` when it is no JSON. */
export function readCache(text: string, file: string): Record<string, CachedDataset> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (cause) {
    throw new VitrineError('bad-input', `${file} is not valid JSON.`, { file, cause });
  }
  const entries = objectEntries(objectAt(root, 'dataset')).map(([name, entry]): [string, CachedDataset] => {
    const tasks = objectEntries(objectAt(entry, 'tasks')).flatMap(([task, value]) => {
      const path = objectAt(value, 'filename');
      return typeof path === 'string' ? [[task, path] as const] : [];
    });
    const dataDir = objectAt(entry, 'data_dir');
    return [name, { dataDir: typeof dataDir === 'string' ? dataDir : '', tasks: Object.fromEntries(tasks) }];
  });
  return Object.fromEntries(entries);
}

const objectAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key] // it has that key
    : undefined;

const objectEntries = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
