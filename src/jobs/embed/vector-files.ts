// The model worker's open vector files: one handle a file, shared by embedding, training and single look-ups, closed when nobody uses it.
import { openVectors, type VectorFile } from '../../store/vectors.ts';

export interface VectorFiles {
  /** Works with the file of a dataset and key. Errors: `busy` when another tab holds it, `storage-full`, and those of `work`. */
  use<T>(dataset: string, key: string, dim: number, work: (file: VectorFile) => Promise<T>): Promise<T>;
}

/** The browser gives one handle a file at a time, even within one worker. */
export function createVectorFiles(): VectorFiles {
  const open = new Map<string, { file: Promise<VectorFile>; users: number }>();
  return {
    async use(dataset, key, dim, work) {
      const name = `${dataset}/${key}`;
      const entry = open.get(name) ?? { file: openVectors(dataset, key, dim), users: 0 };
      open.set(name, entry);
      entry.users++;
      try {
        return await work(await entry.file);
      } finally {
        entry.users--;
        if (entry.users === 0) {
          open.delete(name);
          await entry.file.then(
            (file) => file.close(),
            () => undefined, // it was never open
          );
        }
      }
    },
  };
}
