// The banner about deep pictures that look black: when it comes, what its button does, and that a refusal is kept.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setDetails } from '../../../src/catalog/details.ts';
import type { DatasetState, DeepView, Field } from '../../../src/catalog/types.ts';
import { clothing } from './catalog-double.ts';
import { modelDouble } from './model-double.ts';
import { draw, type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const bits: Field = { name: 'bits', title: 'Bits a sample', type: 'integer', origin: 'file', facet: 'histogram' };
const sentence = () => page.getByText(/pictures look black/);

/** Twenty 16-bit TIFF files whose values end at `high`; returns what was asked of the catalog. */
async function open(
  high: number,
  place: unknown = null,
): Promise<{ views: DeepView[]; places: unknown[]; measured: number }> {
  const asked: { views: DeepView[]; places: unknown[]; measured: number } = { views: [], places: [], measured: 0 };
  const table = clothing(20);
  const ids = Array.from({ length: 20 }, (_, id) => id);
  setDetails(
    table,
    ids.map((id) => ({ id, format: 'tiff', details: [{ field: bits, value: 16 }] })),
  );
  app = await mount({
    table,
    model: modelDouble(),
    calls: {
      savedPlace: async () => place,
      savePlace: async (args) => void asked.places.push(args.place),
      setView: async ({ view }): Promise<DatasetState> => {
        asked.views.push(view);
        const state = app.session.dataset();
        if (!state) throw new Error('nothing is open');
        return { ...state, view };
      },
    },
    bitmap: async (path, { view }) => {
      if (view?.size === 1) asked.measured++;
      const span = { low: 0, high };
      const values = { found: span, bulk: span, declared: { low: 0, high: 65_535 } };
      return { ...(await draw(path, 64)), facts: { format: 'tiff', width: 64, height: 64, bits: 16, values } };
    },
  });
  return asked;
}

test('pictures of 12 bits in 16 look black, which one click mends for the dataset', async () => {
  const { views } = await open(4095);
  await expect
    .element(sentence())
    .toHaveTextContent('These 16-bit pictures look black: their values use 6 % of the range that 16 bits have.');
  await userEvent.click(page.getByRole('button', { name: 'Show 0.5 to 99.5 % of the values' }));
  await expect.element(sentence()).not.toBeInTheDocument();
  expect(views).toEqual([{ range: { percentiles: [0.5, 99.5] } }]);
});

test('a refusal is kept with the dataset', async () => {
  const { views, places } = await open(4095);
  await userEvent.click(page.getByRole('button', { name: 'Leave them as they are' }));
  await expect.element(sentence()).not.toBeInTheDocument();
  expect(places.at(-1)).toMatchObject({ rangeRefused: true });
  expect(views).toEqual([]);
});

test('nothing is said where it was refused before, and of pictures that use their range', async () => {
  const before = await open(4095, { query: {}, cursor: null, place: 'browse', rangeRefused: true });
  await until(() => app.session.facets().has('bits'), 'the facet of bits');
  expect([app.session.rangeHint.text(), before.measured]).toEqual([null, 0]);
  app.unmount();
  const bright = await open(40_000);
  await until(() => bright.measured === 6, 'six pictures to be measured');
  await new Promise((frame) => requestAnimationFrame(() => setTimeout(frame)));
  expect(sentence().query()).toBeNull();
});
