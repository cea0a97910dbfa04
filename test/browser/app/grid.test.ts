// The grid as people meet it: roles and keys, selection, zoom, a bar that reaches the last picture, and never a wrong picture in a cell.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { fit } from '../../../src/app/browse/grid/draw.ts';
import { appendRows, completeDirectory } from '../../../src/catalog/rows.ts';
import type { Table } from '../../../src/catalog/table.ts';
import { clothing } from './catalog-double.ts';
import { draw, type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const grid = () => document.querySelector<HTMLElement>('[role=grid]') as HTMLElement;
const cells = () => [...document.querySelectorAll<HTMLElement>('[role=gridcell]')];
const cellAt = (position: number) => document.querySelector<HTMLElement>(`[data-position="${position}"]`);
const selected = () => cells().filter((cell) => cell.getAttribute('aria-selected') === 'true');
const top = (element: Element) => element.getBoundingClientRect().top;

/** Scrolls and waits until the grid has followed. */
async function scrollTo(y: number): Promise<void> {
  const told = new Promise((done) => grid().addEventListener('scroll', done, { once: true }));
  grid().scrollTop = y;
  await told;
  await new Promise(requestAnimationFrame);
}

async function open(table: Table = clothing(600)): Promise<void> {
  app = await mount({ table });
  await until(() => cells().some((cell) => cell.getAttribute('aria-busy') === 'false'), 'cells with rows');
}

/** Clicks a cell the way a mouse does, modifiers included. */
async function click(position: number, modifiers: ('Shift' | 'Control')[] = []): Promise<void> {
  const cell = await until(() => cellAt(position), `cell ${position}`);
  await userEvent.click(cell, { modifiers });
}

test('the grid says how large it is, and its cells say where they are', async () => {
  await open();
  const columns = Number(grid().getAttribute('aria-colcount'));
  expect(Number(grid().getAttribute('aria-rowcount'))).toBe(Math.ceil(600 / columns));
  const cell = cellAt(columns + 1);
  expect(cell?.getAttribute('aria-colindex')).toBe('2');
  expect(cell?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('2');
  expect(cell?.textContent).toMatch(/^\d+\.jpg, /);
});

test('the grid is one tab stop, wherever the cursor is', async () => {
  await open();
  const stops = () => [grid(), ...cells()].filter((element) => element.tabIndex === 0);
  expect(stops()).toHaveLength(1);
  grid().scrollTop = 5000;
  await until(() => !cellAt(0), 'the first cell to leave');
  expect(stops()).toEqual([grid()]);
});

test('arrows move the focus, and the focused cell is always on screen', async () => {
  await open();
  await click(0);
  for (let i = 0; i < 9; i++) await userEvent.keyboard('{ArrowDown}');
  await userEvent.keyboard('{ArrowRight}');
  const columns = Number(grid().getAttribute('aria-colcount'));
  const cell = await until(() => cellAt(9 * columns + 1), 'the cell of the cursor');
  expect(document.activeElement).toBe(cell);
  expect(cell.getBoundingClientRect().bottom).toBeLessThanOrEqual(grid().getBoundingClientRect().bottom);
  await userEvent.keyboard('{End}');
  await until(() => document.activeElement === cellAt(599), 'the last cell to have the focus');
  await userEvent.keyboard('{Home}');
  await until(() => document.activeElement === cellAt(0), 'the first cell to have the focus');
});

test('the wheel takes the cursor off screen without losing the keyboard', async () => {
  await open();
  await click(0);
  grid().scrollTop = 8000;
  await until(() => !cellAt(0), 'the first cell to leave');
  expect(document.activeElement).toBe(grid());
  await userEvent.keyboard('{ArrowRight}');
  await until(() => document.activeElement === cellAt(1), 'the cursor to come back');
});

test('content far taller than any element is reached to its last picture, at a device pixel ratio of 2 too', async () => {
  await open(clothing(20_000, false));
  for (const ratio of [1, 2]) {
    await cdp().send('Emulation.setDeviceMetricsOverride', {
      width: 1280,
      height: 800,
      deviceScaleFactor: ratio,
      mobile: false,
    });
    app.session.settings.setCellSize(5000); // one picture in a row, as high as the grid: about 12 million px
    await until(() => grid().getAttribute('aria-colcount') === '1', 'one column');
    expect(grid().scrollHeight).toBeLessThanOrEqual(8_000_001);
    grid().scrollTop = grid().scrollHeight;
    const last = await until(() => cellAt(19_999), 'the last picture');
    expect(last.getBoundingClientRect().bottom).toBeLessThanOrEqual(grid().getBoundingClientRect().bottom);
    expect(last.getBoundingClientRect().bottom).toBeGreaterThan(grid().getBoundingClientRect().bottom - 20);
    grid().scrollTop = 0;
    await until(() => cellAt(0), 'the first picture');
    // in the middle a wheel moves by its own pixels
    await scrollTo(4_000_000);
    const cell = await until(() => cells().find((c) => top(c) > top(grid())), 'a cell in the middle');
    const [position, before] = [cell.dataset.position, top(cell)];
    grid().scrollTop += 60;
    await until(() => {
      const again = document.querySelector(`[data-position="${position}"]`);
      return again && Math.abs(top(again) - before + 60) < 1;
    }, 'the cell to move by 60 px');
  }
  await cdp().send('Emulation.clearDeviceMetricsOverride');
});

test('after a jump every cell shows its own picture', async () => {
  await open(clothing(3000));
  for (const to of [9000, 400, 30_000, 21_000]) {
    grid().scrollTop = to;
    await new Promise(requestAnimationFrame);
  }
  await until(() => cells().every((cell) => cell.getAttribute('aria-busy') === 'false'), 'all rows');
  const canvas = grid().querySelector('canvas') as HTMLCanvasElement;
  const shown = () =>
    Promise.all(
      cells()
        .filter((cell) => top(cell) > top(grid()) + 4 && cell.getBoundingClientRect().bottom < innerHeight - 60)
        .map(async (cell) => {
          const row = app.session.window.row(Number(cell.dataset.position));
          return row ? matches(canvas, cell, row.path) : false;
        }),
    );
  let all: boolean[] = [];
  for (let i = 0; i < 60 && !(all.length >= 6 && all.every(Boolean)); i++) {
    await new Promise(requestAnimationFrame);
    all = await shown();
  }
  expect(all.length).toBeGreaterThanOrEqual(6);
  expect(all.every(Boolean)).toBe(true);
});

/** Compares points of a cell on the canvas with the picture that its path stands for. */
async function matches(canvas: HTMLCanvasElement, cell: HTMLElement, path: string): Promise<boolean> {
  const { bitmap } = await draw(path, 192);
  const box = cell.getBoundingClientRect();
  const origin = canvas.getBoundingClientRect();
  const size = { x: 0, y: 0, width: box.width, height: box.height };
  const expected = new OffscreenCanvas(box.width, box.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
  const { target } = fit(bitmap.width, bitmap.height, size, false);
  expected.drawImage(bitmap, target.x, target.y, target.width, target.height);
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const ratio = canvas.width / origin.width;
  return [0.5, 0.3].every((part) => {
    const [x, y] = [target.x + target.width / 2, target.y + target.height * part * 0.6 + target.height * 0.1];
    const seen = context.getImageData(
      (box.left - origin.left + x) * ratio,
      (box.top - origin.top + y) * ratio,
      1,
      1,
    ).data;
    const want = expected.getImageData(x, y, 1, 1).data;
    return [0, 1, 2].every((c) => Math.abs((seen[c] ?? 0) - (want[c] ?? 0)) <= 24);
  });
}

test('a click selects one, ctrl toggles, shift extends, a click elsewhere starts over', async () => {
  await open();
  await click(2);
  expect(app.session.selection.count()).toBe(1);
  await click(5, ['Control']);
  expect(app.session.selection.count()).toBe(2);
  await click(7, ['Shift']);
  await until(() => app.session.selection.count() === 3, 'three selected');
  expect(
    selected()
      .map((cell) => cell.dataset.position)
      .sort(),
  ).toEqual(['5', '6', '7']);
  await click(1);
  expect(selected().map((cell) => cell.dataset.position)).toEqual(['1']);
});

test('Ctrl+A takes the whole view and Escape gives it back', async () => {
  await open();
  await click(0);
  await userEvent.keyboard('{Control>}a{/Control}');
  await until(() => app.session.selection.count() === 600, 'all selected');
  await expect.element(page.getByText('600 selected')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(app.session.selection.count()).toBe(0);
});

test('Shift with arrows extends from where the cursor was', async () => {
  await open();
  await click(3);
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  await until(() => app.session.selection.count() === 3, 'three selected');
  await userEvent.keyboard('{ArrowLeft}');
  expect(app.session.selection.count()).toBe(0);
});

test('a drag that starts beside the pictures is a rubber band', async () => {
  await open();
  const inner = grid().getBoundingClientRect();
  const [a, b] = [cellAt(0), cellAt(5)].map((cell) => cell?.getBoundingClientRect());
  const pointer = (type: string, x: number, y: number) =>
    grid().dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, clientX: x, clientY: y }));
  pointer('pointerdown', inner.left + 3, (a?.top ?? 0) + 10);
  pointer('pointermove', (b?.left ?? 0) + 20, (b?.top ?? 0) + 20);
  await until(() => app.session.selection.count() === 4, 'four under the band');
  pointer('pointerup', (b?.left ?? 0) + 20, (b?.top ?? 0) + 20);
  expect(
    selected()
      .map((cell) => cell.dataset.position)
      .sort(),
  ).toEqual(['0', '1', '4', '5']);
});

test('Ctrl+wheel zooms about the pointer: what is under it stays under it', async () => {
  await open();
  await scrollTo(3000);
  const cell = await until(() => cells().find((c) => top(c) > 350 && top(c) < 500), 'a cell in the middle');
  const position = Number(cell.dataset.position);
  const [y, before] = [top(cell) + 10, app.session.settings.cellSize()];
  grid().dispatchEvent(
    new WheelEvent('wheel', {
      bubbles: true,
      cancelable: true,
      ctrlKey: true,
      deltaY: 200,
      clientX: cell.getBoundingClientRect().left + 5,
      clientY: y,
    }),
  );
  expect(app.session.settings.cellSize()).toBeLessThan(before);
  const again = await until(() => cellAt(position), 'the same picture');
  expect(Math.abs(top(again) + 10 - y)).toBeLessThan(30);
});

test('plus and minus change the number of columns each time', async () => {
  await open();
  const columns = () => Number(grid().getAttribute('aria-colcount'));
  const start = columns();
  await userEvent.keyboard('-');
  await until(() => columns() > start, 'more columns');
  await userEvent.keyboard('++');
  await until(() => columns() < start, 'fewer columns');
});

test('while files arrive the picture at the top edge stays, and so does the cursor', async () => {
  const table = clothing(600);
  await open(table);
  await scrollTo(3000);
  await until(() => app.session.window.row(80), 'rows');
  app.session.setCursor(75);
  const edge = await until(
    () => cells().find((c) => top(c) >= top(grid()) - 1 && c.ariaLabel !== 'loading'),
    'a cell at the edge',
  );
  const [label, y] = [edge.ariaLabel, top(edge)];
  const under = app.session.window.row(75)?.id;
  appendRows(table, 'a-first', ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg', '7.jpg', '8.jpg']);
  completeDirectory(table, 'a-first');
  await app.catalog.changed();
  await until(() => app.session.view()?.count === 608, 'the new pictures');
  await until(() => app.session.cursor() === 83, 'the cursor to follow its picture');
  await until(() => app.session.window.row(83)?.id === under, 'the row of the cursor');
  await until(
    () => cells().some((c) => c.ariaLabel === label && Math.abs(top(c) - y) < 1),
    'the same picture at the same place',
  );
});

test('groups have headings that stay at the top edge while one is in them', async () => {
  await open();
  await userEvent.keyboard('g');
  await until(() => document.querySelector('[role=rowheader]'), 'a heading');
  grid().scrollTop = 700;
  const heading = await until(() => {
    const first = document.querySelector('[role=rowheader]')?.parentElement;
    return first && Math.abs(top(first) - top(grid())) < 2 ? first : null;
  }, 'the heading to stick');
  expect(heading.textContent).toMatch(/\d+ pictures/);
});

test('an unreadable file says why', async () => {
  await open();
  app.session.setCondition('readable', { field: 'readable', is: false });
  const sign = await until(() => grid().querySelector('[role=gridcell] [title]'), 'the sign');
  expect(sign.getAttribute('title')).toBe('The file ends in the middle of the picture.');
});
