// The data term of the probe's objective in plain float64: the yardstick of the device's graphs, and quick enough for small data.
import { throwIfAborted } from '../../shared/errors.ts';
import type { Evaluator, LossGradient, ProbeDevice } from '../types.ts';
import { centreRows, signsOf } from './chunks.ts';

/** Features that an evaluator reads: [n, dim] row-major. */
export interface Matrix {
  data: Float64Array | Float32Array;
  dim: number;
}

/**
 * Softmax loss: the sum over rows of logsumexp_j(w_j·x + b_j) − (w_y·x + b_y). `labels` is [n], 0 … k−1; a row with −1 does not count.
 */
export function softmaxReference({ data, dim }: Matrix, labels: Int32Array, classes: number): Evaluator {
  const z = new Float64Array(classes);
  return async (W, b, options) => {
    throwIfAborted(options?.signal);
    const out = empty(classes, dim);
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] ?? -1;
      if (label < 0) continue;
      const x = data.subarray(i * dim, (i + 1) * dim);
      let max = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < classes; j++) {
        const value = score(W, b, x, j);
        z[j] = value;
        if (value > max) max = value;
      }
      const own = (z[label] ?? 0) - max;
      let others = 0;
      for (let j = 0; j < classes; j++) {
        const e = Math.exp((z[j] ?? 0) - max);
        z[j] = e;
        if (j !== label) others += e;
      }
      // exp(own) − 1 is 0 when the label leads: then log1p keeps the digits of a small loss
      const rest = others + (z[label] ?? 0) - 1;
      out.loss += Math.log1p(rest) - own;
      for (let j = 0; j < classes; j++) {
        const p = (j === label ? -others : (z[j] ?? 0)) / (rest + 1);
        addGradient(out, x, j, p);
      }
    }
    return out;
  };
}

/**
 * Logistic loss of one vector, or of several that stand each for itself: the sum of softplus(−s·(w_j·x + b_j)) over rows and columns.
 * `signs` is [n, k] row-major: +1 positive, −1 negative, 0 does not count (unknown).
 */
export function logisticReference({ data, dim }: Matrix, signs: Float32Array, columns = 1): Evaluator {
  return async (W, b, options) => {
    throwIfAborted(options?.signal);
    const out = empty(columns, dim);
    for (let i = 0; i < signs.length / columns; i++) {
      const x = data.subarray(i * dim, (i + 1) * dim);
      for (let j = 0; j < columns; j++) {
        const s = signs[i * columns + j] ?? 0;
        if (s === 0) continue;
        const t = -s * score(W, b, x, j);
        const e = Math.exp(-Math.abs(t));
        out.loss += Math.max(t, 0) + Math.log1p(e);
        addGradient(out, x, j, (-s * (t >= 0 ? 1 : e)) / (1 + e));
      }
    }
    return out;
  };
}

const empty = (k: number, dim: number): LossGradient => ({
  loss: 0,
  gradW: new Float64Array(k * dim),
  gradB: new Float64Array(k),
});

function score(W: Float64Array, b: Float64Array, x: ArrayLike<number>, j: number): number {
  let sum = b[j] ?? 0;
  const at = j * x.length;
  for (let f = 0; f < x.length; f++) sum += (W[at + f] ?? 0) * (x[f] ?? 0);
  return sum;
}

function addGradient(out: LossGradient, x: ArrayLike<number>, j: number, weight: number): void {
  const at = j * x.length;
  for (let f = 0; f < x.length; f++) out.gradW[at + f] = (out.gradW[at + f] ?? 0) + weight * (x[f] ?? 0);
  out.gradB[j] = (out.gradB[j] ?? 0) + weight;
}

/**
 * A whole training device in float64 over features in memory: quick enough for some thousand rows, and the yardstick of the others.
 * `data` is [n, dim] row-major. It never gives the event loop a turn, so in a worker a message that says stop is only read after training.
 */
export function referenceDevice({ data, dim }: Matrix): ProbeDevice {
  const gather = <T extends Float32Array | Float64Array>(rows: Uint32Array, into: T): T => {
    rows.forEach((row, i) => {
      into.set(data.subarray(row * dim, (row + 1) * dim), i * dim);
    });
    return into;
  };
  return {
    dim,
    async features(rows) {
      return gather(rows, new Float32Array(rows.length * dim));
    },
    async evaluator({ rows, targets, classes, centre }) {
      const centred = gather(rows, new Float64Array(rows.length * dim));
      centreRows(centred, centre);
      const matrix = { data: centred, dim };
      const evaluate =
        classes === 2 ? logisticReference(matrix, signsOf(targets)) : softmaxReference(matrix, targets, classes);
      return { evaluate, close() {} };
    },
    async logits(rows, W, b) {
      const k = b.length;
      const out = new Float32Array(rows.length * k);
      rows.forEach((row, i) => {
        const x = data.subarray(row * dim, (row + 1) * dim);
        for (let j = 0; j < k; j++) out[i * k + j] = score(W, b, x, j);
      });
      return out;
    },
  };
}
