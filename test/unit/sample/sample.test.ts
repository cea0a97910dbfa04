// The sample dataset is what its plan and its documentation say.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { planSample } from '../../../.scripts/sample/plan.mjs';
import { proposeLayout } from '../../../src/formats/folders.ts';
import { decode } from '../../../src/pixels/decode.ts';
import { readFileDetails } from '../../../src/pixels/details/read.ts';
import { directoryOf } from '../../../src/shared/paths.ts';
import { listZip } from '../../../src/source/zip/list.ts';
import { readZipEntry } from '../../../src/source/zip/read.ts';

const root = new URL('../../../', import.meta.url);
const zip = new Blob([await readFile(new URL('public/sample.zip', root))]);
const plan = planSample();

test('the zip holds exactly the planned pictures, whole, in under 2 MB', async () => {
  const entries = [...(await listZip(zip, 'sample.zip')).entries];
  expect(entries.map(({ path }) => path)).toEqual(plan.map(({ path }) => path).sort());
  for (const entry of entries) expect((await readZipEntry(zip, entry)).length).toBeGreaterThan(1000);
  expect(zip.size).toBeLessThan(2_000_000);
});

test('every picture is a JPEG, PNG, WebP, TIFF or DICOM file by its first bytes, as its name says', async () => {
  const heads: Record<string, string> = {
    jpg: 'ffd8ff',
    png: '89504e47',
    webp: '52494646',
    tif: '49492a00',
    dcm: '00000000', // the preamble; DICM stands behind it
  };
  for (const entry of (await listZip(zip, 'sample.zip')).entries) {
    const bytes = await readZipEntry(zip, entry);
    expect(Buffer.from(bytes.slice(0, 4)).toString('hex')).toMatch(
      new RegExp(`^${heads[entry.path.split('.').at(-1) ?? '']}`),
    );
  }
});

test('folders read as three splits of eight classes with every picture labelled', () => {
  const counts = new Map<string, number>();
  for (const { path } of plan) counts.set(directoryOf(path), (counts.get(directoryOf(path)) ?? 0) + 1);
  const proposal = proposeLayout([...counts].map(([path, pictures]) => ({ path, pictures })));
  expect(proposal).toMatchObject({ kind: 'split-folders', classes: 8, unlabelled: 0 });
  expect(proposal.layout).toMatchObject({ splitLevel: 0, classLevel: 1 });
  expect(proposal.splits.map(({ split }) => split)).toEqual(['train', 'validation', 'test']);
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(6);
});

test('the documentation lists exactly the wrong labels and the near duplicates', async () => {
  const text = await readFile(new URL('docs/sample.md', root), 'utf8');
  const rows = [...text.matchAll(/^\| (\S+\/\S+) \| (\S+) \|$/gm)].map(([, file, value]) => [file, value]);
  const wrong = plan.filter(({ path, truth }) => path.split('/')[1] !== truth).map(({ path, truth }) => [path, truth]);
  const originals = new Map(plan.filter(({ copyOf }) => copyOf === undefined).map(({ seed, path }) => [seed, path]));
  const copies = plan.flatMap(({ path, copyOf }) => (copyOf === undefined ? [] : [[path, originals.get(copyOf)]]));
  expect(wrong).toHaveLength(12);
  expect(rows.sort()).toEqual([...wrong, ...copies].sort());
});

test('two DICOM files and a TIFF are deep or medical pictures of their classes, and name nobody', async () => {
  const found: string[] = [];
  for (const entry of (await listZip(zip, 'sample.zip')).entries) {
    if (!/\.(dcm|tif)$/.test(entry.path)) continue;
    const file = new Blob([new Uint8Array(await readZipEntry(zip, entry))]);
    const { facts } = await decode(file, {});
    found.push(`${entry.path.split('/')[1]} ${facts.format} ${facts.channels} × ${facts.bits}`);
    const { details } = await readFileDetails(file);
    expect(details.filter(({ field }) => /^patient_(name|id|birth)/.test(field.name))).toEqual([]);
  }
  expect(found.sort()).toEqual(['cactus tiff 3 × 16', 'house dicom 3 × 8', 'snail dicom 1 × 12']);
});
