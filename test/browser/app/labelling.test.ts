// Labelling without a mouse: digits, numbers under Shift, the palette, going on in review, undo.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { clothing } from './catalog-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(async () => {
  await page.viewport(1280, 800);
  app = await mount({ table: clothing(400) });
  await until(() => document.querySelector('[role=gridcell][aria-busy=false]'), 'cells');
});
afterEach(() => app.unmount());

const lastEdit = () => app.catalog.edits.at(-1);
const className = (number: number) => app.session.dataset()?.classes.find((c) => c.number === number)?.name;

test('a digit labels the picture under the cursor', async () => {
  app.session.setCursor(6);
  await userEvent.keyboard('3');
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  expect(lastEdit()).toMatchObject({ set: [className(3)] });
});

test('a number under Shift labels with any class, and the numbers show while it is held', async () => {
  await userEvent.keyboard('{Shift>}');
  await until(() => document.querySelectorAll('[aria-label=Filters] kbd').length === 10, 'ten numbers');
  await userEvent.keyboard('[Digit1][Digit0]{/Shift}');
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  expect(lastEdit()).toMatchObject({ set: [className(10)] });
  expect(document.querySelectorAll('[aria-label=Filters] kbd')).toHaveLength(0);
});

test('a class that does not exist is said, not ignored', async () => {
  await userEvent.keyboard('{Shift>}[Digit9][Digit9]{/Shift}');
  await expect.element(page.getByText('There is no class 99. Press L to create one.').first()).toBeVisible();
  expect(app.catalog.edits).toHaveLength(0);
});

test('U removes the label, X takes out and back in, and Ctrl+Z undoes', async () => {
  app.session.setCursor(2);
  await userEvent.keyboard('u');
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  expect(lastEdit()).toMatchObject({ set: null });
  await until(() => app.session.dataset()?.labelled === 399, 'one less labelled');
  await userEvent.keyboard('{Control>}z{/Control}');
  await until(() => app.session.dataset()?.labelled === 400, 'the label to come back');
  await userEvent.keyboard('x');
  await until(() => app.session.dataset()?.excluded === 1, 'one excluded');
  await until(() => app.session.window.row(app.session.cursor())?.excluded, 'the row to say so');
  await userEvent.keyboard('x');
  await until(() => app.session.dataset()?.excluded === 0, 'none excluded');
});

test('L opens the palette, typing finds the class, Enter labels', async () => {
  await userEvent.keyboard('l');
  const box = page.getByRole('combobox', { name: 'Class' });
  await expect.element(box).toHaveFocus();
  await userEvent.keyboard('outw{Enter}');
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  expect(lastEdit()).toMatchObject({ set: ['outwear'] });
  await expect.element(box).not.toBeInTheDocument();
});

test('typing a class name with a selection opens the palette with what was typed, and a new name creates', async () => {
  await userEvent.click(document.querySelector('[data-position="4"]') as HTMLElement);
  await userEvent.keyboard('c');
  await expect.element(page.getByRole('combobox', { name: 'Class' })).toHaveValue('c');
  await userEvent.keyboard('ape');
  await expect.element(page.getByRole('option', { name: 'create “cape”' })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  await until(() => app.session.dataset()?.classes.some((c) => c.name === 'cape'), 'the new class');
  expect(lastEdit()).toMatchObject({ kind: 'label', set: ['cape'] });
});

test('in review one key labels and goes on to the next picture', async () => {
  await userEvent.click(page.getByRole('button', { name: /^Review \d+ likely errors$/ }));
  await until(() => app.session.condition('disagrees') && app.session.view()?.query.sort, 'the review');
  await until(() => app.session.view()?.count === app.session.dataset()?.toReview, 'only likely errors');
  await until(() => app.session.window.row(1), 'rows');
  expect(app.session.cursor()).toBe(0);
  const [first, second] = [app.session.window.row(0), app.session.window.row(1)];
  const predicted = app.session.dataset()?.classes.find((c) => c.id === first?.predicted);
  await userEvent.keyboard('l');
  await userEvent.keyboard(`${predicted?.name}{Enter}`);
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  // the first left the view by being right now; the cursor is on what was second
  await until(() => app.session.window.row(app.session.cursor())?.id === second?.id, 'the next picture');
});

test('A accepts the prediction, K keeps the label, and both go on', async () => {
  app.session.setCondition('disagrees', { field: 'disagrees', is: true });
  await until(() => app.session.view()?.count === app.session.dataset()?.disagreeing, 'only disagreements');
  await until(() => app.session.window.row(2), 'rows');
  app.session.setCursor(0);
  const [first, second, third] = [0, 1, 2].map((p) => app.session.window.row(p));
  await userEvent.keyboard('a');
  const predicted = app.session.dataset()?.classes.find((c) => c.id === first?.predicted)?.name;
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  expect(lastEdit()).toMatchObject({ set: [predicted] });
  await until(() => app.session.window.row(app.session.cursor())?.id === second?.id, 'the second picture');
  await userEvent.keyboard('k');
  await until(() => lastEdit()?.kind === 'review', 'the mark');
  expect(lastEdit()).toMatchObject({ rows: Uint32Array.of(second?.id ?? -1), value: true });
  await until(() => app.session.window.row(app.session.cursor())?.id === third?.id, 'the third picture');
});

test('Escape in the palette closes it and leaves the selection', async () => {
  await userEvent.click(document.querySelector('[data-position="2"]') as HTMLElement);
  await userEvent.keyboard('l');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(app.session.selection.count()).toBe(1);
});

test('a dialog takes the keys, and news of the dataset does not close it', async () => {
  await userEvent.keyboard('?');
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await userEvent.keyboard('u1x');
  await app.catalog.changed();
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  expect(app.catalog.edits).toHaveLength(0);
});

test('the large picture is labelled with the same keys', async () => {
  app.session.setCursor(0);
  await userEvent.click(document.querySelector('[data-position="0"]') as HTMLElement);
  await userEvent.keyboard(' ');
  await expect.element(page.getByRole('dialog')).toBeVisible();
  await userEvent.keyboard('2');
  await until(() => lastEdit()?.kind === 'label', 'the edit');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('a bulk edit says how many and offers Undo', async () => {
  await userEvent.keyboard('{Control>}a{/Control}');
  await until(() => app.session.selection.count() === 400, 'all selected');
  await userEvent.keyboard('1');
  await expect.element(page.getByText(new RegExp(`400 .*${className(1)}`)).first()).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Undo' }).last());
  await until(() => (app.session.dataset()?.classes.filter((c) => c.count > 0).length ?? 0) > 1, 'the old labels');
});

test('keys rest while a text is typed', async () => {
  await userEvent.keyboard('/');
  await expect.element(page.getByRole('textbox', { name: /Search names/ })).toHaveFocus();
  await userEvent.keyboard('u1x');
  expect(app.catalog.edits).toHaveLength(0);
  await expect.element(page.getByRole('textbox', { name: /Search names/ })).toHaveValue('u1x');
});
