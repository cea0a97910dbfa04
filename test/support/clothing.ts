// The clothing features and scikit-learn's reference fits on them, where the shared material is there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TrainingSamples } from '../../src/learn/types.ts';
import { unpackHalf } from '../../src/shared/float16.ts';

const folder = fileURLToPath(new URL('../../../shared/datasets/clothing/', import.meta.url));
export const hasClothing = existsSync(`${folder}probe-reference.json`);

export interface ReferenceFit {
  C: number;
  objective: number;
  correct: { [split: string]: number };
  macro_f1: { [split: string]: number };
  confusion_test: number[][];
}

/** Features [1434, 192] row-major, the samples and the paths of their files in that order, and the reference. */
export function loadClothing(): {
  data: Float32Array;
  dim: number;
  paths: string[];
  samples: TrainingSamples;
  fits: ReferenceFit[];
} {
  const npy = readFileSync(`${folder}features.npy`);
  const from = 10 + npy.readUInt16LE(8); // NPY 1.0: magic, version, length of the header
  const halves = new Uint16Array(npy.buffer.slice(npy.byteOffset + from, npy.byteOffset + npy.byteLength));
  const data = unpackHalf(halves);
  const reference: { classes: string[]; fits: ReferenceFit[] } = JSON.parse(
    readFileSync(`${folder}probe-reference.json`, 'utf8'),
  );
  const lines = readFileSync(`${folder}files.csv`, 'utf8').trim().split('\n').slice(1);
  const cells = lines.map((line) => line.split(','));
  const splits = ['train', 'validation', 'test'];
  return {
    data,
    dim: 192,
    paths: cells.map((c) => c[1] ?? ''),
    fits: reference.fits,
    samples: {
      labels: Int32Array.from(cells, (c) => reference.classes.indexOf(c[3] ?? '')),
      split: Int32Array.from(cells, (c) => splits.indexOf(c[2] ?? '')),
      excluded: new Uint8Array(cells.length),
      splits,
      classes: reference.classes.map((name, id) => ({ id, name })),
    },
  };
}
