// Pooling of tokens into embeddings, by its laws, and class names.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClassNames } from '../../../src/backbone/library/library.ts';
import { cosine, poolRows, softmax } from '../../../src/backbone/run/pool.ts';
import { createQueue } from '../../../src/shared/queue.ts';

/** [2, 3, 2]: two pictures, three tokens, two numbers each. */
const output = Float32Array.of(1, 2, 3, 4, 5, 8, -1, 0, 2, 2, 4, 6);
const dims = [2, 3, 2];

describe('pooling', () => {
  it('takes the class token, the mean, the mean of the rest, or both', () => {
    const rows = (pool: 'first' | 'mean' | 'mean-rest' | 'first+mean-rest', dim: number) => [
      ...poolRows(output, dims, 2, { name: 'o', dim, pool }),
    ];
    expect(rows('first', 2)).toEqual([1, 2, -1, 0]);
    expect(rows('mean', 2)).toEqual([3, Math.fround(14 / 3), Math.fround(5 / 3), Math.fround(8 / 3)]);
    expect(rows('mean-rest', 2)).toEqual([4, 6, 3, 4]);
    expect(rows('first+mean-rest', 4)).toEqual([1, 2, 4, 6, -1, 0, 3, 4]);
  });

  it('leaves out as many tokens as the prefix says, and padding pictures', () => {
    expect([...poolRows(output, dims, 1, { name: 'o', dim: 2, pool: 'mean-rest', prefix: 2 })]).toEqual([5, 8]);
    expect([...poolRows(output, dims, 1, { name: 'o', dim: 2, pool: 'mean-rest', prefix: 0 })]).toEqual([
      3,
      Math.fround(14 / 3),
    ]);
  });

  it('takes flat outputs as they are', () => {
    expect([...poolRows(Float32Array.of(1, 2, 3, 4), [2, 2], 2, { name: 'o', dim: 2 })]).toEqual([1, 2, 3, 4]);
  });

  it('refuses an output of another shape than the card says', () => {
    for (const card of [
      { name: 'o', dim: 3 },
      { name: 'o', dim: 2 },
      { name: 'o', dim: 3, pool: 'first' as const },
      { name: 'o', dim: 2, pool: 'mean-rest' as const, prefix: 3 },
    ])
      expect(() => poolRows(output, dims, 2, card)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('makes unit lengths where it is asked to, and leaves zeros', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 4, maxLength: 4 }),
        (values) => {
          const row = poolRows(Float32Array.from(values), [1, 4], 1, { name: 'o', dim: 4, normalize: true });
          const length = Math.hypot(...row);
          expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
        },
      ),
    );
  });
});

describe('similarity and probability', () => {
  it('has cosine 1 with itself at any scale and softmax sums to 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 1, max: 99 }),
        (values, scale) => {
          const a = Float32Array.from(values);
          expect(
            cosine(
              a,
              a.map((v) => v * scale),
            ),
          ).toBeCloseTo(1, 6);
          const p = softmax(a);
          expect(p.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 12);
          expect(softmax(a.map((v) => v + 1000))[0]).toBeCloseTo(p[0] ?? 0, 6);
        },
      ),
    );
  });
});

describe('a class file', () => {
  it('has one class a line, with or without an id', () => {
    expect(readClassNames('n01\ttench, Tinca\ncat\n', 2, 'labels.txt')).toEqual(['tench, Tinca', 'cat']);
    expect(readClassNames('\uFEFFa\r\nb', 2, 'labels.txt')).toEqual(['a', 'b']);
    expect(() => readClassNames('a\nb\n', 3, 'labels.txt')).toThrow(/names 2 classes, but the model has 3/);
  });
});

describe('the queue of calls', () => {
  it('runs one work at a time in order, goes on after failures and does not start what was aborted', async () => {
    const queue = createQueue();
    let running = 0;
    const order: number[] = [];
    const work = (i: number) => async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 0));
      running--;
      order.push(i);
      if (i === 1) throw new Error('broken');
      return i;
    };
    const stop = new AbortController();
    const all = [0, 1, 2, 3].map((i) => queue(work(i), i === 2 ? stop.signal : undefined));
    stop.abort();
    const results = await Promise.allSettled(all);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(order).toEqual([0, 1, 3]);
  });
});
