// Keeps one engine worker with the session that is wanted; replaces the worker when threads, provider or backbone change, or when it fails.
import { VitrineError } from '../../shared/errors.ts';
import type { ModelFiles } from '../library/library.ts';
import type { Card } from '../types.ts';
import type { EngineCalls, EngineConfig, EngineRun } from './engine.ts';
import type { TensorData } from './session.ts';

export interface EngineCallOptions {
  signal?: AbortSignal;
  transfer?: Transferable[];
}

/** The caller's side of an engine worker. */
export type EngineClient = {
  [K in keyof EngineCalls]: (
    args: Parameters<EngineCalls[K]>[0],
    options?: EngineCallOptions,
  ) => ReturnType<EngineCalls[K]>;
};

/** A started engine worker; `close` ends it and gives back all of its memory. A worker that dies rejects its calls. */
export interface Engine {
  calls: EngineClient;
  close(): void;
}

export type SpawnEngine = () => Engine;

export interface Host {
  /** Makes sure that the backbone is open that way. Errors: those of `openSession`, `busy` while another is held. */
  open(card: Card, files: () => Promise<ModelFiles>, config: EngineConfig): Promise<{ title: string; batch: number }>;
  /** Runs a batch; the buffer of `pictures` is moved. Errors: `device-lost`, `worker-failed`, `aborted`. */
  run(pictures: TensorData, count: number, options?: { signal?: AbortSignal }): Promise<EngineRun>;
  /** The engine for the probe's graphs; the same worker, whichever backbone is open in it. Errors: `busy`. */
  engine(config: Pick<EngineConfig, 'provider' | 'threads'>): EngineClient;
  /** Keeps what is open from being replaced until the returned function is called: a job is using it. */
  hold(): () => void;
  /** Ends the worker; the next call starts another. */
  close(): void;
}

export function createHost(spawn: SpawnEngine): Host {
  let engine: Engine | undefined;
  let config: Pick<EngineConfig, 'provider' | 'threads'> | undefined;
  let holders = 0;
  let opened: { key: string; answer: Promise<{ title: string; batch: number }> } | undefined;

  function close(): void {
    engine?.close();
    engine = undefined;
    config = undefined;
    opened = undefined;
  }

  /** Another backbone, provider or number of threads is wanted. */
  function replace(): void {
    if (holders > 0)
      throw new VitrineError('busy', 'Another backbone or device is at work. Wait until it is done, or pause it.');
    close();
  }

  function engineFor(wanted: Pick<EngineConfig, 'provider' | 'threads'>): EngineClient {
    // threads are fixed for the life of a module instance, so another number needs another worker
    if (engine && (config?.threads !== wanted.threads || config.provider !== wanted.provider)) replace();
    engine ??= spawn();
    config = { provider: wanted.provider, threads: wanted.threads };
    return engine.calls;
  }

  /** After these nothing of the worker can be trusted. */
  const isFatal = (error: unknown): boolean =>
    error instanceof VitrineError && (error.code === 'device-lost' || error.code === 'worker-failed');

  return {
    close,
    hold() {
      holders++;
      return () => {
        holders--;
      };
    },
    engine: engineFor,
    async open(card, files, wanted) {
      const key = JSON.stringify([card.name, card.files.map((file) => file.sha256), wanted]);
      if (opened?.key === key) return opened.answer;
      if (opened) replace(); // released sessions leave their WASM memory behind; a new worker does not
      const calls = engineFor(wanted);
      const answer = files().then((loaded) => calls.open({ card, files: loaded, config: wanted }));
      opened = { key, answer };
      answer.catch(() => {
        if (opened?.answer === answer) close();
      });
      return answer;
    },
    async run(pictures, count, { signal } = {}) {
      if (!engine) throw new VitrineError('internal', 'No backbone was opened.');
      try {
        return await engine.calls.run(
          { pictures, count },
          { ...(signal ? { signal } : {}), transfer: [pictures.buffer] },
        );
      } catch (error) {
        if (isFatal(error)) close();
        throw error;
      }
    },
  };
}
