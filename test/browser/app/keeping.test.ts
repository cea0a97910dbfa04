// Pictures that are kept: covers for the start screen, and the last screen before a folder may be read.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { clothing } from './catalog-double.ts';
import { draw, type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

interface Kept {
  pictures: { id: number; blob: Blob }[];
  cover: boolean;
}

test('the first four pictures are kept when a folder is known, and the screen when it closes', async () => {
  const kept: Kept[] = [];
  app = await mount({ table: clothing(400), calls: { keepPictures: async (args) => void kept.push(args) } });
  const cover = await until(() => kept.find((one) => one.cover), 'the cover');
  expect(cover.pictures).toHaveLength(4);
  expect(cover.pictures.every(({ blob }) => blob.type === 'image/webp' && blob.size > 0)).toBe(true);
  await until(() => app.session.pictures.version() > 0 && document.querySelector('[role=gridcell]'), 'pictures');
  await app.session.close();
  const screen = kept.find((one) => !one.cover);
  expect(screen?.pictures.length).toBeGreaterThan(4);
});

test('a folder that needs a click shows what was on screen last', async () => {
  const canvas = new OffscreenCanvas(96, 96);
  canvas.getContext('2d')?.drawImage((await draw('a', 96)).bitmap, 0, 0);
  const blob = await canvas.convertToBlob();
  const asked: Uint32Array[] = [];
  app = await mount({
    table: clothing(400),
    state: { permission: 'prompt' },
    calls: {
      keptPictures: async ({ ids }) => {
        asked.push(ids);
        return [...ids.subarray(0, 2)].map((id) => ({ id, blob }));
      },
      keepPictures: async () => expect.unreachable('nothing is kept of a folder that cannot be read'),
    },
  });
  const first = await until(() => app.session.window.row(0), 'the first row');
  const bitmap = await until(() => app.session.pictures.peek(first, 96), 'its picture');
  expect([bitmap.width, bitmap.height]).toEqual([96, 96]);
  expect(asked[0]?.length).toBeLessThanOrEqual(240);
  await app.session.close();
});
