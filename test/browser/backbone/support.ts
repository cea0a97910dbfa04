// For tests of running models: engine workers as the model worker starts them, and the shipped files.

import { createLibrary } from '../../../src/backbone/library/library.ts';
import type { EngineCalls } from '../../../src/backbone/run/engine.ts';
import type { Engine } from '../../../src/backbone/run/host.ts';
import type { Card } from '../../../src/backbone/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { connect } from '../../../src/workers/rpc.ts';

export function spawnEngine(): Engine {
  const worker = new Worker(new URL('../../../src/workers/engine.ts', import.meta.url), { type: 'module' });
  const connection = connect<EngineCalls>(worker);
  worker.addEventListener('error', (event) => connection.fail(new VitrineError('worker-failed', event.message)));
  return { calls: connection.calls, close: () => worker.terminate() };
}

const library = createLibrary();

export async function shipped(): Promise<{ card: Card; files: Awaited<ReturnType<typeof library.files>> }> {
  const card = await library.card('vitrine-mini');
  return { card, files: await library.files(card) };
}

/** A worker's transferable context for calling an engine's implementation directly in the page. */
export const inPage = { signal: new AbortController().signal, transfer: () => undefined };
