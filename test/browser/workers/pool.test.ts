// The pool of pixels workers: real decoding, cancelling, and workers that hang or die.
import { afterEach, expect, test } from 'vitest';
import { removeThumbnails, thumbnailBytes } from '../../../src/store/thumbnails.ts';
import { createPool, type PixelPool } from '../../../src/workers/pool.ts';
import { drawPictures, folderOf, spawnPixels } from './stack.ts';

let pool: PixelPool | undefined;
afterEach(() => pool?.close());

const spawnHanging = (): Worker => new Worker(new URL('./hanging.worker.ts', import.meta.url), { type: 'module' });

test('decodes files of a folder and of the caller, and names the file in every error', async () => {
  const files = await drawPictures(4);
  files['dots/broken.jpg'] = new Blob(['no picture']);
  const handle = await folderOf('pool', files);
  pool = createPool({ count: 2, spawn: spawnPixels });
  await expect(pool.call('picture', { path: 'dots/000.jpg', size: 64 })).rejects.toMatchObject({ code: 'permission' });
  await pool.open({ kind: 'directory', handle });
  const { bitmap, facts } = await pool.call('thumbnail', { path: 'dots/000.jpg', size: 64, priority: 'visible' });
  expect([bitmap.width, bitmap.height, facts.width, facts.height, facts.format]).toEqual([64, 48, 160, 120, 'jpeg']);
  const full = await pool.call('bitmap', { path: 'dots/000.jpg', priority: 'detail' });
  expect([full.bitmap.width, full.bitmap.height]).toEqual([160, 120]);
  const pixels = await pool.call('decode', { file: files['dots/001.jpg'] ?? new Blob() });
  expect([pixels.width, pixels.height, pixels.data.length]).toEqual([160, 120, 160 * 120 * 4]);
  expect((await pool.call('picture', { path: 'dots/002.jpg', size: 64 })).type).toBe('image/webp');
  for (const path of ['dots/broken.jpg', 'dots/gone.jpg'])
    await expect(pool.call('thumbnail', { path, size: 64, priority: 'visible' })).rejects.toMatchObject({ file: path });
});

test('a cancelled request rejects at once and the others are served', async () => {
  const handle = await folderOf('pool', await drawPictures(20));
  pool = createPool({ count: 1, spawn: spawnPixels });
  await pool.open({ kind: 'directory', handle });
  const stop = new AbortController();
  const running = pool;
  const ask = (i: number, signal?: AbortSignal) =>
    running.call(
      'thumbnail',
      { path: `dots/${String(i).padStart(3, '0')}.jpg`, size: 64, priority: 'visible' },
      signal ? { signal } : {},
    );
  const all = Array.from({ length: 20 }, (_, i) => ask(i, i % 2 ? stop.signal : undefined));
  stop.abort();
  const results = await Promise.allSettled(all);
  results.forEach((result, i) => {
    expect(result.status).toBe(i % 2 ? 'rejected' : 'fulfilled');
  });
});

test('a worker that hangs or dies is replaced, its other calls are answered, and the file that did it is given up', async () => {
  pool = createPool({ count: 1, spawn: spawnHanging, watch: { everyMs: 40, silentMs: 300 } });
  let replaced = 0;
  pool.onReplaced(() => replaced++);
  for (const bad of ['hang.jpg', 'die.jpg']) {
    const before = replaced;
    const culprit = pool.call('picture', { path: bad, size: 1 });
    const innocent = pool.call('picture', { path: 'good.jpg', size: 1 });
    await expect(culprit).rejects.toMatchObject({ code: 'unreadable', file: bad });
    expect(await (await innocent).text()).toBe('good.jpg');
    expect(replaced).toBe(before + 1); // the second time it was alone in a spare worker
  }
  const [port] = await pool.ports();
  expect(port).toBeInstanceOf(MessagePort);
});

test('a thumbnail of a slow file is kept for its dataset, and never found for a changed file or another range', async () => {
  /** A 16-bit grey picture of one value, under a name that no browser decodes. */
  const grey = (value: number): Blob => new Blob([`P2 40 30 65535 ${`${value} `.repeat(1200)}`]);
  const dataset = 'pool-kept';
  const handle = await folderOf('pool-kept', { 'ct/slice.tif': grey(20_000) });
  pool = createPool({ count: 1, spawn: spawnPixels });
  await pool.open({ kind: 'directory', handle });
  const running = pool;
  const shown = async (view = {}): Promise<number> => {
    const args = { path: 'ct/slice.tif', size: 32, view, keep: dataset, priority: 'visible' as const };
    const { bitmap } = await running.call('thumbnail', args);
    const context = new OffscreenCanvas(32, 24).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context?.getImageData(5, 5, 1, 1).data[0] ?? -1;
  };
  await removeThumbnails(dataset);
  expect(await shown()).toBe(78);
  const before = await written(0);
  expect(await shown()).toBe(78);
  expect(await shown({ range: { low: 0, high: 40_000 } })).toBe(128);
  expect(await written(before)).toBeGreaterThan(before);
  // the same length and path, another time: the picture of before must not come
  await new Promise((resolve) => setTimeout(resolve, 20));
  await folderOf('pool-kept', { 'ct/slice.tif': grey(60_000) });
  expect(await shown()).toBe(233);
  await removeThumbnails(dataset);
});

/** Bytes of kept thumbnails once they are more than `least`: they are written behind the answer. */
async function written(least: number): Promise<number> {
  for (;;) {
    const bytes = await thumbnailBytes();
    if (bytes > least) return bytes;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
