// The files of an open dataset as a format sees them: pictures by path, the other files of the folder, and files that were dropped beside it.
import { createPictureIndex } from '../../formats/pictures.ts';
import type { DatasetFiles } from '../../formats/types.ts';
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import type { Source } from '../../source/types.ts';
import type { ReadFile } from './types.ts';

/** Bytes that are read at once of a large file. */
const CHUNK_BYTES = 1 << 20;

export interface FilesFrom {
  name: string;
  pictures: Iterable<string>;
  /** Files of the source that are no pictures. */
  others: readonly string[];
  /** Null while the folder cannot be read: then only `extra` files can. */
  source: Source | null;
  /** Files from elsewhere by name; one of the same name in the folder is not seen. */
  extra: ReadonlyMap<string, File>;
}

/** Also tells which files were read. */
export interface OpenedFiles extends DatasetFiles {
  read(): Promise<ReadFile[]>;
}

/** Files open when first asked for and stay open, so that detecting and reading see the same bytes. */
export function createDatasetFiles({ name, pictures, others, source, extra }: FilesFrom): OpenedFiles {
  const opened = new Map<string, Promise<File>>();
  const openAnew = async (path: string): Promise<File> => {
    const given = extra.get(path);
    if (given) return given;
    if (source) return source.file(path);
    throw new VitrineError('permission', `${path} cannot be read before the folder is allowed.`, { file: path });
  };
  const open = (path: string): Promise<File> => {
    let file = opened.get(path);
    if (file === undefined) {
      file = openAnew(path);
      file.catch(() => opened.delete(path));
      opened.set(path, file);
    }
    return file;
  };
  return {
    name,
    pictures: createPictureIndex(pictures),
    others: [...new Set([...extra.keys(), ...others])].sort(),
    async read() {
      const files = await Promise.all([...opened].map(async ([path, file]) => ({ path, file: await file })));
      return files.map(({ path, file }) => ({ path, size: file.size, modified: file.lastModified }));
    },
    size: async (path) => (await open(path)).size,
    async bytes(path, from = 0, to = Number.POSITIVE_INFINITY) {
      const file = await open(path);
      return new Uint8Array(await file.slice(from, Math.min(to, file.size)).arrayBuffer());
    },
    blob: open,
    async *chunks(path, { signal } = {}) {
      const file = await open(path);
      for (let from = 0; from < file.size; from += CHUNK_BYTES) {
        throwIfAborted(signal);
        yield new Uint8Array(await file.slice(from, from + CHUNK_BYTES).arrayBuffer());
      }
    },
  };
}
