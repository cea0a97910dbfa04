// Saving: what will be written is seen first; downloads say where they belong.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setDetails } from '../../../src/catalog/details.ts';
import type { Field } from '../../../src/catalog/types.ts';
import type { ExportOptions, ExportPlan } from '../../../src/jobs/export-types.ts';
import { clothing } from './catalog-double.ts';
import { modelDouble } from './model-double.ts';
import { type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
const asked: ExportOptions[] = [];
beforeEach(async () => {
  asked.length = 0;
  await page.viewport(1280, 800);
});
afterEach(() => app.unmount());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const paths = (options: ExportOptions): string[] =>
  options.format === 'csv' ? ['train.csv', 'test.csv'] : ['train/metadata.jsonl', 'test/metadata.jsonl'];

async function save({ calls, ...state }: Parameters<typeof mount>[0] = {}): Promise<void> {
  app = await mount({
    table: clothing(300),
    model: modelDouble(),
    calls: {
      exportPlan: async ({ options }): Promise<ExportPlan> => {
        asked.push(options);
        return {
          files: paths(options).map((path) => ({
            path,
            rows: 150,
            replaces: path === 'train.csv' ? { bytes: 4100, backup: 'train.csv.bak-1' } : null,
            preview: ['image_path,label'],
          })),
          samples: 300,
          leftOut: [{ reason: 'without a label', count: 2 }],
          warnings: ['One class has a comma in its name.'],
        };
      },
      exportSystems: async () => [
        { system: 'deepq', title: 'DeepQ zip', text: 'For the DeepQ AI platform.', options: { version: '3' } },
      ],
      exportSystemOptions: async ({ options }) => [
        {
          key: 'version',
          title: 'Guide',
          kind: 'choice',
          choices: ['2', '3'].map((value) => ({ value, title: `version ${value}` })),
        },
        ...(options.version === '2' ? [{ key: 'extra', title: 'Extra field', kind: 'switch' as const }] : []),
      ],
      exportWrite: async ({ options, target }) => ({
        files: paths(options).map((path) => ({
          path,
          bytes: 10,
          rows: 150,
          ...(target === 'blobs' ? { blob: new Blob(['x']) } : { backup: `${path}.bak-1` }),
        })),
        snippet: 'data={"train": "train.csv"}',
      }),
      ...calls,
    },
    ...state,
  });
  await until(() => document.querySelector('[role=gridcell][aria-busy=false]'), 'cells');
  await userEvent.click(button('Save'));
}

test('the plan names each file, what it replaces, what is left out and what readers will meet', async () => {
  await save();
  await expect.element(page.getByRole('dialog', { name: 'Save' })).toBeVisible();
  await expect.element(page.getByText('Replaces a file of 4.1 kB, which is kept as train.csv.bak-1.')).toBeVisible();
  await expect.element(page.getByText('Left out: 2 pictures without a label.')).toBeVisible();
  await expect.element(page.getByText('One class has a comma in its name.')).toBeVisible();
});

test('a dataset system is written by the options that it describes itself', async () => {
  await save();
  await userEvent.click(page.getByRole('radio', { name: /^DeepQ zip/ }));
  await until(() => asked.at(-1)?.format === 'system', 'the plan of the system');
  expect(asked.at(-1)).toMatchObject({ system: 'deepq', options: { version: '3' } });
  await userEvent.selectOptions(page.getByLabelText('Guide'), '2');
  await userEvent.click(page.getByLabelText('Extra field'));
  await until(() => {
    const last = asked.at(-1);
    return last?.format === 'system' && last.options.extra === true;
  }, 'the plan with the option');
  expect(asked.at(-1)).toMatchObject({ options: { version: '2', extra: true } });
});

test('without the list of systems the other files can be saved', async () => {
  await save({ calls: { exportSystems: () => Promise.reject(new Error('The list is not there.')) } });
  await expect.element(page.getByText('The list is not there.').first()).toBeVisible();
  await expect.element(page.getByRole('heading', { name: /train.csv/ })).toBeVisible();
});

test('a choice is planned anew, with its own options', async () => {
  await save();
  await userEvent.click(page.getByRole('radio', { name: /^metadata.jsonl/ }));
  await userEvent.selectOptions(page.getByLabelText('Key of the label'), 'categories');
  await until(() => {
    const last = asked.at(-1);
    return last?.format === 'metadata-jsonl' && last.labelKey === 'categories';
  }, 'the plan');
  expect(asked.at(-1)).toMatchObject({ place: 'split-folders', labelKey: 'categories', predictions: false });
  await expect.element(page.getByRole('heading', { name: /train\/metadata.jsonl/ })).toBeVisible();
});

test('only the filtered pictures can be written, and the dialog says that they are not all', async () => {
  await save();
  await userEvent.keyboard('{Escape}');
  app.session.setCondition('split', { field: 'split', is: 'train' });
  await until(() => app.session.query().filter, 'the filter');
  await userEvent.click(button('Save'));
  await userEvent.click(page.getByRole('radio', { name: /that the filters leave/ }));
  await until(() => asked.at(-1)?.filter, 'the plan with the filter');
});

test('downloads of several split folders say what to call them and where they belong', async () => {
  await save();
  await userEvent.click(page.getByRole('radio', { name: /^metadata.jsonl/ }));
  await expect.element(page.getByRole('heading', { name: /train\/metadata.jsonl/ })).toBeVisible();
  await userEvent.click(button('Download 2 files'));
  await expect.element(page.getByText('belongs to')).toBeVisible();
  const rows = [...document.querySelectorAll('[role=dialog] tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ['train-metadata.jsonl', '150', 'clothing-small/train/', 'metadata.jsonl'],
    ['test-metadata.jsonl', '150', 'clothing-small/test/', 'metadata.jsonl'],
  ]);
  await userEvent.click(button('Done'));
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('where nothing can be written, only downloads are offered', async () => {
  await save({ state: { writable: false } });
  await expect.element(button('Download 2 files')).toBeVisible();
  await expect.element(button('Save into the folder')).not.toBeInTheDocument();
});

test('fields go along when they are chosen, those that identify a person only after a tick of their own', async () => {
  const table = clothing(20);
  const field = (name: string, sensitive = false): Field => ({
    name,
    title: name,
    type: 'text',
    origin: 'metadata',
    facet: 'none',
    ...(sensitive ? { sensitive } : {}),
  });
  const details = [
    { field: field('modality'), value: 'CT' },
    { field: field('patient', true), value: 'Doe' },
  ];
  setDetails(table, [{ id: 0, format: 'dicom', details }]);
  await save({ table });
  const chosen = () => [asked.at(-1)?.fields, asked.at(-1)?.person] as const;
  await userEvent.click(page.getByText('Fields (none)'));
  expect(page.getByRole('checkbox', { name: /^patient/ }).query()).toBeNull();
  await expect.element(page.getByText('Left out: patient.')).toBeVisible();
  await userEvent.click(page.getByRole('checkbox', { name: 'modality' }));
  await until(() => chosen()[0]?.length === 1, 'a plan with a field');
  expect(chosen()).toEqual([['modality'], undefined]);
  const tick = page.getByRole('checkbox', { name: /^Also fields that identify a person/ });
  await userEvent.click(tick);
  await userEvent.click(page.getByRole('checkbox', { name: /^patient/ }));
  await until(() => chosen()[0]?.length === 2, 'a plan with both fields');
  expect(chosen()).toEqual([['modality', 'patient'], true]);
  await userEvent.click(tick);
  await until(() => chosen()[1] === undefined, 'a plan without persons');
  expect(chosen()).toEqual([['modality'], undefined]);
});

test('a probe that does not exist is not offered for download', async () => {
  await save({ state: { probe: null } });
  await userEvent.click(page.getByRole('radio', { name: /^Probe/ }));
  await expect.element(page.getByText(/There is no probe yet/)).toBeVisible();
});
