// The model worker's side of the pixels workers: ports that can be replaced, least loaded first, each file tried twice.
import type { InputSource } from '../jobs/embed/types.ts';
import { VitrineError } from '../shared/errors.ts';
import type { PixelsCalls } from './calls.ts';
import { type Connection, connect } from './rpc.ts';

export interface PixelPorts extends InputSource {
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

  async function ask(...[args, options]: Parameters<Connection<PixelsCalls, never>['calls']['modelInput']>) {
    const [first, ...others] = members;
    if (!first) throw new VitrineError('internal', 'The model worker is not connected to a decoder.');
    const least = others.reduce((best, m) => (m.connection.pending() < best.connection.pending() ? m : best), first);
    return least.connection.calls.modelInput(args, options);
  }

  return {
    get slots() {
      return members.length * inFlightEach;
    },
    async modelInput(path, input, signal) {
      try {
        return await ask({ path, input }, { signal });
      } catch (error) {
        if (!isWorkerFailure(error)) throw error;
      }
      try {
        return await ask({ path, input }, { signal });
      } catch (cause) {
        if (!isWorkerFailure(cause)) throw cause;
        throw new VitrineError('unreadable', `${path} stopped the decoder twice, so it is not read.`, {
          file: path,
          cause,
        });
      }
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
