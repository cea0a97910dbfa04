// From a model's output tensor to embedding rows: which tokens count, and unit length where the card asks for it.
import { VitrineError } from '../../shared/errors.ts';
import type { Card } from '../types.ts';

type EmbeddingOutput = Card['outputs']['embedding'];

/**
 * Rows [count, dim], row-major, of an output with shape `dims`: [N, D], or [N, T, D] with a pool. Only the first `count` of the N pictures are
 * read; the rest is padding. Errors: `bad-input` when the output is not what the card says.
 */
export function poolRows(
  data: Float32Array,
  dims: readonly number[],
  count: number,
  output: EmbeddingOutput,
): Float32Array<ArrayBuffer> {
  const { pool = 'none', dim, prefix = 1 } = output;
  const width = dims.at(-1) ?? 0;
  const tokens = dims.length === 3 ? (dims[1] ?? 0) : 1;
  const expected = pool === 'first+mean-rest' ? 2 * width : width;
  const fits = pool === 'none' ? tokens === 1 : dims.length === 3 && tokens > 0;
  if (!fits || expected !== dim || (usesRest(pool) && tokens <= prefix))
    throw new VitrineError(
      'bad-input',
      `The model's output “${output.name}” has the shape ${dims.join(' × ')}, which does not give ${dim} numbers a picture with pool “${pool}”. Correct the card.`,
      { file: 'card.json' },
    );
  const rows = new Float32Array(count * dim);
  for (let n = 0; n < count; n++) {
    const from = n * tokens * width;
    const row = rows.subarray(n * dim, (n + 1) * dim);
    if (pool === 'none' || pool === 'first') row.set(data.subarray(from, from + width));
    else if (pool === 'mean') meanInto(row, data, from, 0, tokens, width);
    else if (pool === 'mean-rest') meanInto(row, data, from, prefix, tokens, width);
    else {
      row.set(data.subarray(from, from + width));
      meanInto(row.subarray(width), data, from, prefix, tokens, width);
    }
    if (output.normalize) normalize(row);
  }
  return rows;
}

const usesRest = (pool: EmbeddingOutput['pool']): boolean => pool === 'mean-rest' || pool === 'first+mean-rest';

function meanInto(
  row: Float32Array,
  data: Float32Array,
  from: number,
  first: number,
  end: number,
  width: number,
): void {
  for (let j = 0; j < width; j++) {
    let sum = 0; // float64
    for (let t = first; t < end; t++) sum += data[from + t * width + j] ?? 0;
    row[j] = sum / (end - first);
  }
}

/** Divides by the Euclidean length; a zero row stays zero. */
function normalize(row: Float32Array): void {
  let sum = 0;
  for (const value of row) sum += value * value;
  const length = Math.sqrt(sum);
  if (length > 0) for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) / length;
}

/** Cosine of two vectors of the same length; 1 for two zero vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 && bb === 0 ? 1 : dot / Math.sqrt(aa * bb);
}

/** Softmax of one row of class scores, in float64. */
export function softmax(scores: Float32Array): Float64Array {
  let max = -Infinity;
  for (const score of scores) if (score > max) max = score;
  const out = Float64Array.from(scores, (score) => Math.exp(score - max));
  let sum = 0;
  for (const value of out) sum += value;
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) / sum;
  return out;
}
