// The generator of large datasets: as many files as asked, ImageNet's shape, the same for the same seed, and JPEGs that our own reader understands.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { drawPictures, planDataset } from '../../../.scripts/dataset/plan.mjs';
import { makeDataset } from '../../../.scripts/make-dataset.mjs';
import { proposeLayout } from '../../../src/formats/folders.ts';
import { readJpegHeader } from '../../../src/pixels/header/jpeg.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (options: { rows: number; seed?: number; flat?: boolean }): string[] => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-dataset-'));
  makeDataset({ seed: 1, flat: false, into: folder, ...options });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

test('a dataset has the wanted number of regular files in two splits of a thousand classes', () => {
  const plan = [...planDataset({ rows: 133_117, seed: 1 })]; // a tenth of ImageNet
  expect(plan.reduce((sum, { names }) => sum + names.length, 0)).toBe(133_117);
  expect(plan).toHaveLength(2000);
  const proposal = proposeLayout(plan.map(({ directory, names }) => ({ path: directory, pictures: names.length })));
  expect(proposal).toMatchObject({ kind: 'split-folders', classes: 1000, unlabelled: 0 });
  expect(proposal.splits.map(({ split, count }) => [split, count])).toEqual([
    ['train', 128_117],
    ['validation', 5000],
  ]);
  for (const { names } of plan) expect(new Set(names).size).toBe(names.length);
});

test('files on disk are those of the plan, each a whole JPEG of 64 × 48 pixels', () => {
  const files = write({ rows: 600 });
  const planned = [...planDataset({ rows: 600, seed: 1 })].flatMap(({ directory, names }) =>
    names.map((name) => join(folder, directory, name)),
  );
  expect(files.sort()).toEqual(planned.sort());
  for (const file of files.slice(0, 50)) {
    const bytes = readFileSync(file);
    expect(readJpegHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.length))).toMatchObject({
      width: 64,
      height: 48,
    });
    expect(statSync(file).isFile()).toBe(true);
    expect([...bytes.subarray(-2)]).toEqual([0xff, 0xd9]);
  }
});

test('a flat dataset has no folders', () => {
  const files = write({ rows: 900, flat: true });
  expect(new Set(files).size).toBe(900);
  expect(readdirSync(folder)).toHaveLength(900);
});

test('the same seed makes the same dataset, another seed another one', () => {
  const names = (seed: number): string[] => [...planDataset({ rows: 500, seed })].flatMap((part) => part.names);
  expect(names(7)).toEqual(names(7));
  expect(names(7)).not.toEqual(names(8));
  expect(drawPictures(3, 7)).toEqual(drawPictures(3, 7));
  expect(new Set(drawPictures(400, 7).map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBe(400);
});
