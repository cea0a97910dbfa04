// A catalog of ImageNet's size: the same rows as a table and as plain arrays.
import { applyLayout } from '../../src/catalog/layout.ts';
import { setPredictions } from '../../src/catalog/predictions.ts';
import { appendRows, completeDirectory, setDecoded, setFileFacts } from '../../src/catalog/rows.ts';
import { createTable, type Table } from '../../src/catalog/table.ts';

/** Pictures of ImageNet's train and validation splits. */
export const ROWS = 1_331_166;
const CLASSES = 1000;

/** Plain arrays with the same content as the table. */
interface Plain {
  names: string[];
  label: Uint16Array;
  split: Uint8Array;
  confidence: Float32Array;
  columns: { codes: Uint16Array; size: number }[];
  numbers: (Float32Array | Float64Array)[];
}

/** Numbers from 0 to 1, the same for a seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' constants
    return state / 2 ** 32;
  };
}

/** A thousand folders a split, names like ImageNet's; facts and predictions of every row. */
export function buildImageNet(): { table: Table; plain: Plain; seconds: { append: number } } {
  const table = createTable();
  const next = random(1);
  applyLayout(table, {
    splitLevel: 0,
    classLevel: 1,
    splits: [
      ['train', 'train'],
      ['val', 'validation'],
    ],
  });
  const names: string[] = [];
  const label = new Uint16Array(ROWS);
  const split = new Uint8Array(ROWS);
  let append = 0;
  let row = 0;
  for (const [s, share] of [0.9624, 0.0376].entries()) {
    const total = s === 0 ? Math.floor(ROWS * share) : ROWS - row;
    const start = row;
    for (let c = 0; c < CLASSES; c++) {
      const end = start + Math.floor((total * (c + 1)) / CLASSES);
      const wnid = `n${String(1440764 + c * 9973).padStart(8, '0')}`;
      const batch: string[] = [];
      for (; row < end; row++) {
        label[row] = c;
        split[row] = s;
        batch.push(
          s === 0
            ? `${wnid}_${Math.floor(next() * 30)}${batch.length}.JPEG`
            : `ILSVRC2012_val_${String(row - start).padStart(8, '0')}.JPEG`,
        );
      }
      for (const name of batch) names.push(name.toLowerCase());
      const begun = performance.now();
      const directory = `${s === 0 ? 'train' : 'val'}/${wnid}`;
      appendRows(table, directory, batch);
      completeDirectory(table, directory);
      append += performance.now() - begun;
    }
  }
  const ids = Uint32Array.from({ length: ROWS }, (_, i) => i);
  const predicted = Int32Array.from(label, (c) => (next() < 0.2 ? Math.floor(next() * CLASSES) : c));
  const floats = (): Float32Array => Float32Array.from(ids, () => next());
  const [confidence, margin, entropy, labelConfidence] = [floats(), floats(), floats(), floats()];
  setPredictions(table, { ids, predicted, confidence, margin, entropy, labelConfidence });
  const size = Float64Array.from(ids, () => Math.floor(next() * 200_000));
  const modified = Float64Array.from(ids, () => 1.4e12 + Math.floor(next() * 1e9));
  setFileFacts(table, ids, size, modified);
  const width = Float64Array.from(ids, () => 200 + Math.floor(next() * 500));
  const height = Float64Array.from(ids, () => 200 + Math.floor(next() * 500));
  setDecoded(
    table,
    Array.from(ids, (id) => ({
      id,
      state: 'readable',
      format: 'jpeg',
      width: width[id] ?? 0,
      height: height[id] ?? 0,
    })),
  );
  const codes = (values: ArrayLike<number>, count: number) => ({ codes: Uint16Array.from(values), size: count });
  const directory = Uint16Array.from(ids, (id) => (label[id] ?? 0) + CLASSES * (split[id] ?? 0));
  const ones = new Uint16Array(ROWS);
  const differs = Uint16Array.from(ids, (id) => (label[id] === predicted[id] ? 0 : 1));
  const plain: Plain = {
    names,
    label,
    split,
    confidence,
    // directory, split, label, predicted, format, backbone_class; disagrees, labelled, excluded, reviewed, readable
    columns: [
      codes(directory, 2 * CLASSES),
      codes(split, 2),
      codes(label, CLASSES),
      codes(predicted, CLASSES),
      codes(ones, 1),
      codes(ones, 1),
      codes(differs, 2),
      codes(ones, 2),
      codes(ones, 2),
      codes(ones, 2),
      codes(ones, 2),
    ],
    // confidence, doubt, margin, entropy, backbone_confidence, width, height, size, modified
    numbers: [
      confidence,
      Float32Array.from(labelConfidence, (p) => 1 - p),
      margin,
      entropy,
      entropy,
      width,
      height,
      size,
      modified,
    ],
  };
  return { table, plain, seconds: { append: append / 1000 } };
}
