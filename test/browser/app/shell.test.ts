// The page around the pictures: three ways in, what was recognised, banners, jobs, messages, drawers, the map of keys.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DatasetInfo } from '../../../src/catalog/types.ts';
import type { CatalogJob } from '../../../src/workers/calls.ts';
import { clothing } from './catalog-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const cells = () => document.querySelector('[role=gridcell]');
const button = (name: string | RegExp) => page.getByRole('button', { name });
const info = (name: string): DatasetInfo => ({
  id: name,
  name,
  kind: 'directory',
  size: 3781,
  classes: 10,
  openedAt: Date.now(),
  pictures: [],
});

test('the first screen has its ways in, one sentence of privacy, and what was open before', async () => {
  app = await mount({ recent: [info('clothing-small')] });
  await expect.element(page.getByRole('heading', { name: 'Vitrine' })).toBeVisible();
  await expect.element(button('Open folder')).toBeVisible();
  await expect.element(button('Try the sample')).toBeVisible();
  await expect.element(page.getByText(/switch the network off/)).toBeVisible();
  await expect.element(page.getByText('3,781 pictures · 10 classes · today')).toBeVisible();
});

test('a dataset that came back from the safety copy says so, and how to get its pictures back', async () => {
  const lost = { ...info('wardrobe'), restored: { edits: 1204, damaged: false } };
  app = await mount({ recent: [lost, { ...info('attic'), restored: { edits: 1, damaged: true } }, info('shed')] });
  const open = vi.spyOn(app.session, 'openRecent').mockResolvedValue();
  const sentence =
    'The browser lost its database. 1,204 edits of “wardrobe” were restored from Vitrine’s safety copy. Choose its folder again.';
  await expect.element(page.getByText(sentence)).toBeVisible();
  await expect
    .element(page.getByText('1 edit of “attic” was restored', { exact: false }))
    .toHaveTextContent('could not be read');
  expect(document.querySelectorAll('[role=status] button')).toHaveLength(2);
  await userEvent.click(button('Choose folder').first());
  expect(open).toHaveBeenCalledWith(lost);
});

test('opening leads from the first screen to the grid, and closing leads back', async () => {
  app = await mount({ table: clothing(300), open: false });
  await expect.element(button('Open folder')).toBeVisible();
  for (let i = 0; i < 2; i++) {
    await app.session.openSources({ kind: 'files', name: 'clothing-small', files: [] });
    await until(() => document.querySelector('[role=gridcell][aria-busy=false]'), 'cells');
    await userEvent.click(button('clothing-small'));
    await userEvent.click(page.getByRole('menuitem', { name: 'Close' }));
    await expect.element(button('Open folder')).toBeVisible();
  }
});

test('forgetting asks, because it cannot be undone', async () => {
  app = await mount({ recent: [info('wardrobe')] });
  const forget = vi.spyOn(app.session, 'forget').mockResolvedValue();
  await userEvent.click(button('More about wardrobe'));
  await userEvent.click(page.getByRole('menuitem', { name: 'Forget…' }));
  expect(forget).not.toHaveBeenCalled();
  await userEvent.click(button('Forget'));
  expect(forget).toHaveBeenCalledOnce();
});

test('a folder dropped anywhere is opened, and text is not', async () => {
  app = await mount();
  const open = vi.spyOn(app.session, 'openDropped').mockResolvedValue();
  const text = new DataTransfer();
  text.setData('text/plain', 'hello');
  document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: text }));
  expect(open).not.toHaveBeenCalled();
  const data = new DataTransfer();
  data.items.add(new File(['x'], 'a.jpg'));
  document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }));
  await expect.element(page.getByText('Drop a folder to open it')).toBeVisible();
  const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
  document.body.dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
  expect(open).toHaveBeenCalledOnce();
});

test('what was recognised can be accepted or corrected before it counts', async () => {
  app = await mount({ table: clothing(300), state: { layoutAccepted: false, probe: null } });
  await expect
    .element(page.getByText('Split folders: 3 splits, 10 classes, 300 pictures; 5 files left out'))
    .toBeVisible();
  const accept = vi.spyOn(app.session, 'setLayout');
  await userEvent.click(button('Change…'));
  await userEvent.selectOptions(page.getByLabelText('Class from'), 'folder 1');
  await expect.element(page.getByLabelText('Split from')).toHaveValue('');
  await userEvent.click(button('Use this'));
  expect(accept).toHaveBeenCalledWith({ splitLevel: null, classLevel: 0, splits: [] });
  await expect.element(button('Change…')).not.toBeInTheDocument();
});

