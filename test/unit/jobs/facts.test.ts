// Reading facts of files: bounded in flight, passing over what does not open, ending with the permission.
import { describe, expect, test } from 'vitest';
import { type FileFacts, runFacts } from '../../../src/jobs/facts.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import type { Source } from '../../../src/source/types.ts';

/** A source whose files have their path's length as size; counts what is in flight. */
function countingSource(fail: (path: string) => VitrineError | undefined = () => undefined) {
  let flying = 0;
  const seen = { most: 0, opened: [] as string[] };
  const source: Source = {
    kind: 'files',
    name: 'test',
    writable: false,
    async file(path) {
      seen.opened.push(path);
      seen.most = Math.max(seen.most, ++flying);
      await new Promise((resolve) => setTimeout(resolve));
      flying--;
      const error = fail(path);
      if (error) throw error;
      return new File([path], path, { lastModified: 1000 + path.length });
    },
    async *walk() {},
  };
  return { source, seen };
}

function rows(count: number) {
  const committed: FileFacts[] = [];
  let at = 0;
  const target = {
    next: (limit: number) => {
      const ids = Uint32Array.from({ length: Math.min(limit, count - at) }, (_, i) => at + i);
      at += ids.length;
      return ids;
    },
    paths: (ids: Uint32Array) => Array.from(ids, (id) => 'x'.repeat(1 + (id % 7))),
    commit: (facts: FileFacts) => void committed.push(facts),
  };
  return { target, committed };
}

const options = () => ({ signal: new AbortController().signal, unpaused: async () => {}, onProgress: () => {} });

describe('facts job', () => {
  test('reads every row once, 32 at a time, and commits size and time of each', async () => {
    const { source, seen } = countingSource();
    const { target, committed } = rows(3000);
    await runFacts(source, target, options());
    expect(seen.most).toBe(32);
    expect(seen.opened).toHaveLength(3000);
    const ids = committed.flatMap((facts) => [...facts.ids]);
    expect(new Set(ids).size).toBe(3000);
    for (const { ids, sizes, modified } of committed)
      ids.forEach((id, i) => {
        expect([sizes[i], modified[i]]).toEqual([1 + (id % 7), 1001 + (id % 7)]);
      });
  });

  test('passes over a file that is gone', async () => {
    const gone = (path: string) => (path === 'xx' ? new VitrineError('not-found', 'gone') : undefined);
    const { source } = countingSource(gone);
    const { target, committed } = rows(70);
    await runFacts(source, target, options());
    expect(committed.flatMap((facts) => [...facts.ids])).toHaveLength(60);
  });

  test('ends when the permission does', async () => {
    const { source } = countingSource(() => new VitrineError('permission', 'no'));
    const { target } = rows(70);
    await expect(runFacts(source, target, options())).rejects.toMatchObject({ code: 'permission' });
  });
});
