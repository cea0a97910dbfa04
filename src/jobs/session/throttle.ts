// Runs work soon after it was asked for, never more often than it can afford: a slow evaluation spaces itself out.

export interface Throttle {
  /** Asks for a run; those asked for before it starts are one. */
  ask(): void;
  /** Runs now when one was asked for; resolves when no run is going on. */
  flush(): Promise<void>;
  stop(): void;
}

/**
 * `run` starts at the earliest `minMs` after the last start and at least four times as long after it as it took: a fifth of the
 * worker's time at most. Its errors go to `onError`, and the next run is not kept from happening.
 */
export function createThrottle(
  minMs: number,
  run: () => void | Promise<void>,
  onError: (error: unknown) => void,
): Throttle {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  let stopped = false;
  let running: Promise<void> | undefined;
  let notBefore = 0;

  async function start(): Promise<void> {
    timer = undefined;
    asked = false;
    const started = performance.now();
    try {
      await run();
    } catch (error) {
      onError(error);
    }
    const took = performance.now() - started;
    notBefore = started + Math.max(minMs, took * 5);
    running = undefined;
    if (asked) schedule();
  }
  function begin(): void {
    running = start();
  }
  function schedule(): void {
    if (stopped || timer !== undefined || running) return;
    timer = setTimeout(begin, Math.max(0, notBefore - performance.now()));
  }
  return {
    ask() {
      asked = true;
      schedule();
    },
    async flush() {
      await running;
      if (!asked || stopped) return;
      clearTimeout(timer);
      begin();
      await running;
    },
    stop() {
      stopped = true;
      asked = false;
      clearTimeout(timer);
    },
  };
}