test('every file is accounted for', async () => {
  app = await mount({ table: clothing(300) });
  await until(cells, 'cells');
  await userEvent.click(button('clothing-small'));
  await userEvent.click(page.getByRole('menuitem', { name: /Files left out/ }));
  await expect.element(page.getByText('305 files found = 300 shown + 5 left out.')).toBeVisible();
  await expect.element(page.getByText('Labels or metadata that belong to the pictures.')).toBeVisible();
  await expect.element(page.getByText(/Symbolic links/)).toBeVisible();
  await expect.element(page.getByText('train/metadata.jsonl')).toBeVisible();
});

test('a tab that only reads says so and can take over', async () => {
  app = await mount({ table: clothing(300), state: { access: 'reader' } });
  const takeOver = vi.spyOn(app.session, 'takeOver').mockResolvedValue();
  await userEvent.click(button('Take over'));
  expect(takeOver).toHaveBeenCalledOnce();
  await expect.element(button('Undo')).not.toBeInTheDocument();
});

test('a folder that needs a click gets one button', async () => {
  app = await mount({ table: clothing(300), state: { permission: 'prompt' } });
  const ask = vi.spyOn(app.session, 'askPermission').mockResolvedValue();
  await userEvent.click(button('Allow reading'));
  expect(ask).toHaveBeenCalledOnce();
});

test('a job says how far it is, in the bar, in the title and to a screen reader', async () => {
  app = await mount({ table: clothing(300) });
  await until(cells, 'cells');
  const job: CatalogJob = { id: 'scan', kind: 'scan', state: 'running', done: 812, total: 3781, rate: 46 };
  app.catalog.tell({ type: 'job', job });
  await expect.element(page.getByText('812 of 3,781 · 46 files/s · 1 min left')).toBeVisible();
  await expect
    .element(page.getByRole('progressbar', { name: 'Reading the folder' }))
    .toHaveAttribute('aria-valuenow', '21');
  expect(document.title).toBe('21 % reading the folder · clothing-small – Vitrine');
  expect(document.querySelector('output')?.textContent).toBe('Reading the folder started');
  const leaving = new Event('beforeunload', { cancelable: true });
  dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);
  app.catalog.tell({ type: 'job', job: { ...job, state: 'done' } });
  await expect.element(page.getByRole('progressbar')).not.toBeInTheDocument();
  expect(document.title).toBe('clothing-small – Vitrine');
});

test('a message can be acted on, is spoken, and goes when dismissed', async () => {
  app = await mount({ table: clothing(300) });
  await until(cells, 'cells');
  const run = vi.fn();
  app.session.notify({ tone: 'plain', text: '12 labelled shirt', action: { title: 'Undo it', run } });
  await userEvent.click(button('Undo it'));
  expect(run).toHaveBeenCalledOnce();
  await until(() => document.querySelector('output')?.textContent === '12 labelled shirt', 'the words');
  await expect.element(button('Undo it')).not.toBeInTheDocument();
});

test('the map of keys opens by ? and closes by Escape, with the focus back', async () => {
  app = await mount({ table: clothing(300) });
  const cell = await until(() => document.querySelector<HTMLElement>('[data-position="1"]'), 'a cell');
  await userEvent.click(cell);
  await userEvent.keyboard('?');
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await until(() => document.activeElement?.closest('[role=grid]'), 'the focus to be back in the grid');
});

test('on narrow screens filters and inspector are drawers', async () => {
  await page.viewport(800, 700);
  app = await mount({ table: clothing(300) });
  await until(cells, 'cells');
  await expect.element(page.getByRole('region', { name: 'Split' })).not.toBeInTheDocument();
  await userEvent.keyboard('f');
  await expect
    .element(page.getByRole('dialog', { name: 'Filters' }).getByRole('region', { name: 'Split' }))
    .toBeVisible();
  await userEvent.keyboard('{Escape}');
  await userEvent.click(button('Inspector'));
  await expect.element(page.getByRole('dialog', { name: 'Inspector' })).toBeVisible();
});

test('nothing found is explained', async () => {
  app = await mount({ table: clothing(300) });
  await until(cells, 'cells');
  app.session.setCondition('path', { field: 'path', contains: 'no such name' });
  await expect.element(page.getByText(/No picture passes these filters/)).toBeVisible();
});
