// Limited-memory BFGS in float64: minimises a smooth function that is evaluated elsewhere.
import { throwIfAborted } from '../../shared/errors.ts';
import { searchLine } from './line-search.ts';

/** A function's value and gradient at a point. */
export interface ValueGradient {
  value: number;
  gradient: Float64Array;
}

export interface MinimiseOptions {
  /** Stop when the largest gradient component is at most this. */
  tolerance: number;
  maxIterations: number;
  /** Multiplies a vector by an approximate inverse Hessian, in place; the recursion finds its scale. Absent: the identity. */
  precondition?: (vector: Float64Array) => void;
  signal?: AbortSignal;
}

export interface Minimum extends ValueGradient {
  point: Float64Array;
  iterations: number;
  /** With that of the start. */
  evaluations: number;
  /** 'stalled': the value cannot be lowered any more, which is what an evaluator's rounding looks like at the minimum. */
  reason: 'converged' | 'iterations' | 'stalled';
}

/** Pairs of steps and gradient changes that are kept; 10 is what scikit-learn's solver keeps too. */
const memory = 10;
/**
 * Relative error that a value may have: float32 losses summed in float64. Measured on the clothing features: with 1e-8 the line search gives
 * up 1e-6 above the minimum, with 1e-7 it ends within 1e-8 of it.
 */
const valueNoise = 1e-7;
/** Without this relative gain over so many iterations the rest is rounding. */
const stallGain = 1e-8;
const stallIterations = 50;

interface Pair {
  step: Float64Array;
  change: Float64Array;
  /** 1 / (step · change) */
  rho: number;
}

/**
 * Minimises `evaluate` from an evaluated point (not modified): Nocedal & Wright, Numerical Optimization, 2nd edition, algorithms 7.4 and 7.5 with a
 * strong-Wolfe line search. Throws `aborted` when the signal fires; a rejected evaluation rejects the call.
 */
export async function minimise(
  evaluate: (point: Float64Array) => Promise<ValueGradient>,
  start: ValueGradient & { point: Float64Array },
  { tolerance, maxIterations, precondition, signal }: MinimiseOptions,
): Promise<Minimum> {
  let { point, value, gradient } = start;
  let evaluations = 1;
  const counted = (at: Float64Array): Promise<ValueGradient> => {
    throwIfAborted(signal);
    evaluations++;
    return evaluate(at);
  };
  const pairs: Pair[] = [];
  let iterations = 0;
  let mark = { value, iterations };
  const result = (reason: Minimum['reason']): Minimum => ({ point, value, gradient, iterations, evaluations, reason });

  while (largest(gradient) > tolerance) {
    if (iterations >= maxIterations) return result('iterations');
    if (iterations - mark.iterations >= stallIterations) {
      if (mark.value - value <= stallGain * Math.abs(value)) return result('stalled');
      mark = { value, iterations };
    }
    const direction = descent(gradient, pairs, precondition);
    const slope = dot(direction, gradient);
    const tried = new Map<number, ValueGradient & { point: Float64Array }>();
    const found =
      slope < 0 &&
      (await searchLine(
        { step: 0, value, slope },
        pairs.length > 0 ? 1 : firstStep(slope),
        valueNoise * Math.abs(value),
        async (step) => {
          const next = moved(point, step, direction);
          const at = await counted(next);
          tried.set(step, { point: next, ...at });
          return { step, value: at.value, slope: dot(direction, at.gradient) };
        },
      ));
    const reached = found ? tried.get(found.step) : undefined;
    if (!reached) {
      // rounding spoilt the curvature pairs, or this is the end: once more from the plain gradient tells which
      if (pairs.length === 0) return result('stalled');
      pairs.length = 0;
      continue;
    }
    remember(pairs, moved(reached.point, -1, point), moved(reached.gradient, -1, gradient));
    ({ point, value, gradient } = reached);
    iterations++;
  }
  return result('converged');
}

/** Before any curvature is known: a step of unit length in the preconditioner's norm (slope = −|g|²), or shorter. */
const firstStep = (slope: number): number => Math.min(1, 1 / Math.sqrt(-slope));

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient. Newest pair first. */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: ((vector: Float64Array) => void) | undefined,
): Float64Array {
  const q = moved(new Float64Array(gradient.length), -1, gradient);
  const alphas = pairs.map(({ step, change, rho }) => {
    const alpha = rho * dot(step, q);
    addScaled(q, change, -alpha);
    return alpha;
  });
  precondition?.(q);
  const newest = pairs[0];
  if (newest) {
    const image = newest.change.slice();
    precondition?.(image);
    const scale = 1 / (newest.rho * dot(newest.change, image));
    for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) * scale;
  }
  for (let p = pairs.length - 1; p >= 0; p--) {
    const pair = pairs[p];
    if (pair) addScaled(q, pair.step, (alphas[p] ?? 0) - pair.rho * dot(pair.change, q));
  }
  return q;
}

/** Adds the newest pair in front, unless rounding left it without positive curvature. */
function remember(pairs: Pair[], step: Float64Array, change: Float64Array): void {
  const product = dot(step, change);
  if (!(product > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) return;
  pairs.unshift({ step, change, rho: 1 / product });
  if (pairs.length > memory) pairs.pop();
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** from + step · direction, as a new vector. */
function moved(from: Float64Array, step: number, direction: Float64Array): Float64Array {
  const out = from.slice();
  addScaled(out, direction, step);
  return out;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + factor * (source[i] ?? 0);
}

function largest(vector: Float64Array): number {
  let max = 0;
  for (let i = 0; i < vector.length; i++) max = Math.max(max, Math.abs(vector[i] ?? 0));
  return max;
}
