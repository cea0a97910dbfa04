// Evaluation by chunks of rows: how large they are, and how their float32 results add up in float64.
import { throwIfAborted } from '../../shared/errors.ts';
import type { Evaluator } from '../types.ts';

/** Bytes of features or logits of one chunk: well below what WASM's heap and WebGPU's default binding can take. */
const chunkBytes = 64 * 1024 * 1024;

/** Rows of a chunk, so that its features [rows, dim] and its logits [rows, k] take at most 64 MiB each as float32. */
export function chunkRows(dim: number, k: number): number {
  return Math.max(1, Math.floor(chunkBytes / 4 / Math.max(dim, k)));
}

/** What a loss graph (`onnx/loss-graphs.ts`) gives for one chunk. */
export interface ChunkResult {
  /** [rows of the chunk], zero where a row does not count */
  loss: Float32Array;
  /** [k, dim] row-major */
  gW: Float32Array;
  /** [k] */
  gb: Float32Array;
}

/**
 * An evaluator over `chunks` chunks, run one after another. Weights are rounded to float32 once; row losses and chunk sums are added in float64:
 * with float32 sums the minimum is missed by 1e-4 at C = 10.
 */
export function chunkedEvaluator(
  chunks: number,
  run: (chunk: number, W: Float32Array, b: Float32Array) => Promise<ChunkResult>,
): Evaluator {
  return async (W, b, options) => {
    const [W32, b32] = [Float32Array.from(W), Float32Array.from(b)];
    const total = { loss: 0, gradW: new Float64Array(W.length), gradB: new Float64Array(b.length) };
    for (let chunk = 0; chunk < chunks; chunk++) {
      throwIfAborted(options?.signal);
      const { loss, gW, gb } = await run(chunk, W32, b32);
      for (let i = 0; i < loss.length; i++) total.loss += loss[i] ?? 0;
      add(total.gradW, gW);
      add(total.gradB, gb);
    }
    return total;
  };
}

function add(target: Float64Array, values: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + (values[i] ?? 0);
}

/** Subtracts `centre` [dim] from every row of `data` [n, dim], in place: what a device does before features go into a loss graph. */
export function centreRows(data: Float32Array | Float64Array, centre: Float64Array): void {
  const dim = centre.length;
  for (let i = 0, f = 0; i < data.length; i++) {
    data[i] = (data[i] ?? 0) - (centre[f] ?? 0);
    if (++f === dim) f = 0;
  }
}

/** Targets of the logistic graph from class indexes of a two-class problem: class 1 is +1, class 0 is −1, −1 (does not count) is 0. */
export function signsOf(targets: Int32Array): Float32Array {
  return Float32Array.from(targets, (t) => (t < 0 ? 0 : t === 1 ? 1 : -1));
}
