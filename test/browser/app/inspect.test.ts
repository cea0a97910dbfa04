// The inspector, the large picture, filters that are kept, and the settings.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setZeroShot } from '../../../src/catalog/predictions.ts';
import { clothing } from './catalog-double.ts';
import { embedded, mini, modelDouble } from './model-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const inspector = () => page.getByRole('region', { name: 'Inspector' });
async function open(options: Parameters<typeof mount>[0] = {}): Promise<void> {
  app = await mount({ table: clothing(400), model: modelDouble(), ...options });
  await until(() => document.querySelector('[role=gridcell][aria-busy=false]'), 'cells');
}

test('the inspector shows label, prediction, doubt and file of the picture under the cursor', async () => {
  await open();
  app.session.setCursor(4);
  await expect.element(inspector().getByText('5 of 400')).toBeVisible();
  await expect.element(inspector().getByRole('heading', { name: 'Prediction' })).toBeVisible();
  const bars = [...inspector().element().querySelectorAll('li')].map((bar) => bar.textContent);
  expect(bars).toEqual(['dress0.70', 'shirt0.20', 'hat0.10']);
  await expect.element(inspector().getByText(/^Doubt about the label: \d\.\d\d/)).toBeVisible();
  await expect.element(inspector().getByText(app.session.sample()?.path ?? '?', { exact: true })).toBeVisible();
});

test('before a probe exists, a backbone with classes of its own says what it sees, here and in the filters', async () => {
  const speaker = { ...mini, title: 'Speaker', hasLogits: true };
  const table = clothing(400, false);
  const ids = Uint32Array.from({ length: 400 }, (_, i) => i);
  setZeroShot(table, {
    ids,
    classes: ['sandal', 'clog'],
    codes: Uint16Array.from(ids, (id) => id % 2),
    confidence: Float32Array.from(ids, () => 0.6),
  });
  await open({ table, state: { probe: null, embeddings: embedded(400) }, model: modelDouble([speaker]) });
  await expect.element(inspector().getByRole('heading', { name: 'What Speaker sees' })).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Seen by Speaker' })).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Confidence of Speaker' })).toBeVisible();
  await userEvent.click(page.getByRole('region', { name: 'Seen by Speaker' }).getByRole('button', { name: /^clog/ }));
  await until(() => app.session.view()?.count === 200, 'the filtered view');
});

test('in the large picture arrows go on with the zoom kept, and Escape gives the focus back to the grid', async () => {
  await open();
  await userEvent.click(page.getByRole('gridcell').first());
  await userEvent.keyboard('{Enter}');
  const dialog = page.getByRole('dialog');
  await expect.element(dialog).toBeVisible();
  await userEvent.click(button('1:1'));
  await expect.element(dialog.getByText('100 %')).toBeVisible();
  await userEvent.keyboard('{ArrowRight}');
  await until(() => app.session.cursor() === 1, 'the next picture');
  await expect.element(dialog.getByText('100 %')).toBeVisible();
  for (let i = 0; i < 8; i++) {
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull();
  }
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await until(() => document.activeElement?.closest('[role=grid]'), 'the focus to be back in the grid');
});

test('quick look opens and closes by Space, and a digit labels meanwhile', async () => {
  await open();
  await userEvent.click(page.getByRole('gridcell').first());
  await userEvent.keyboard(' ');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('3');
  await until(() => app.catalog.edits.at(-1)?.kind === 'label', 'the edit');
  await userEvent.keyboard(' ');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('filters are kept under a name with the dataset, brought back by a click, and forgotten with a way back', async () => {
  const kept: unknown[] = [];
  await open({ calls: { savePlace: async ({ place }) => void kept.push(place) } });
  app.session.setCondition('split', { field: 'split', is: 'train' });
  await userEvent.click(button('Keep these filters'));
  await userEvent.keyboard('my train{Enter}');
  await expect.element(button('my train')).toHaveAttribute('aria-pressed', 'true');
  const filter = { and: [{ field: 'split', is: 'train' }] };
  expect(kept.at(-1)).toMatchObject({ filterSets: [{ name: 'my train', filter }] });
  await userEvent.click(button('Clear'));
  await until(() => app.session.view()?.count === 400, 'everything');
  await userEvent.click(button('my train'));
  await until(() => app.session.query().filter, 'the filter');
  expect(app.session.query().filter).toEqual(filter);
  await userEvent.click(button('Forget the filters my train'));
  await expect.element(button('my train')).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }));
  await expect.element(button('my train')).toBeVisible();
});

test('kept filters come back with the dataset', async () => {
  const filterSets = [{ name: 'hats', filter: { field: 'label', is: 'hat' } }];
  await open({ calls: { savedPlace: async () => ({ query: {}, cursor: null, place: 'browse', filterSets }) } });
  await userEvent.click(button('hats'));
  await until(() => app.session.condition('label'), 'the filter');
});

test('settings show what is installed, what can be downloaded from where, and the device that was measured', async () => {
  await page.viewport(800, 600);
  await open({ state: { embeddings: embedded(400) } });
  await userEvent.click(button('Settings'));
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect.element(dialog.getByRole('radio', { name: /Vitrine mini/ })).toBeChecked();
  await expect.element(dialog.getByText(/from huggingface.co/)).toBeVisible();
  const download = vi.spyOn(app.session, 'download').mockResolvedValue();
  await userEvent.click(button('88.5 MB'));
  expect(download).toHaveBeenCalledWith('dinov2-small');
  await expect.element(dialog.getByText(/^Not measured yet/)).toBeInTheDocument();
  // the dialog is never taller than the window: its last line can be scrolled to
  expect(dialog.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(600);
  await userEvent.click(button('Dark'));
  expect(document.documentElement.dataset.theme).toBe('dark');
});
