// One fit of the probe at one C: the penalised objective, its start and its solver.
import { VitrineError } from '../../shared/errors.ts';
import type { Evaluator } from '../types.ts';
import { type Minimum, minimise } from './lbfgs.ts';

/** Weights on centred features, packed as the solver holds them. */
export interface Weights {
  /** [k, dim] row-major */
  W: Float64Array<ArrayBuffer>;
  /** [k] */
  b: Float64Array<ArrayBuffer>;
}

export interface FitRequest {
  evaluate: Evaluator;
  /** Rows the evaluator sums over. */
  n: number;
  dim: number;
  C: number;
  start: Weights;
  /** Makes an approximate inverse Hessian for the mean loss at the start and the penalty 1 / (C n); absent: none is used. */
  precondition?: (meanLoss: number, penalty: number) => (vector: Float64Array) => void;
  tolerance: number;
  maxIterations: number;
  signal?: AbortSignal;
  /** Told of every evaluation. */
  onEvaluation?: () => void;
}

export interface Fit extends Weights {
  /** scikit-learn's scale: 1/2 |W|² + C · Σ loss. */
  objective: number;
  iterations: number;
  evaluations: number;
  reason: Minimum['reason'];
}

/**
 * Minimises 1/2 |W|² + C · Σ loss (the intercept is not penalised), divided by C·n so that values and tolerance mean the same for
 * any C and any number of rows: mean loss + |W|² / (2 C n).
 * Throws `bad-input` when the loss is not a number at the start (features that are not finite), `aborted` when the signal fires.
 */
export async function fitProbe(request: FitRequest): Promise<Fit> {
  const { evaluate, n, dim, C, start, tolerance, maxIterations, signal, onEvaluation } = request;
  const k = start.b.length;
  const split = k * dim;
  const penalty = 1 / (C * n);

  const objective = async (point: Float64Array) => {
    const W = point.subarray(0, split);
    const { loss, gradW, gradB } = await evaluate(W, point.subarray(split), signal ? { signal } : {});
    onEvaluation?.();
    const gradient = new Float64Array(point.length);
    let squares = 0;
    for (let i = 0; i < split; i++) {
      const w = W[i] ?? 0;
      squares += w * w;
      gradient[i] = (gradW[i] ?? 0) / n + penalty * w;
    }
    for (let j = 0; j < k; j++) gradient[split + j] = (gradB[j] ?? 0) / n;
    return { value: loss / n + (penalty * squares) / 2, gradient };
  };

  const point = new Float64Array(split + k);
  point.set(start.W);
  point.set(start.b, split);
  const first = await objective(point);
  if (!Number.isFinite(first.value))
    throw new VitrineError(
      'bad-input',
      'Some embeddings hold values that are not finite numbers, so nothing can be trained on them. Embed the pictures again.',
    );

  const minimum = await minimise(
    objective,
    { point, ...first },
    {
      tolerance,
      maxIterations,
      signal,
      precondition: request.precondition?.(first.value, penalty),
    },
  );
  return {
    W: minimum.point.slice(0, split),
    b: minimum.point.slice(split),
    objective: minimum.value * C * n,
    iterations: minimum.iterations,
    evaluations: minimum.evaluations,
    reason: minimum.reason,
  };
}

/**
 * Zero weights with intercepts that give each class its share of the rows: the minimum for C → 0. Every class needs a row. Two classes have
 * one logistic vector, three and more one softmax row each.
 */
export function startingWeights(targets: Int32Array, classes: number, dim: number): Weights {
  const counts = new Float64Array(classes);
  for (const target of targets) counts[target] = (counts[target] ?? 0) + 1;
  const shares = counts.map((count) => Math.log(count / targets.length));
  if (classes === 2) return { W: new Float64Array(dim), b: Float64Array.of((shares[1] ?? 0) - (shares[0] ?? 0)) };
  return { W: new Float64Array(classes * dim), b: shares };
}

/** Folds the centre back: W·(x − centre) + b = W·x + (b − W·centre). Softmax intercepts, which mean the same up to a constant, get mean 0. */
export function uncentred({ W, b }: Weights, centre: Float64Array): Weights {
  const dim = centre.length;
  const out = b.slice();
  for (let j = 0; j < b.length; j++) {
    let shift = 0;
    for (let f = 0; f < dim; f++) shift += (W[j * dim + f] ?? 0) * (centre[f] ?? 0);
    out[j] = (b[j] ?? 0) - shift;
  }
  if (out.length > 1) {
    const mean = out.reduce((sum, value) => sum + value, 0) / out.length;
    for (let j = 0; j < out.length; j++) out[j] = (out[j] ?? 0) - mean;
  }
  return { W, b: out };
}
