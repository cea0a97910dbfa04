// The filter rail and its chips: counts under the other filters, only and not, missing, histograms by drag, key and text.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { clothing } from './catalog-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(async () => {
  await page.viewport(1280, 800);
  app = await mount({ table: clothing(600) });
  await until(() => document.querySelector('[role=gridcell][aria-busy=false]'), 'cells');
  await until(() => app.session.facets().size > 0, 'facets');
});
afterEach(() => app.unmount());

const rail = () => page.getByRole('region', { name: 'Filters', exact: true });
const facet = (name: string) => rail().getByRole('region', { name });
const chips = () =>
  [...document.querySelectorAll('[aria-label=Filters] > li')].map((chip) => chip.firstElementChild?.textContent);
const total = () => app.session.view()?.count;

test('a click on a value filters, a second value widens, the counts of the own facet stay', async () => {
  await userEvent.click(facet('Split').getByRole('button', { name: /^train \d/ }));
  const train = await until(() => (total() !== 600 ? total() : null), 'fewer pictures');
  expect(chips()).toEqual(['split is train']);
  await userEvent.click(facet('Split').getByRole('button', { name: /^test \d/ }));
  await until(() => (total() ?? 0) > train, 'more pictures');
  expect(chips()).toEqual(['split is train or test']);
  await expect
    .element(facet('Split').getByRole('button', { name: /^train \d/ }))
    .toHaveAttribute('aria-pressed', 'true');
});

test('only and not come on hover and take the other away', async () => {
  const pants = document.querySelector('[aria-label="Only pants"]') as HTMLElement;
  pants.click();
  await until(() => chips()[0] === 'label is pants', 'the chip');
  (document.querySelector('[aria-label="Not pants"]') as HTMLElement).click();
  await until(() => chips()[0] === 'label is not pants', 'the chip to turn');
});

test('values that become empty are greyed, not removed', async () => {
  app.session.setCondition('label', { field: 'label', in: ['pants'] });
  app.session.setCondition('confidence', { field: 'confidence', between: [null, 0.23] });
  await until(() => (total() ?? 600) < 20, 'few pictures');
  await expect.element(facet('Split').getByRole('button', { name: /^train/ })).toBeInTheDocument();
  await until(() => document.querySelectorAll('[data-off=true]').length > 3, 'greyed values');
});

test('chips turn round and go away one by one, and Clear takes all', async () => {
  app.session.setCondition('split', { field: 'split', in: ['train'] });
  app.session.setCondition('disagrees', { field: 'disagrees', is: true });
  await until(() => chips().length === 2, 'two chips');
  await userEvent.click(page.getByRole('button', { name: 'not: turn round split is train' }));
  await until(() => chips()[0] === 'split is not train', 'the chip to turn');
  await userEvent.click(page.getByRole('button', { name: 'Remove: label ≠ prediction' }));
  await until(() => chips().length === 1, 'one chip');
  await userEvent.click(page.getByRole('button', { name: 'Clear' }));
  await until(() => total() === 600, 'everything');
});

test('search looks in names and classes while one types, and Escape empties it', async () => {
  await userEvent.keyboard('/');
  await userEvent.keyboard('hat');
  await until(() => chips()[0] === '“hat” anywhere', 'the chip');
  const hats = app.session.dataset()?.classes.find((c) => c.name === 'hat')?.count;
  await until(() => total() === hats, 'only hats');
  await userEvent.keyboard('{Escape}');
  await until(() => total() === 600, 'everything');
});

test('a histogram’s handle moves by arrow keys and filters at once', async () => {
  const handle = page.getByRole('slider', { name: 'Confidence from' });
  (handle.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await until(() => (total() ?? 600) < 600, 'fewer pictures');
  expect(chips()[0]).toMatch(/^confidence from 0\.\d\d$/);
  expect(document.activeElement).toBe(handle.element());
  await userEvent.keyboard('{Home}');
  await until(() => total() === 600, 'everything');
});

test('a drag over bins selects them, and the same drag again clears', async () => {
  const bins = document.querySelector('[class*=_bins_]') as HTMLElement;
  const box = bins.getBoundingClientRect();
  const drag = async (): Promise<void> => {
    const at = (type: string, part: number) =>
      bins.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          pointerId: 1,
          button: 0,
          clientX: box.left + box.width * part,
          clientY: box.top + 5,
        }),
      );
    // a pointer that no device owns cannot be captured
    bins.setPointerCapture = () => undefined;
    at('pointerdown', 0.3);
    at('pointermove', 0.6);
    await new Promise(requestAnimationFrame);
    at('pointerup', 0.6);
  };
  await drag();
  await until(() => (total() ?? 600) < 600, 'fewer pictures');
  expect(chips()[0]).toMatch(/^confidence 0\.\d\d – 0\.\d\d$/);
  await drag();
  await until(() => total() === 600, 'everything');
});

test('bounds can be typed, and what is no number goes back', async () => {
  const from = page.getByRole('textbox', { name: 'Confidence from' });
  await userEvent.fill(from, '0.8');
  await userEvent.keyboard('{Enter}');
  await until(() => chips()[0] === 'confidence from 0.80', 'the chip');
  await userEvent.fill(from, 'many');
  await userEvent.keyboard('{Enter}');
  await expect.element(from).toHaveValue('0.80');
});

test('a facet says how much of it is known', async () => {
  await userEvent.click(rail().getByRole('button', { name: 'Size' }));
  await expect.element(page.getByText('size read: 480 of 600')).toBeVisible();
});

test('a class is renamed, merged and made from the list', async () => {
  const openMenu = async (name: string): Promise<void> => {
    await userEvent.hover(facet('Label').getByRole('button', { name: new RegExp(`^${name} `) }));
    await userEvent.click(page.getByRole('button', { name: `Class ${name}` }));
  };
  await openMenu('hat');
  await userEvent.click(page.getByRole('menuitem', { name: 'Rename…' }));
  await userEvent.keyboard('cap{Enter}');
  await until(() => app.session.dataset()?.classes.some((c) => c.name === 'cap'), 'the new name');
  await openMenu('cap');
  await userEvent.click(page.getByRole('menuitem', { name: 'Merge into…' }));
  await userEvent.keyboard('skirt{Enter}');
  await until(() => app.catalog.edits.at(-1)?.kind === 'merge-classes', 'the merge');
  await userEvent.click(page.getByRole('button', { name: 'New class' }));
  await userEvent.keyboard('scarf{Enter}');
  await until(() => app.session.dataset()?.classes.some((c) => c.name === 'scarf'), 'the new class');
});
