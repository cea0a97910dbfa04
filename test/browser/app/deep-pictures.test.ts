// Settings for deep pictures: offered where the dataset has them, and told to the catalog as one rule.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setDetails } from '../../../src/catalog/details.ts';
import type { DatasetState, DeepView, Field } from '../../../src/catalog/types.ts';
import { clothing } from './catalog-double.ts';
import { modelDouble } from './model-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const section = () => page.getByRole('heading', { name: 'Deep pictures' });
const bits: Field = { name: 'bits', title: 'Bits a sample', type: 'integer', origin: 'file', facet: 'histogram' };

test('a dataset of 8-bit pictures has no such settings', async () => {
  app = await mount({ table: clothing(20), model: modelDouble() });
  await userEvent.click(button('Settings'));
  await expect.element(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
  expect(section().query()).toBeNull();
});

test('a dataset of CT slices has ranges and windows; the chosen one holds for all pictures', async () => {
  const table = clothing(20);
  setDetails(table, [{ id: 3, format: 'dicom', details: [{ field: bits, value: 12 }] }]);
  const asked: DeepView[] = [];
  app = await mount({
    table,
    model: modelDouble(),
    calls: {
      setView: async ({ view }): Promise<DatasetState> => {
        asked.push(view);
        const state = app.session.dataset();
        if (!state) throw new Error('nothing is open');
        return { ...state, view };
      },
    },
  });
  await until(() => app.session.facets().has('bits'), 'the facet of bits');
  await userEvent.click(button('Settings'));
  await expect.element(section()).toBeVisible();
  await expect.element(button('As the file says')).toHaveAttribute('aria-pressed', 'true');
  await userEvent.click(button('Lung'));
  await expect.element(button('Lung')).toHaveAttribute('aria-pressed', 'true');
  await userEvent.click(button('0.5 to 99.5 % of the values'));
  await userEvent.click(button('As the file says'));
  const [window, range] = [{ center: -600, width: 1500 }, { percentiles: [0.5, 99.5] }];
  expect(asked).toEqual([{ window }, { window, range }, { range }]);
});
