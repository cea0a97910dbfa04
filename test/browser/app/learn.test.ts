// The learn screen: what is missing before there is a probe, and every number a door to its pictures.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TrainOptions } from '../../../src/learn/types.ts';
import { clothing } from './catalog-double.ts';
import { embedded, evaluationOf, mini, modelDouble } from './model-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const classNames = ['t-shirt', 'pants', 'longsleeve', 'shirt', 'dress', 'shoes', 'shorts', 'outwear', 'hat', 'skirt'];
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

async function learn(options: Parameters<typeof mount>[0] = {}): Promise<void> {
  app = await mount({ table: clothing(400), model: modelDouble(), ...options });
  app.session.goTo('learn');
}
const withResults = (classes = classNames) => ({
  state: { embeddings: embedded(400) },
  calls: { evaluations: async () => [evaluationOf(classes)] },
});

test('without embeddings the screen says what they are and offers to make them', async () => {
  await learn({ state: { probe: null } });
  const embed = vi.spyOn(app.session, 'embed').mockResolvedValue();
  await expect.element(button('Train')).toBeDisabled();
  await userEvent.click(button('Embed 400 pictures'));
  expect(embed).toHaveBeenCalledOnce();
});

test('without a label the way back to the pictures is offered', async () => {
  await learn({ state: { probe: null, labelled: 0, embeddings: embedded(400) } });
  await userEvent.click(button('Label in Browse'));
  expect(app.session.place()).toBe('browse');
});

test('accuracy, what was trained on and what was left out are on the screen', async () => {
  await learn(withResults());
  await expect.element(page.getByText('Top-1 accuracy, validation')).toBeVisible();
  await expect.element(page.getByText('best of 3 on validation')).toBeVisible();
  await expect
    .element(
      page.getByText('Trained on 240 pictures of train in 1.4 s on CPU, 1 thread. Left out: 12 without a label.'),
    )
    .toBeVisible();
  await userEvent.click(button(/^train 90.0.%, out of fold/));
  await expect.element(page.getByText('Top-1 accuracy, train')).toBeVisible();
  await expect.element(page.getByText(/judged by a probe that had not seen it/)).toBeVisible();
});

test('a cell of the matrix shows its pictures beside it and in the grid', async () => {
  await learn(withResults());
  const cell = button('label shirt, predicted dress: 1 picture');
  await userEvent.click(cell);
  await expect.element(cell).toHaveAttribute('aria-pressed', 'true');
  expect(app.session.condition('label')).toEqual({ field: 'label', is: 'shirt' });
  expect(app.session.condition('predicted')).toEqual({ field: 'predicted', is: 'dress' });
  expect(app.session.condition('split')).toEqual({ field: 'split', is: 'validation' });
  await userEvent.click(button('Show in Browse'));
  expect(app.session.place()).toBe('browse');
});

test('a picture beside the matrix opens at its place in the grid', async () => {
  await learn(withResults());
  const beside = page.getByRole('complementary', { name: 'Pictures of the chosen cell' });
  await until(() => beside.element().querySelectorAll('canvas').length === 24, '24 pictures');
  const pictures = [...beside.element().querySelectorAll<HTMLElement>('button')];
  const boxes = pictures.slice(0, 24).map((picture) => picture.getBoundingClientRect());
  // two rows never share a place
  expect(boxes[2]?.top).toBeGreaterThanOrEqual(boxes[0]?.bottom ?? 0);
  pictures[3]?.click();
  expect([app.session.place(), app.session.cursor()]).toEqual(['browse', 3]);
});

test('a class of the table filters to its pictures, and numbers sort with the worst first', async () => {
  await learn(withResults());
  await userEvent.click(button('F1'));
  const first = () => document.querySelector('tbody tr')?.textContent;
  await until(() => first()?.startsWith('skirt'), 'the worst class to be first');
  await userEvent.click(page.getByRole('table').first().getByRole('button', { name: 'hat', exact: true }));
  expect(app.session.condition('label')).toEqual({ field: 'label', is: 'hat' });
});

test('a thousand classes are a list of confusions and a table, not a square', async () => {
  const thousand = Array.from({ length: 1000 }, (_, i) => `class ${i}`);
  await learn(withResults(thousand));
  await expect.element(button(/^class 0 seen as class 1/)).toBeVisible();
  expect(document.querySelectorAll('[aria-label="Confusion matrix"]')).toHaveLength(0);
  expect(document.querySelectorAll('tbody tr').length).toBeGreaterThanOrEqual(1000);
});

test('training that takes long is asked about first, with a smaller one on offer', async () => {
  const train = vi.fn(async (_: { options: TrainOptions }) => evaluationOf(classNames));
  const trainPlan = async () => ({
    samples: 1_281_167,
    classes: 1000,
    split: 'train',
    judgedBy: 'validation',
    leftOut: [],
    seconds: 5400,
    subsample: 20_000,
  });
  await learn({ ...withResults(), model: { ...modelDouble(), trainPlan, train } });
  await userEvent.click(button('Train again'));
  await expect.element(page.getByRole('dialog', { name: 'This takes a while' })).toBeVisible();
  await expect.element(page.getByText(/1,281,167 pictures in 1,000 classes/)).toBeVisible();
  expect(train).not.toHaveBeenCalled();
  await userEvent.click(button('Use 20,000, under a minute'));
  await until(() => train.mock.calls.length === 1, 'the training');
  expect(train.mock.calls[0]?.[0]).toMatchObject({ options: { C: 'auto', subsample: 20_000 } });
});

test('a second backbone can be compared on the same labels', async () => {
  const other = { ...mini, name: 'other', title: 'Another one', state: 'added' as const };
  await learn({ ...withResults(), model: modelDouble([mini, other]) });
  const compare = vi.spyOn(app.session, 'compare').mockResolvedValue();
  await userEvent.click(button('Compare with Another one'));
  expect(compare).toHaveBeenCalledWith(['other']);
});
