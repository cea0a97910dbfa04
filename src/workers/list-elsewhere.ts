// A directory whose names are listed in a worker of their own, so that the handles that the browser makes of every file are no burden of the catalog.
import { VitrineError } from '../shared/errors.ts';
import { openSource } from '../source/open.ts';
import type { Source, SourceRef, WalkBatch } from '../source/types.ts';
import type { ListerCalls } from './lister.ts';
import { connect } from './rpc.ts';

/** Batches asked for ahead: one that is being listed while the rows of another are made. */
const AHEAD = 2;

/**
 * Opens a source as `openSource` does; a directory's walk runs in a worker of its own. Listing makes a handle of every file, and the
 * collector closes 100,000 of them at once: a second in which a worker that holds them answers nobody.
 */
export function openListedElsewhere(ref: SourceRef): Source {
  const source = openSource(ref);
  if (ref.kind !== 'directory') return source;
  return { ...source, walk: (options = {}) => walkElsewhere(ref.handle, options) };
}

async function* walkElsewhere(
  handle: FileSystemDirectoryHandle,
  { from, signal }: { from?: readonly string[]; signal?: AbortSignal },
): AsyncGenerator<WalkBatch> {
  const worker = new Worker(new URL('./lister.ts', import.meta.url), { type: 'module', name: 'lister' });
  const { calls, fail } = connect<ListerCalls>(worker);
  worker.addEventListener('error', (event) =>
    fail(
      new VitrineError(
        'worker-failed',
        `Listing the folder stopped (${event.message || 'the worker could not start'}). Try again.`,
      ),
    ),
  );
  const options = signal ? { signal } : {};
  const next = (): Promise<WalkBatch | null> => {
    const batch = calls.next(null, options);
    batch.catch(() => undefined); // whoever comes to it gets its error; one that is never come to must not be reported as unhandled
    return batch;
  };
  try {
    await calls.begin({ handle, from }, options);
    const asked = Array.from({ length: AHEAD }, next);
    for (let batch = await asked.shift(); batch; batch = await asked.shift()) {
      asked.push(next());
      yield batch;
    }
  } finally {
    worker.terminate(); // with all the handles
    fail(new VitrineError('aborted', 'Stopped.'));
  }
}
