// Decodes rows ahead of the model, a bounded number at a time, and hands them over in batches as they get ready.
import type { TensorData } from '../../backbone/run/session.ts';
import type { ModelInputSpec, PixelFacts } from '../../pixels/types.ts';
import { throwIfAborted, toVitrineError, type VitrineError } from '../../shared/errors.ts';
import type { InputSource } from './types.ts';

export interface Decoded {
  id: number;
  data: TensorData;
  facts: PixelFacts;
}

export interface Failed {
  id: number;
  error: VitrineError;
}

/** What has come since the last time: at most `batch` pictures, and every row that failed. */
export interface Ready {
  decoded: Decoded[];
  failed: Failed[];
}

/** Tensors that may wait for the model, in bytes: enough for two large batches, far below a worker's memory. */
const maxWaitingBytes = 256 * 2 ** 20;

/**
 * Batches of decoded rows. Rows are pulled from `pages` only as fast as they are used, so nothing grows; within a page the order is that of
 * readiness, because one slow file must not hold up the rest. A batch is short only at the end. Errors: those of `pages`, `permission`
 * when the files cannot be read any more, `aborted`.
 */
export async function* decodeAhead(
  pages: AsyncIterable<{ id: number; path: string }[]>,
  inputs: InputSource,
  input: ModelInputSpec,
  batch: number,
  signal: AbortSignal,
): AsyncGenerator<Ready> {
  const each = 3 * input.size[0] * input.size[1] * (input.dtype === 'float32' ? 4 : input.dtype === 'float16' ? 2 : 1);
  const window = Math.max(batch + inputs.slots, Math.min(3 * batch + inputs.slots, Math.floor(maxWaitingBytes / each)));
  const ready: Ready = { decoded: [], failed: [] };
  let [inFlight, ended] = [0, false];
  let fault: unknown;
  let wake: () => void = () => undefined;
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  both.addEventListener('abort', () => wake(), { once: true });

  async function decodeOne(id: number, path: string): Promise<void> {
    try {
      const { data, facts } = await inputs.modelInput(path, input, both);
      ready.decoded.push({ id, data, facts });
    } catch (thrown) {
      const error = toVitrineError(thrown, path);
      // one file's failure is its own; a folder that cannot be read ends the job
      if (error.code === 'permission' || error.code === 'aborted') fault ??= error;
      else ready.failed.push({ id, error });
    } finally {
      inFlight--;
      room();
      wake();
    }
  }

  /** Two parties wait: the feeder for room, the reader for pictures. */
  let room: () => void = () => undefined;
  const hasRoom = async (): Promise<void> => {
    while (inFlight + ready.decoded.length >= window && !both.aborted)
      await new Promise<void>((resolve) => {
        room = resolve;
      });
  };
  both.addEventListener('abort', () => room(), { once: true });

  async function feed(): Promise<void> {
    try {
      for await (const page of pages)
        for (const { id, path } of page) {
          await hasRoom();
          if (both.aborted || fault) return;
          inFlight++;
          void decodeOne(id, path);
        }
    } catch (error) {
      fault ??= error;
    } finally {
      ended = true;
      wake();
    }
  }

  const feeding = feed();
  try {
    for (;;) {
      throwIfAborted(signal);
      if (fault) throw fault;
      const last = ended && inFlight === 0;
      if (ready.decoded.length >= batch || (last && ready.decoded.length + ready.failed.length > 0)) {
        const decoded = ready.decoded.splice(0, batch);
        room();
        yield { decoded, failed: ready.failed.splice(0) };
        continue;
      }
      if (last) return;
      await changed();
    }
  } finally {
    stop.abort(); // a reader that leaves early stops the decoding
    await feeding;
  }
}
