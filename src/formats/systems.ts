// The dataset systems that Vitrine reads, each loaded when it is first needed. A further one is one more line.
import { VitrineError } from '../shared/errors.ts';
import type { DatasetFormat, FormatId, FormatWriter } from './types.ts';

const SYSTEMS = new Map<FormatId, () => Promise<DatasetFormat>>([
  ['deepq', async () => (await import('./deepq/index.ts')).deepq],
  ['dbcollection', async () => (await import('./dbcollection/index.ts')).dbcollection],
  ['imagefolder', async () => (await import('./imagefolder/index.ts')).imagefolder],
  ['lightly-train', async () => (await import('./lightly-train/index.ts')).lightlyTrain],
  ['lightly-studio', async () => (await import('./lightly-studio/index.ts')).lightlyStudio],
]);

/** Ids of all systems. */
export const systemIds = (): FormatId[] => [...SYSTEMS.keys()];

/** Loads a system. Errors: `bad-input` for one that does not exist. */
export async function loadSystem(id: FormatId): Promise<DatasetFormat> {
  const load = SYSTEMS.get(id);
  if (load) return load();
  throw new VitrineError('bad-input', `Vitrine does not know the format “${id}”. It reads ${systemIds().join(', ')}.`);
}

const WRITERS = new Map<FormatId, () => Promise<FormatWriter>>([
  ['dbcollection', async () => (await import('./dbcollection/index.ts')).writer],
  ['deepq', async () => (await import('./deepq/index.ts')).writer],
  ['lightly-train', async () => (await import('./lightly-train/index.ts')).writer],
  ['lightly-studio', async () => (await import('./lightly-studio/index.ts')).writer],
  ['imagefolder', async () => (await import('./imagefolder/index.ts')).writer],
]);

/** Ids of the systems that are written. */
export const writerIds = (): FormatId[] => [...WRITERS.keys()];

/** Loads the writing side of a system. Errors: `bad-input` for one that is not written. */
export async function loadWriter(id: FormatId): Promise<FormatWriter> {
  const load = WRITERS.get(id);
  if (load) return load();
  throw new VitrineError(
    'bad-input',
    `Vitrine does not write the format “${id}”. It writes ${writerIds().join(', ')}.`,
  );
}
