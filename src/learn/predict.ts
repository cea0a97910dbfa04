// From logits to what is kept of a prediction: class, confidence, margin, entropy, and what it says of the row's own label.
import { throwIfAborted } from '../shared/errors.ts';
import { chunkRows } from './solver/chunks.ts';
import type { ProbeDevice, RowPredictions } from './types.ts';

/** Predictions of `n` rows that nothing has been said about yet. */
export function emptyPredictions(n: number): RowPredictions {
  return {
    predicted: new Int32Array(n),
    confidence: new Float32Array(n),
    margin: new Float32Array(n),
    entropy: new Float32Array(n),
    labelConfidence: new Float32Array(n).fill(Number.NaN),
    labelInTop5: new Uint8Array(n),
  };
}

/**
 * Writes the statistics of a block of rows into `into`, from position `at` on. `logits` is [n, k] row-major: softmax over k ≥ 2 columns, one
 * column is the logistic score of class 1 of two. `targets` is [n]: the rows' own classes, −1 for none. Ties go to the lower class, as in
 * LightlyTrain (argmax takes the lowest index).
 */
export function describeLogits(logits: Float32Array, targets: Int32Array, into: RowPredictions, at: number): void {
  const n = targets.length;
  if (n === 0) return;
  const k = logits.length / n;
  const z = new Float64Array(Math.max(k, 2));
  for (let i = 0; i < n; i++) {
    if (k === 1) z[1] = logits[i] ?? 0;
    else for (let j = 0; j < k; j++) z[j] = logits[i * k + j] ?? 0;
    describeRow(z, targets[i] ?? -1, into, at + i);
  }
}

function describeRow(z: Float64Array, target: number, into: RowPredictions, at: number): void {
  let best = 0;
  let second = -1;
  for (let j = 1; j < z.length; j++) {
    if ((z[j] ?? 0) > (z[best] ?? 0)) {
      second = best;
      best = j;
    } else if (second < 0 || (z[j] ?? 0) > (z[second] ?? 0)) second = j;
  }
  const max = z[best] ?? 0;
  let sum = 0;
  let weighted = 0;
  for (let j = 0; j < z.length; j++) {
    const c = (z[j] ?? 0) - max;
    const e = Math.exp(c);
    sum += e;
    weighted += e * c;
  }
  into.predicted[at] = best;
  into.confidence[at] = 1 / sum;
  into.margin[at] = (1 - Math.exp((z[second] ?? 0) - max)) / sum;
  // −Σ p log p with p = e / sum; rounding can leave −1e-17 for a certain row
  into.entropy[at] = Math.max(0, Math.log(sum) - weighted / sum);
  if (target < 0) return;
  const own = z[target] ?? 0;
  into.labelConfidence[at] = Math.exp(own - max) / sum;
  let ahead = 0;
  for (let j = 0; j < z.length; j++) if ((z[j] ?? 0) > own || ((z[j] ?? 0) === own && j < target)) ahead++;
  into.labelInTop5[at] = ahead < 5 ? 1 : 0;
}

/**
 * Probabilities of a probe that answers for every class by itself: [n, classes] row-major, each between 0 and 1, their sum any number.
 */
export function answersOf(logits: Float32Array): Float32Array {
  return logits.map((z) => 1 / (1 + Math.exp(-z)));
}

/** Softmax probabilities [n, classes] row-major of logits as a device gives them; one column becomes the two classes' probabilities. */
export function probabilitiesOf(logits: Float32Array, n: number): Float32Array {
  const k = n === 0 ? 0 : logits.length / n;
  const classes = k === 1 ? 2 : k;
  const out = new Float32Array(n * classes);
  const z = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    let max = 0;
    if (k === 1) z[1] = logits[i] ?? 0;
    else for (let j = 0; j < k; j++) z[j] = logits[i * k + j] ?? 0;
    max = z.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let sum = 0;
    for (let j = 0; j < classes; j++) sum += Math.exp((z[j] ?? 0) - max);
    for (let j = 0; j < classes; j++) out[i * classes + j] = Math.exp((z[j] ?? 0) - max) / sum;
  }
  return out;
}

/** What one set of raw-space weights says of rows, chunk by chunk. `targets` has one entry for each of `rows`; so has the result. */
export async function predictRows(
  device: Pick<ProbeDevice, 'dim' | 'logits'>,
  { W, b }: { W: Float64Array; b: Float64Array },
  rows: Uint32Array,
  targets: Int32Array,
  options: { signal?: AbortSignal; onRows?: (done: number) => void } = {},
): Promise<RowPredictions> {
  const out = emptyPredictions(rows.length);
  const size = chunkRows(device.dim, Math.max(2, b.length));
  for (let from = 0; from < rows.length; from += size) {
    throwIfAborted(options.signal);
    const part = rows.subarray(from, from + size);
    const logits = await device.logits(part, W, b, options.signal ? { signal: options.signal } : {});
    describeLogits(logits, targets.subarray(from, from + size), out, from);
    options.onRows?.(from + part.length);
  }
  return out;
}
