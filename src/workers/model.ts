// The model worker's entry: serves its calls, and starts engine workers, in which onnxruntime-web runs.
import type { EngineCalls } from '../backbone/run/engine.ts';
import { VitrineError } from '../shared/errors.ts';
import type { ModelCalls, ModelEvent } from './calls.ts';
import { createModelCalls } from './model-calls.ts';
import { connect, type Port, serve } from './rpc.ts';

// Engines are workers of their own for three reasons: the number of threads is fixed for as long as one lives, the memory of a released
// session comes back only with its end, and a run of many seconds must not keep this worker from decoding ahead and being cancelled.
function spawnEngine() {
  const worker = new Worker(new URL('./engine.ts', import.meta.url), { type: 'module', name: 'engine' });
  const connection = connect<EngineCalls>(worker);
  const fail = (reason: string): void =>
    connection.fail(new VitrineError('worker-failed', `The computation stopped (${reason}). Try again.`));
  worker.addEventListener('error', (event) => fail(event.message || 'the worker could not start'));
  worker.addEventListener('messageerror', () => fail('a message could not be read'));
  return {
    calls: connection.calls,
    close() {
      worker.terminate();
      connection.fail(new VitrineError('worker-failed', 'The computation was ended for another one. Try again.'));
    },
  };
}

const page: { emit(event: ModelEvent): void } = serve<ModelCalls, ModelEvent>(
  self as unknown as Port, // a worker's scope; TypeScript's page library types `self` as a window
  createModelCalls(spawnEngine, (event) => page.emit(event)),
);
