// The left-out list: counts at once, is stored by complete folders, and takes back what could not be written.
import { describe, expect, test } from 'vitest';
import { emptyLeftOut, openLeftOut } from '../../../src/jobs/left-out.ts';
import type { LeftOut } from '../../../src/source/types.ts';

const items = (...paths: string[]): LeftOut[] => paths.map((path) => ({ path, reason: 'hidden' }));

describe('left-out list', () => {
  test('counts what is found at once and stores only complete folders', () => {
    const list = openLeftOut(emptyLeftOut(1));
    list.add(items('a', 'b'));
    expect(list.summary()).toMatchObject({ total: 2, byReason: { hidden: 2 } });
    expect(list.take().chunk).toBeUndefined();
    list.complete();
    list.add(items('c'));
    const { chunk, summary } = list.take();
    expect(chunk).toEqual({ walk: 1, chunk: 0, items: items('a', 'b') });
    expect(summary).toEqual({ walk: 1, chunks: 1, total: 2, byReason: { hidden: 2 } });
    expect(list.summary().total).toBe(3);
  });

  test('continues from what is stored: a folder cut in the middle counts once', () => {
    const first = openLeftOut(emptyLeftOut(1));
    first.add(items('a'));
    first.complete();
    first.add(items('cut'));
    const again = openLeftOut(first.take().summary);
    again.add(items('cut', 'rest'));
    again.complete();
    expect(again.summary().total).toBe(3);
    expect(again.take().chunk).toMatchObject({ chunk: 1, items: items('cut', 'rest') });
  });

  test('a chunk that was not written is given again', () => {
    const list = openLeftOut(emptyLeftOut(1));
    list.add(items('a'));
    list.complete();
    const { chunk } = list.take();
    list.giveBack(chunk?.items ?? []);
    list.add(items('b'));
    list.complete();
    expect(list.take()).toEqual({
      chunk: { walk: 1, chunk: 0, items: items('a', 'b') },
      summary: { walk: 1, chunks: 1, total: 2, byReason: { hidden: 2 } },
    });
  });
});
