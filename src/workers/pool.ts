// The page's pool of pixels workers: least loaded first, each watched, replaced when it hangs or dies.
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import { createQueue } from '../shared/queue.ts';
import type { SourceRef } from '../source/types.ts';
import type { PixelsCalls, PixelsEvent } from './calls.ts';
import { type Client, type Connection, connect } from './rpc.ts';

/** Calls that any worker can answer. */
export type PixelKind = 'thumbnail' | 'picture' | 'decode' | 'bitmap' | 'modelInput';
type PixelClient = Client<PixelsCalls>;

export interface PixelPool {
  /**
   * Asks the least loaded worker. A worker that hangs or dies is replaced, and each of its calls is made once more, alone in a spare worker: the
   * one that stops this one too ends with `unreadable`, the others are answered. Errors: those of decoding, `aborted`.
   */
  call<K extends PixelKind>(
    kind: K,
    args: Parameters<PixelClient[K]>[0],
    options?: { signal?: AbortSignal },
  ): ReturnType<PixelClient[K]>;
  /** Tells every worker, also those that come later, which source paths belong to. */
  open(source: SourceRef | null): Promise<void>;
  /** A port to each worker, for the model worker. Made anew by every call. */
  ports(): Promise<MessagePort[]>;
  /** Called after a worker was replaced: its ports are dead. */
  onReplaced(listener: () => void): void;
  close(): void;
}

export interface PoolOptions {
  count: number;
  spawn(): Worker;
  /** Milliseconds between two looks at each worker, and how long one may be silent; tests shorten them. */
  watch?: { everyMs: number; silentMs: number };
}

/** A decode of a 388 kB, 400-megapixel picture was measured at 6.5 s; workers announce more time for large files. */
const defaultWatch = { everyMs: 5_000, silentMs: 20_000 };

interface Member {
  worker: Worker;
  connection: Connection<PixelsCalls, PixelsEvent>;
  opened: Promise<void>;
  /** Milliseconds it may be silent now; grows with the size of the file it has announced. */
  allowedMs: number;
  lastSign: number;
  asked: boolean;
}

export function createPool({ count, spawn, watch = defaultWatch }: PoolOptions): PixelPool {
  let source: SourceRef | null = null;
  let closed = false;
  const listeners = new Set<() => void>();
  const alone = createQueue();
  let spare: Member | undefined;
  const members: Member[] = Array.from({ length: count }, () => start());
  /** Ports to the workers are out: they can be busy without the page asking for anything. */
  let shared = false;
  const timer = setInterval(() => {
    for (const member of [...members, ...(spare ? [spare] : [])]) look(member);
  }, watch.everyMs);

  function start(): Member {
    const worker = spawn();
    const connection = connect<PixelsCalls, PixelsEvent>(worker);
    const member: Member = {
      worker,
      connection,
      opened: Promise.resolve(),
      allowedMs: watch.silentMs,
      lastSign: performance.now(),
      asked: false,
    };
    connection.onEvent((event) => {
      member.lastSign = performance.now();
      member.allowedMs = Math.max(watch.silentMs, event.ms);
    });
    worker.addEventListener('error', (event) => replace(member, event.message || 'it could not start'));
    worker.addEventListener('messageerror', () => replace(member, 'a message could not be read'));
    if (source) member.opened = connection.calls.open({ source });
    member.opened.catch(() => undefined); // the calls that wait for it tell
    return member;
  }

  /** A silent worker is asked for a sign; one that gives none in its time, or is overdue with a file, is replaced. */
  function look(member: Member): void {
    const now = performance.now();
    if (member.asked) {
      if (now - member.lastSign > member.allowedMs) replace(member, 'it stopped answering');
      return;
    }
    if (!shared && member.connection.pending() === 0) return;
    member.asked = true;
    member.lastSign = now;
    member.connection.calls.alive({}).then(
      ({ allowedMs, overdue }) => {
        member.asked = false;
        member.lastSign = performance.now();
        member.allowedMs = Math.max(watch.silentMs, allowedMs);
        if (overdue !== null) replace(member, `${overdue} took too long`);
      },
      () => undefined, // it was replaced meanwhile
    );
  }

  function replace(member: Member, reason: string): void {
    const at = members.indexOf(member);
    if (closed || (at < 0 && member !== spare)) return;
    member.worker.terminate();
    if (member === spare) spare = undefined;
    else members[at] = start();
    member.connection.fail(new VitrineError('worker-failed', `A decoder was restarted: ${reason}.`));
    if (at >= 0) for (const listener of listeners) listener();
  }

  /** Fewest unanswered calls. */
  function leastLoaded(): Member {
    const [first, ...others] = members;
    if (!first) throw new VitrineError('worker-failed', 'The decoders were closed. Reload the page.');
    return others.reduce((best, m) => (m.connection.pending() < best.connection.pending() ? m : best), first);
  }

  async function ask<K extends PixelKind>(
    member: Member,
    kind: K,
    args: Parameters<PixelClient[K]>[0],
    options: { signal?: AbortSignal },
  ): Promise<Awaited<ReturnType<PixelClient[K]>>> {
    await member.opened;
    throwIfAborted(options.signal);
    // a union of calls cannot be matched with its own arguments by the compiler; `K` ties them together
    const call = member.connection.calls[kind] as (
      args: Parameters<PixelClient[K]>[0],
      options: { signal?: AbortSignal },
    ) => ReturnType<PixelClient[K]>;
    return await call(args, options);
  }

  async function askTwice<K extends PixelKind>(
    kind: K,
    args: Parameters<PixelClient[K]>[0],
    options: { signal?: AbortSignal },
  ): Promise<Awaited<ReturnType<PixelClient[K]>>> {
    try {
      return await ask(leastLoaded(), kind, args, options);
    } catch (first) {
      if (closed || !isWorkerFailure(first)) throw first;
    }
    // which of the calls stopped the worker is not known: each is tried again with nothing beside it
    return alone(async (): Promise<Awaited<ReturnType<PixelClient[K]>>> => {
      spare ??= start();
      try {
        return await ask(spare, kind, args, options);
      } catch (second) {
        if (!isWorkerFailure(second)) throw second;
        const file = (args as { path?: string }).path ?? 'The file'; // every call names a path, but for a file that was handed over
        throw new VitrineError('unreadable', `${file} stops the decoder, so it is not read.`, { file, cause: second });
      }
    }, options.signal);
  }

  return {
    call: (kind, args, options = {}) => askTwice(kind, args, options) as ReturnType<PixelClient[typeof kind]>, // Promise<Awaited<P>> is P for a promise P
    async open(next) {
      source = next;
      const all = [...members, ...(spare ? [spare] : [])];
      for (const member of all) member.opened = member.connection.calls.open({ source });
      await Promise.all(all.map((member) => member.opened));
    },
    async ports() {
      shared = true;
      return Promise.all(
        members.map(async (member) => {
          const { port1, port2 } = new MessageChannel();
          await member.connection.calls.connect({ port: port1 }, { transfer: [port1] });
          return port2;
        }),
      );
    },
    onReplaced: (listener) => void listeners.add(listener),
    close() {
      closed = true;
      clearInterval(timer);
      for (const { worker, connection } of [...members.splice(0), ...(spare ? [spare] : [])]) {
        worker.terminate();
        connection.fail(new VitrineError('aborted', 'Stopped.'));
      }
    },
  };
}

const isWorkerFailure = (error: unknown): boolean => error instanceof VitrineError && error.code === 'worker-failed';
