// The order in which a pixels worker serves requests, what leaves first when it is full, and what cancelling does.
import { describe, expect, it } from 'vitest';
import { createPixelQueue } from '../../../src/workers/pixel-queue.ts';

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A work that ends when told to, and notes its name when it starts. */
function work(name: string, started: string[]): { run: () => Promise<string>; finish: () => void } {
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    run: async () => {
      started.push(name);
      await done;
      return name;
    },
    finish: () => finish(),
  };
}

describe('the queue of a pixels worker', () => {
  it('serves visible requests newest first, then details, then jobs in their order', async () => {
    const started: string[] = [];
    const queue = createPixelQueue(1, 100);
    const works = ['first', 'job 1', 'job 2', 'detail', 'visible 1', 'visible 2'].map((name) => ({
      name,
      ...work(name, started),
    }));
    const all = works.map(({ name, run }) =>
      queue.add(name.startsWith('visible') ? 'visible' : name === 'detail' ? 'detail' : 'job', run, never),
    );
    for (const { finish } of works) finish();
    await Promise.all(all);
    expect(started).toEqual(['first', 'visible 2', 'visible 1', 'detail', 'job 1', 'job 2']);
  });

  it('runs as many at once as it is wide, and goes on after a failure', async () => {
    const queue = createPixelQueue(2, 100);
    let [running, most] = [0, 0];
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, i) =>
        queue.add(
          'job',
          async () => {
            most = Math.max(most, ++running);
            await turn();
            running--;
            if (i % 3 === 0) throw new Error('broken');
            return i;
          },
          never,
        ),
      ),
    );
    expect(most).toBe(2);
    expect(results.map((r) => r.status)).toEqual(
      Array.from({ length: 9 }, (_, i) => (i % 3 === 0 ? 'rejected' : 'fulfilled')),
    );
    expect(queue.counts()).toEqual({ waiting: 0, running: 0 });
  });

  it('never starts what was cancelled while it waited', async () => {
    const started: string[] = [];
    const queue = createPixelQueue(1, 100);
    const first = work('first', started);
    const second = work('second', started);
    const controller = new AbortController();
    const a = queue.add('visible', first.run, never);
    const b = queue.add('visible', second.run, controller.signal);
    controller.abort();
    await expect(b).rejects.toMatchObject({ code: 'aborted' });
    first.finish();
    expect(await a).toBe('first');
    await turn();
    expect(started).toEqual(['first']);
  });

  it('drops the oldest visible request when it is full, and refuses when there is none to drop', async () => {
    const started: string[] = [];
    const queue = createPixelQueue(1, 2);
    const running = work('running', started);
    const all = [queue.add('job', running.run, never)];
    const old = queue.add('visible', work('old', started).run, never);
    const middle = work('middle', started);
    all.push(queue.add('visible', middle.run, never));
    const young = work('young', started);
    all.push(queue.add('visible', young.run, never));
    await expect(old).rejects.toMatchObject({ code: 'aborted' });
    for (const w of [running, middle, young]) w.finish();
    await Promise.all(all);
    expect(started).toEqual(['running', 'young', 'middle']);

    const jobs = createPixelQueue(1, 1);
    const block = work('block', started);
    const blocked = [jobs.add('job', block.run, never), jobs.add('job', block.run, never)];
    await expect(jobs.add('job', block.run, never)).rejects.toMatchObject({ code: 'busy' });
    block.finish();
    await Promise.all(blocked);
  });
});
