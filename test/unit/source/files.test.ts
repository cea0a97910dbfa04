// A list of files walks like the folder it came from.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatcher } from '../../../src/source/batches.ts';
import { noPictures, openSource } from '../../../src/source/open.ts';
import type { Source, WalkBatch } from '../../../src/source/types.ts';

const open = (paths: string[]): Source =>
  openSource({ kind: 'files', name: 'set', files: paths.map((path) => ({ path, file: new File([path], 'x') })) });

async function walk(source: Source, from?: string[]): Promise<WalkBatch[]> {
  const batches: WalkBatch[] = [];
  for await (const batch of source.walk(from ? { from } : {})) batches.push(batch);
  return batches;
}

const found = (batches: WalkBatch[]): string[] =>
  batches.flatMap(({ directory, names }) => names.map((name) => (directory === '' ? name : `${directory}/${name}`)));

const segment = fc.constantFrom('a', 'b', 'train', 'x.png', 'y.JPG', 'z.txt', '10', '9');
const paths = fc.uniqueArray(fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')));

test('every file is found once: shown or left out with a reason', async () => {
  await fc.assert(
    fc.asyncProperty(paths, async (list) => {
      const batches = await walk(open(list));
      const leftOut = batches.flatMap((batch) => batch.leftOut.map(({ path }) => path));
      expect([...found(batches), ...leftOut].sort()).toEqual([...list].sort());
    }),
  );
});

test('a walk goes on after any interruption without losing or repeating a picture', async () => {
  await fc.assert(
    fc.asyncProperty(paths, fc.nat(20), async (list, stopAfter) => {
      const source = open(list);
      const pending = new Set(['']);
      const seen: WalkBatch[] = [];
      for await (const batch of source.walk()) {
        seen.push(batch);
        for (const folder of batch.folders) pending.add(folder);
        if (batch.complete) pending.delete(batch.directory);
        if (seen.length > stopAfter) break;
      }
      const rest = await walk(source, [...pending]);
      expect(found([...seen, ...rest]).sort()).toEqual(found(await walk(source)).sort());
    }),
  );
});

test('folders come parents first and in natural order', async () => {
  const batches = await walk(open(['set10/1.png', 'set9/deep/2.png', 'set9/1.png', '0.png']));
  expect(batches.map(({ directory }) => directory)).toEqual(['', 'set9', 'set9/deep', 'set10']);
});

test('what lies below a hidden folder is left out as one item', async () => {
  const batches = await walk(open(['.git/a/1.png', '.git/2.png', 'b/1.png']));
  expect(batches.flatMap(({ leftOut }) => leftOut)).toEqual([{ path: '.git', reason: 'hidden' }]);
  expect(found(batches)).toEqual(['b/1.png']);
});

test('a file is opened by its path, and a path that is not there is named', async () => {
  const source = open(['a/1.png']);
  expect(await (await source.file('a/1.png')).text()).toBe('a/1.png');
  await expect(source.file('a/2.png')).rejects.toMatchObject({ code: 'not-found', file: 'a/2.png' });
});

test('a fired signal ends the walk as aborted', async () => {
  const source = open(['a/1.png']);
  await expect(source.walk({ signal: AbortSignal.abort() }).next()).rejects.toMatchObject({ code: 'aborted' });
});

test('batches hold at most 8,192 entries, and only the last is complete', async () => {
  const batches = await walk(open(Array.from({ length: 20_000 }, (_, i) => `${i}.png`)));
  expect(batches.map(({ names }) => names.length)).toEqual([8192, 8192, 3616]);
  expect(batches.map(({ complete }) => complete)).toEqual([false, false, true]);
}, 60_000); // 20,000 files are made

test('a batch is due after a second, however few names it has', () => {
  let now = 0;
  const batcher = createBatcher('', () => now);
  const add = (): boolean => {
    batcher.addName('a.png');
    return batcher.full();
  };
  expect(Array.from({ length: 64 }, add)).not.toContain(true);
  now = 1000;
  expect(Array.from({ length: 64 }, add)).toContain(true);
});

test('an empty walk is explained by what was there instead', () => {
  expect(noPictures('set', {}).message).toContain('only links');
  expect(noPictures('set', { metadata: 1200, hidden: 34 }).message).toContain('1,234 other items');
});
