// Typed calls between page and workers over any message port: call, progress, result, error, cancel, and events one way.
import { type ErrorRecord, fromRecord, toRecord, VitrineError } from '../shared/errors.ts';
import type { JobOptions, Progress } from '../shared/progress.ts';

/** What an implementation gets beside its arguments. */
export interface CallContext {
  /** Fires when the caller cancelled. */
  signal: AbortSignal;
  progress(progress: Progress): void;
  /** Names buffers, bitmaps or ports of the result that are moved instead of copied. */
  transfer(...items: Transferable[]): void;
}

/** An interface whose every member is `(args, context) => Promise<result>`. */
export type Calls<T> = { [K in keyof T]: (args: never, context: CallContext) => Promise<unknown> };

export interface CallOptions extends JobOptions {
  /** Parts of the arguments that are moved instead of copied. */
  transfer?: Transferable[];
}

/** The caller's side of the same interface. */
export type Client<T extends Calls<T>> = {
  [K in keyof T]: T[K] extends (args: infer A, context: CallContext) => Promise<infer R>
    ? (args: A, options?: CallOptions) => Promise<R>
    : never;
};

/** What both a MessagePort, a Worker and a worker's global scope can do. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  /** Only message ports: delivery begins with it. */
  start?(): void;
}

type Message =
  | { type: 'call'; id: number; method: string; args: unknown; progress: boolean }
  | { type: 'cancel'; id: number }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; error: ErrorRecord }
  | { type: 'event'; event: unknown };

interface Pending {
  resolve(result: unknown): void;
  reject(error: unknown): void;
  onProgress: ((progress: Progress) => void) | undefined;
  /** Removes the abort listener. */
  release(): void;
}

export interface Connection<T extends Calls<T>, E> {
  calls: Client<T>;
  /** Listens to the events the other side emits; returns how to stop. */
  onEvent(listener: (event: E) => void): () => void;
  /** Rejects every pending and every later call: the other side is gone. */
  fail(error: VitrineError): void;
  /** Calls that have not been answered. */
  pending(): number;
}

/** Opens the caller's side on a port. An aborted call rejects at once with `aborted` and is cancelled on the other side. */
export function connect<T extends Calls<T>, E = never>(port: Port): Connection<T, E> {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: E) => void>();
  let nextId = 1;
  let broken: VitrineError | undefined;

  port.addEventListener('message', (event) => {
    const message = event.data as Message; // the other side is our own `serve`
    if (message.type === 'event') {
      for (const listener of listeners) listener(message.event as E);
      return;
    }
    if (message.type === 'call' || message.type === 'cancel') return;
    const call = pending.get(message.id);
    if (!call) return; // aborted meanwhile
    if (message.type === 'progress') return call.onProgress?.(message.progress);
    pending.delete(message.id);
    call.release();
    if (message.type === 'result') call.resolve(message.result);
    else call.reject(fromRecord(message.error));
  });
  port.start?.();

  function call(method: string, args: unknown, options: CallOptions = {}): Promise<unknown> {
    const { signal, onProgress, transfer = [] } = options;
    if (broken) return Promise.reject(broken);
    if (signal?.aborted) return Promise.reject(new VitrineError('aborted', 'Stopped.'));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      const cancel = () => {
        pending.delete(id);
        port.postMessage({ type: 'cancel', id } satisfies Message, []);
        reject(new VitrineError('aborted', 'Stopped.'));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      pending.set(id, { resolve, reject, onProgress, release: () => signal?.removeEventListener('abort', cancel) });
      port.postMessage(
        { type: 'call', id, method, args, progress: onProgress !== undefined } satisfies Message,
        transfer,
      );
    });
  }

  const calls = new Proxy({} as Client<T>, {
    // 'then' must stay undefined, or awaiting the client would call it
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then'
        ? (args: unknown, options?: CallOptions) => call(method, args, options)
        : undefined,
  });

  return {
    calls,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fail(error) {
      broken = error;
      for (const p of pending.values()) {
        p.release();
        p.reject(error);
      }
      pending.clear();
    },
    pending: () => pending.size,
  };
}

/** Answers calls on a port with `implementation`. Returns how to emit events to the other side and how to stop. */
export function serve<T extends Calls<T>, E = never>(
  port: Port,
  implementation: T,
): { emit(event: E): void; close(): void } {
  const running = new Map<number, AbortController>();

  async function answer(message: Extract<Message, { type: 'call' }>): Promise<void> {
    const controller = new AbortController();
    running.set(message.id, controller);
    const transfer: Transferable[] = [];
    const context: CallContext = {
      signal: controller.signal,
      progress: (progress) => {
        if (message.progress && !controller.signal.aborted)
          port.postMessage({ type: 'progress', id: message.id, progress } satisfies Message, []);
      },
      transfer: (...items) => transfer.push(...items),
    };
    try {
      // the names and arguments come from `connect<T>`, which is typed by the same interface
      const method = implementation[message.method as keyof T] as unknown as
        | ((args: unknown, context: CallContext) => Promise<unknown>)
        | undefined;
      if (!method) throw new VitrineError('internal', `There is no call named ${message.method}.`);
      const result = await method.call(implementation, message.args, context);
      if (!controller.signal.aborted)
        port.postMessage({ type: 'result', id: message.id, result } satisfies Message, transfer);
    } catch (error) {
      if (!controller.signal.aborted)
        port.postMessage({ type: 'error', id: message.id, error: toRecord(error) } satisfies Message, []);
    } finally {
      running.delete(message.id);
    }
  }

  const listen = (event: MessageEvent): void => {
    const message = event.data as Message; // the other side is our own `connect`
    if (message.type === 'call') void answer(message);
    else if (message.type === 'cancel') running.get(message.id)?.abort();
  };
  port.addEventListener('message', listen);
  port.start?.();
  return {
    emit: (event) => port.postMessage({ type: 'event', event } satisfies Message, []),
    close: () => {
      port.removeEventListener('message', listen);
      for (const controller of running.values()) controller.abort();
    },
  };
}
