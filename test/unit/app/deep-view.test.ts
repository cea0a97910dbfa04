// The choices for deep pictures appear where a dataset has a use for them, and show which one holds.
import { expect, test } from 'vitest';
import { deepFiles, frameTitles, rangeTitles, windowTitles } from '../../../src/app/settings/deep-view.ts';
import { setDetails } from '../../../src/catalog/details.ts';
import { countFacets } from '../../../src/catalog/query/facets.ts';
import { appendRows } from '../../../src/catalog/rows.ts';
import { createTable } from '../../../src/catalog/table.ts';
import type { Field } from '../../../src/catalog/types.ts';

const whole = (name: string): Field => ({ name, title: name, type: 'integer', origin: 'file', facet: 'histogram' });

async function deepOf(files: { format: string; bits: number; frames?: number }[]) {
  const table = createTable();
  appendRows(
    table,
    '',
    files.map((_, i) => `${i}`),
  );
  setDetails(
    table,
    files.map(({ format, bits, frames }, id) => ({
      id,
      format,
      details: [
        { field: whole('bits'), value: bits },
        ...(frames === undefined ? [] : [{ field: whole('frames'), value: frames }]),
      ],
    })),
  );
  return deepFiles(new Map((await countFacets(table, {})).map((facet) => [facet.field, facet])));
}

test('what a dataset has decides which choices there are', async () => {
  const plain = { format: 'jpeg', bits: 8 };
  expect(await deepOf([plain, plain])).toEqual({ deep: false, dicom: false, frames: false });
  expect(await deepOf([plain, { format: 'png', bits: 1 }])).toEqual({ deep: false, dicom: false, frames: false });
  expect(await deepOf([plain, { format: 'pnm', bits: 9 }])).toEqual({ deep: true, dicom: false, frames: false });
  expect(await deepOf([{ format: 'tiff', bits: 32, frames: 7 }])).toEqual({ deep: true, dicom: false, frames: true });
  expect(await deepOf([{ format: 'dicom', bits: 8 }])).toEqual({ deep: false, dicom: true, frames: false });
});

test('one choice holds, or none where the values are a person’s own', () => {
  const chosen = (all: { title: string; chosen: boolean }[]) => all.filter((o) => o.chosen).map((o) => o.title);
  expect(chosen(rangeTitles(undefined))).toEqual(['Full']);
  expect(chosen(rangeTitles({ percentiles: [0.5, 99.5] }))).toEqual(['0.5 to 99.5 % of the values']);
  expect(chosen(rangeTitles({ low: 0, high: 10 }))).toEqual([]);
  expect(chosen(windowTitles({ center: 40, width: 80 }))).toEqual(['Brain']);
  expect(chosen(frameTitles('middle'))).toEqual(['Middle']);
});
