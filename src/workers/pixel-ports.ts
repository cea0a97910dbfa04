// The model worker's side of the pixels workers: ports that can be replaced, least loaded first, each file tried twice.
import type { InputSource } from '../jobs/embed/types.ts';
import type { ModelInputSpec, PixelView } from '../pixels/types.ts';
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import { createQueue } from '../shared/queue.ts';
import type { PixelsCalls } from './calls.ts';
import { type Connection, connect } from './rpc.ts';

export interface PixelPorts extends InputSource {
  /** Under a view of deep pictures, which is the files' own when it is absent. */
  modelInput(
    path: string,
    input: ModelInputSpec,
    signal: AbortSignal,
    view?: PixelView,
  ): ReturnType<InputSource['modelInput']>;
  /** New ports to all workers. What was asked of the old ones fails and is asked again: one of them was replaced. */
  replace(ports: readonly MessagePort[]): void;
}

interface Member {
  port: MessagePort;
  connection: Connection<PixelsCalls, never>;
}

/** Decodes in flight a worker: one that runs, and others whose files are being read meanwhile. */
const inFlightEach = 4;

export function createPixelPorts(): PixelPorts {
  let members: Member[] = [];
  const alone = createQueue();
  /** Files that are tried again; while there are any, no others are asked for, so that the one that stops a decoder is known. */
  let again = 0;
  let resume: () => void = () => undefined;
  let paused: Promise<void> = Promise.resolve();

  async function ask(...[args, options]: Parameters<Connection<PixelsCalls, never>['calls']['modelInput']>) {
    const [first, ...others] = members;
    if (!first) throw new VitrineError('internal', 'The model worker is not connected to a decoder.');
    const least = others.reduce((best, m) => (m.connection.pending() < best.connection.pending() ? m : best), first);
    return least.connection.calls.modelInput(args, options);
  }

  async function askAlone(path: string, input: ModelInputSpec, signal: AbortSignal, view: PixelView) {
    if (again++ === 0)
      paused = new Promise((resolve) => {
        resume = resolve;
      });
    try {
      return await alone(() => ask({ path, input, view }, { signal }), signal);
    } catch (cause) {
      if (!isWorkerFailure(cause)) throw cause;
      throw new VitrineError('unreadable', `${path} stops the decoder, so it is not read.`, { file: path, cause });
    } finally {
      if (--again === 0) resume();
    }
  }

  return {
    get slots() {
      return members.length * inFlightEach;
    },
    async modelInput(path, input, signal, view = {}) {
      while (again > 0) await paused;
      throwIfAborted(signal);
      try {
        return await ask({ path, input, view }, { signal });
      } catch (error) {
        if (!isWorkerFailure(error)) throw error;
      }
      return askAlone(path, input, signal, view);
    },
    replace(ports) {
      const old = members;
      members = ports.map((port) => ({ port, connection: connect<PixelsCalls>(port) }));
      for (const { port, connection } of old) {
        connection.fail(new VitrineError('worker-failed', 'A decoder was restarted.'));
        port.close();
      }
    },
  };
}

const isWorkerFailure = (error: unknown): boolean => error instanceof VitrineError && error.code === 'worker-failed';
