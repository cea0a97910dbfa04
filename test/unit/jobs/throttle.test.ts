// Work that is asked for often runs soon, seldom, and again after a failure.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createThrottle } from '../../../src/jobs/session/throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const noErrors = (error: unknown): never => {
  throw error;
};

describe('throttle', () => {
  test('runs once for many wishes, then not before its time', async () => {
    const run = vi.fn();
    const throttle = createThrottle(100, run, noErrors);
    for (let i = 0; i < 5; i++) throttle.ask();
    await vi.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(1);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(90);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('slow work waits four times as long as it took', async () => {
    const run = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 200)));
    const throttle = createThrottle(100, run, noErrors);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(100);
    throttle.ask(); // while it runs
    await vi.advanceTimersByTimeAsync(850);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(60);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('a failure is told and the next wish runs', async () => {
    const errors: unknown[] = [];
    const run = vi.fn().mockRejectedValueOnce(new Error('once')).mockResolvedValue(undefined);
    const throttle = createThrottle(10, run, (error) => errors.push(error));
    throttle.ask();
    await vi.advanceTimersByTimeAsync(1);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(20);
    expect(errors).toHaveLength(1);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('flush runs what was asked for at once; nothing runs after stop', async () => {
    const run = vi.fn();
    const throttle = createThrottle(1000, run, noErrors);
    throttle.ask();
    await vi.advanceTimersByTimeAsync(1);
    throttle.ask();
    await throttle.flush();
    expect(run).toHaveBeenCalledTimes(2);
    throttle.ask();
    throttle.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
