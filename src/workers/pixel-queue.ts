// The queue of one pixels worker: what a person looks at first, newest first; then details; then jobs in their order.
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import type { PixelPriority } from './calls.ts';

export interface PixelQueue {
  /** Runs `work` when its turn comes. One that is aborted while it waits is removed and never starts. */
  add<T>(priority: PixelPriority, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Works that wait, and those that run. */
  counts(): { waiting: number; running: number };
}

interface Waiting {
  start(): void;
  drop(error: VitrineError): void;
}

/**
 * At most `width` works run at once and at most `bound` wait. When it is full the oldest visible request leaves first (it has scrolled
 * away), else the new one is refused with `busy`: callers of the other kinds pull and never fill it.
 */
export function createPixelQueue(width: number, bound: number): PixelQueue {
  const waiting: Record<PixelPriority, Waiting[]> = { visible: [], detail: [], job: [] };
  let running = 0;

  const count = (): number => waiting.visible.length + waiting.detail.length + waiting.job.length;

  function pump(): void {
    while (running < width) {
      const next = waiting.visible.pop() ?? waiting.detail.shift() ?? waiting.job.shift();
      if (!next) return;
      running++;
      next.start();
    }
  }

  function makeRoom(): void {
    if (count() < bound) return;
    const oldest = waiting.visible.shift();
    if (!oldest) throw new VitrineError('busy', 'Too many pictures are asked for at once. Wait for some of them.');
    oldest.drop(new VitrineError('aborted', 'Stopped.'));
  }

  return {
    counts: () => ({ waiting: count(), running }),
    async add(priority, work, signal) {
      throwIfAborted(signal);
      makeRoom();
      await new Promise<void>((resolve, reject) => {
        const list = waiting[priority];
        const leave = (): void => {
          const at = list.indexOf(entry);
          if (at >= 0) list.splice(at, 1);
          reject(new VitrineError('aborted', 'Stopped.'));
        };
        const entry: Waiting = {
          start() {
            signal.removeEventListener('abort', leave);
            resolve();
          },
          drop(error) {
            signal.removeEventListener('abort', leave);
            reject(error);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        list.push(entry);
        pump();
      });
      try {
        return await work();
      } finally {
        running--;
        pump();
      }
    },
  };
}
