// Half a minute of random use of the sample: filters, sorts, scrolls, sizes, edits and undo; nothing fails, nothing grows without bound.
import { expect, type Page, test } from '@playwright/test';
import { createRandom } from '../../.scripts/sample/random.mjs';
import type { Query } from '../../src/catalog/types.ts';
import { finish, makeFolder, openFolder, start } from './application.ts';

const SECONDS = 30;
/** What the page may gain beside its bitmaps (architecture, section 3). */
const GROWTH_BYTES = 80 * 2 ** 20;

type Random = ReturnType<typeof createRandom>;

function randomQuery(random: Random, classes: string[]): Query {
  const query: Query = {};
  const filters: NonNullable<Query['filter']>[] = [
    { field: 'label', is: random.pick(classes) },
    { field: 'name', contains: String(random.integer(0, 99)) },
    { field: 'size', between: [random.integer(0, 4000), null] },
    { not: { field: 'split', is: 'train' } },
    { field: 'width', missing: true },
  ];
  if (random.chance(0.7))
    query.filter = random.chance(0.3) ? { or: random.shuffle(filters).slice(0, 2) } : random.pick(filters);
  if (random.chance(0.5))
    query.sort = [
      { field: random.pick(['size', 'name', 'label', 'modified', 'path']), descending: random.chance(0.5) },
    ];
  if (random.chance(0.2)) query.group = random.pick(['label', 'split']);
  return query;
}

/** One thing that a person may do. */
async function act(page: Page, random: Random, classes: string[]): Promise<void> {
  const what = random.integer(0, 7);
  if (what === 0) {
    // views beside the grid's: opened, counted, closed
    await page.evaluate(
      async (query) => {
        const view = window.vitrine.dataset?.query(query);
        await Promise.all([view?.count, view?.facets(), view?.rows(0, 50)]);
        await view?.close();
      },
      randomQuery(random, classes),
    );
  } else if (what === 1) {
    const ids = Array.from({ length: random.pick([1, 1, 20, 200]) }, () => random.integer(0, 300));
    const name = random.pick(classes);
    await page.evaluate(([rows, label]) => window.vitrine.dataset?.label(new Set(rows), label), [ids, name] as const);
  } else if (what === 2) await page.evaluate(() => window.vitrine.dataset?.undo());
  else if (what === 3) await page.evaluate(() => window.vitrine.dataset?.redo());
  else if (what === 4) await page.mouse.wheel(0, random.integer(-3000, 3000));
  else if (what === 5)
    await page.keyboard.press(random.pick(['ArrowRight', 'ArrowDown', 'End', 'Home', 'PageDown', '+', '-']));
  else if (what === 6) await page.keyboard.press(random.pick(['1', '2', '3', 'Control+z', 'x', 'Escape']));
  else {
    // a class of the rail, on and off
    const row = page.getByRole('complementary').getByText(random.pick(classes), { exact: true }).first();
    // a notice may lie over it: then a person would not click there either
    if (await row.isVisible()) await row.click({ timeout: 1000 }).catch(() => undefined);
    await page.keyboard.press('Escape');
  }
}

/** Heap of the page after a collection, in bytes. */
async function heap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}

test('half a minute of random use leaves no error and no growth', async ({ baseURL }) => {
  test.setTimeout(150_000);
  const app = await start(baseURL ?? '');
  const { page } = app;
  const seed = 20261121;
  const random = createRandom(seed);
  try {
    // bitmaps that are open in the page: those that arrived less those that were closed
    await page.addInitScript(() => {
      const open = new Set<ImageBitmap>();
      const { close } = ImageBitmap.prototype;
      ImageBitmap.prototype.close = function () {
        open.delete(this);
        return close.call(this);
      };
      const { drawImage } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
        const [image] = args;
        if (image instanceof ImageBitmap && image.width > 0) open.add(image);
        return (drawImage as (...all: unknown[]) => void).apply(this, args);
      };
      Object.assign(window, {
        openBitmapBytes: () => [...open].reduce((sum, { width, height }) => sum + width * height * 4, 0),
      });
    });
    await page.reload();
    await page.waitForFunction(() => window.vitrine !== undefined);
    await openFolder(page, await makeFolder());
    const classes = await page.evaluate(() => window.vitrine.dataset?.classes.map(({ name }) => name) ?? []);
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('Escape');
    let [steps, before, worst] = [0, 0, 0];
    const from = Date.now();
    while (Date.now() - from < SECONDS * 1000) {
      await act(page, random, classes);
      if (++steps === 40) before = await heap(page);
      if (steps % 20 === 0) {
        const open = await page.evaluate(() => (window as unknown as { openBitmapBytes(): number }).openBitmapBytes());
        worst = Math.max(worst, open);
      }
    }
    expect(steps).toBeGreaterThan(40);
    expect(app.errors).toEqual([]);
    expect((await heap(page)) - before).toBeLessThan(GROWTH_BYTES);
    expect(worst).toBeLessThan(300 * 2 ** 20); // the cache's bound is 256 MB; one picture in the inspector comes on top
    // it still answers, and what it shows is what the catalog holds
    const all = await page.evaluate(async () => [
      await window.vitrine.dataset?.query().count,
      window.vitrine.dataset?.size,
      window.vitrine.dataset?.state.damage,
    ]);
    expect(all).toEqual([all[1], all[1], undefined]);
  } finally {
    await finish(app);
  }
});
