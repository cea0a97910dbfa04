// Pictures decoded in a pixels worker of the catalog worker's own, for exports that carry copies: decoders are in that worker's build only.
import type { Pixels, PixelView } from '../pixels/types.ts';
import { VitrineError } from '../shared/errors.ts';
import type { PixelsCalls, PixelsEvent } from './calls.ts';
import { connect } from './rpc.ts';

export interface Decoder {
  /** As `pixels/decode.ts`. The worker starts with the first picture. */
  decode(file: Blob, view: PixelView, signal: AbortSignal): Promise<Pixels>;
  stop(): void;
}

/** A decoder for one export. */
export function createDecoder(): Decoder {
  let started: { calls: ReturnType<typeof connect<PixelsCalls, PixelsEvent>>['calls']; stop(): void } | undefined;
  const start = () => {
    const worker = new Worker(new URL('./pixels.ts', import.meta.url), { type: 'module', name: 'pixels' });
    const { calls, fail } = connect<PixelsCalls, PixelsEvent>(worker);
    worker.addEventListener('error', (event) =>
      fail(new VitrineError('worker-failed', `A picture could not be copied (${event.message}). Try again.`)),
    );
    return {
      calls,
      stop() {
        worker.terminate();
        fail(new VitrineError('aborted', 'Stopped.'));
      },
    };
  };
  return {
    decode(file, view, signal) {
      started ??= start();
      return started.calls.decode({ file, view }, { signal });
    },
    stop: () => started?.stop(),
  };
}
