// The embed job over parts that only remember: what it asks for, in which order it stores, and what ends it.
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../../src/backbone/run/session.ts';
import type { Card } from '../../../src/backbone/types.ts';
import { embed } from '../../../src/jobs/embed/embed.ts';
import type { EmbedParts } from '../../../src/jobs/embed/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';

const card = {
  name: 'tiny',
  title: 'Tiny',
  input: { size: [1, 1], dtype: 'float32' },
  outputs: { embedding: { name: 'e', dim: 2 }, logits: { name: 'l', dim: 3, classes: 'c.txt' } },
} as unknown as Card; // the fields that the job reads

interface Options {
  rows: number;
  batch?: number;
  slots?: number;
  decode?: (path: string) => Promise<void>;
  run?: (batch: number) => Promise<void>;
}

/** A dataset of rows 0 … n−1 whose picture `i` is the number i; vectors and presence are kept in maps, every step in `log`. */
function parts({ rows, batch = 4, slots = 3, decode = async () => undefined, run = async () => undefined }: Options) {
  const log: string[] = [];
  const written = new Map<number, number[]>();
  const durable = new Set<number>();
  const present = new Set<number>();
  const broken = new Map<number, string>();
  const counts = { inFlight: 0, most: 0, runs: 0, runningMost: 0, running: 0 };
  const zeroShot = new Map<number, number>();
  const given: EmbedParts = {
    catalog: {
      async embedPlan() {
        return { dataset: 'd', missing: rows - present.size, total: rows };
      },
      async embedNext({ dataset, after, limit }) {
        expect(dataset).toBe('d');
        const ids = Array.from({ length: rows }, (_, i) => i).filter(
          (i) => i > after && !present.has(i) && !broken.has(i),
        );
        const some = ids.slice(0, limit);
        return { ids: Uint32Array.from(some), paths: some.map((i) => `${i}.jpg`) };
      },
      async embedCommit({ ids, facts, zeroShot: told }) {
        log.push(`commit ${ids.length}`);
        ids.forEach((id, i) => {
          expect(durable.has(id)).toBe(true);
          present.add(id);
          zeroShot.set(id, told?.codes[i] ?? -1);
        });
        for (const { id, state, reason } of facts) if (state !== 'readable') broken.set(id, reason ?? '');
      },
      async embedFinish({ finished }) {
        log.push(`finish ${finished}`);
      },
    },
    inputs: {
      slots,
      async modelInput(path, _input, signal) {
        counts.most = Math.max(counts.most, ++counts.inFlight);
        try {
          await decode(path);
          if (signal.aborted) throw new VitrineError('aborted', 'Stopped.');
          return {
            data: Float32Array.of(Number.parseInt(path, 10), 0, 0),
            facts: { format: 'jpeg', width: 1, height: 1 },
          };
        } finally {
          counts.inFlight--;
        }
      },
    },
    model: {
      card,
      key: 'k',
      view: {},
      classes: ['a', 'b', 'c'],
      device: 'CPU, 1 thread',
      batch,
      async run(pictures: TensorData, count: number) {
        counts.runningMost = Math.max(counts.runningMost, ++counts.running);
        await run(counts.runs++);
        counts.running--;
        expect(pictures.length).toBe(batch * 3);
        const values = Array.from({ length: count }, (_, i) => pictures[i * 3] ?? 0);
        return {
          embeddings: Float32Array.from(values.flatMap((v) => [v, 2 * v])),
          scores: Float32Array.from(values.flatMap((v) => [0, 1, 2].map((c) => (c === v % 3 ? 5 : 0)))),
        };
      },
    },
    withVectors: (_dataset, _key, dim, work) =>
      work({
        dim,
        writeRows(ids, data) {
          ids.forEach((id, i) => {
            written.set(id, [...data.subarray(i * dim, (i + 1) * dim)]);
          });
        },
        flush() {
          log.push('flush');
          for (const id of written.keys()) durable.add(id);
        },
        readRows: () => new Float32Array(),
        close: () => undefined,
      }),
  };
  return { given, log, written, present, broken, counts, zeroShot };
}

const soon = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the embed job', () => {
  it('gives every row its own vector and class, however decoding is shuffled, flushed before it counts', async () => {
    const p = parts({ rows: 700, decode: (path) => soon(Number.parseInt(path, 10) % 7 === 0 ? 3 : 0) });
    const report = await embed(p.given);
    expect(report).toMatchObject({ embedded: 700, failed: 0, total: 700, device: 'CPU, 1 thread' });
    expect(p.present.size).toBe(700);
    for (const [id, row] of p.written) expect(row).toEqual([id, 2 * id]);
    for (const [id, code] of p.zeroShot) expect(code).toBe(id % 3);
    expect(p.log.at(-1)).toBe('finish true');
    p.log.slice(0, -1).forEach((step, i) => {
      expect(step.startsWith(i % 2 === 0 ? 'flush' : 'commit')).toBe(true);
    });
    expect(p.log.filter((step) => step.startsWith('commit')).length).toBeLessThanOrEqual(4); // whole blocks
  });

  it('decodes ahead within a bound, while one batch runs and one waits', async () => {
    const p = parts({ rows: 200, batch: 4, slots: 3, decode: () => soon(1), run: () => soon(1) });
    await embed(p.given);
    expect(p.counts.runningMost).toBe(2);
    expect(p.counts.most).toBeLessThanOrEqual(3 * 4 + 3);
    expect(p.counts.most).toBeGreaterThan(3);
  });

  it('reports files that cannot be decoded and goes on', async () => {
    const p = parts({
      rows: 30,
      decode: async (path) => {
        if (path === '7.jpg') throw new VitrineError('unreadable', 'broken', { file: path });
        if (path === '8.jpg') throw new VitrineError('not-found', 'gone', { file: path });
      },
    });
    expect(await embed(p.given)).toMatchObject({ embedded: 28, failed: 2 });
    expect([...p.broken]).toEqual([[7, 'broken']]); // what is gone is found by the next walk
    expect(p.present.has(8)).toBe(false);
  });

  it('stops when the folder may not be read any more, and keeps what was done', async () => {
    const p = parts({
      rows: 100,
      decode: async (path) => {
        if (Number.parseInt(path, 10) >= 40) throw new VitrineError('permission', 'no longer allowed');
      },
    });
    await expect(embed(p.given)).rejects.toMatchObject({ code: 'permission' });
    expect(p.log.at(-1)).toBe('finish false');
    expect([...p.present].every((id) => id < 40)).toBe(true);
  });

  it('keeps what was computed when it is stopped, and the next run does the rest', async () => {
    const stop = new AbortController();
    const p = parts({
      rows: 100,
      run: async (batch) => {
        if (batch === 5) stop.abort();
      },
    });
    await expect(embed(p.given, { signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(p.log.at(-1)).toBe('finish false');
    const have = p.present.size;
    expect(have).toBeGreaterThanOrEqual(6 * 4);
    expect(have).toBeLessThan(100);
    expect(await embed(p.given)).toMatchObject({ embedded: 100 - have });
    expect(p.present.size).toBe(100);
  });

  it('ends with the error of a device that failed for good, after storing what came before', async () => {
    const p = parts({
      rows: 100,
      run: async (batch) => {
        if (batch === 3) throw new VitrineError('device-lost', 'the graphics processor went away');
      },
    });
    await expect(embed(p.given)).rejects.toMatchObject({ code: 'device-lost' });
    expect(p.present.size).toBeGreaterThanOrEqual(12);
    expect(p.log.at(-1)).toBe('finish false');
  });
});
