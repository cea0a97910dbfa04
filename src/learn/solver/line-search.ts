// The strong-Wolfe line search: a step along a descent direction that lowers the value enough and flattens the slope enough.

/** Value and slope of the function along the search direction at one step length. */
export interface SearchPoint {
  step: number;
  value: number;
  /** Directional derivative. */
  slope: number;
}

/** Sufficient decrease and curvature constants that Nocedal & Wright give for quasi-Newton methods (section 3.1). */
const decrease = 1e-4;
const curvature = 0.9;
const maxEvaluations = 25;

/**
 * Finds a step that meets the strong Wolfe conditions: Nocedal & Wright, Numerical Optimization, 2nd edition, algorithms 3.5 and 3.6, with
 * cubic interpolation kept inside the bracket. Values are compared with `noise` (an absolute error of one value) in mind: within it the
 * slopes decide, as in the approximate Wolfe conditions of Hager & Zhang (2005), because a rounded value can hide a true decrease.
 * Returns null when no acceptable step was found. `origin` is the point at step 0 and needs a negative slope.
 */
export async function searchLine(
  origin: SearchPoint,
  firstStep: number,
  noise: number,
  evaluate: (step: number) => Promise<SearchPoint>,
): Promise<SearchPoint | null> {
  const tooHigh = (p: SearchPoint): boolean => {
    if (!Number.isFinite(p.value)) return true;
    if (p.value <= origin.value + decrease * p.step * origin.slope) return false;
    const slopeSaysLower = p.slope <= (2 * decrease - 1) * origin.slope;
    return !(p.value <= origin.value + noise && slopeSaysLower);
  };
  const flatEnough = (p: SearchPoint): boolean => Math.abs(p.slope) <= -curvature * origin.slope;

  let budget = maxEvaluations;
  const at = (step: number): Promise<SearchPoint> => {
    budget--;
    return evaluate(step);
  };

  // algorithm 3.5: widen until the bracket [low, high] holds an acceptable step
  let previous = origin;
  let step = firstStep;
  let low: SearchPoint;
  let high: SearchPoint;
  for (;;) {
    const point = await at(step);
    if (tooHigh(point) || (point.value > previous.value + noise && previous !== origin)) {
      [low, high] = [previous, point];
      break;
    }
    if (flatEnough(point)) return point;
    if (point.slope >= 0) {
      [low, high] = [point, previous];
      break;
    }
    if (budget <= 0) return null;
    previous = point;
    step *= 4;
  }

  // algorithm 3.6: shrink it
  while (budget > 0) {
    const point = await at(interpolate(low, high));
    if (tooHigh(point) || point.value > low.value + noise) {
      high = point;
    } else {
      if (flatEnough(point)) return point;
      if (point.slope * (high.step - low.step) >= 0) high = low;
      low = point;
    }
    if (Math.abs(high.step - low.step) <= 1e-12 * Math.max(low.step, high.step)) break;
  }
  // the best point that was seen still goes down, though not flat enough: progress, the caller may go on from it
  return low.step > 0 && low.value < origin.value ? low : null;
}

/** Minimum of the cubic through both ends (Nocedal & Wright, equation 3.59), kept off the ends by a tenth of the bracket. */
function interpolate(a: SearchPoint, b: SearchPoint): number {
  const width = b.step - a.step;
  const bisection = a.step + width / 2;
  if (!Number.isFinite(b.value) || !Number.isFinite(b.slope)) return a.step + width / 10;
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0)) return bisection;
  const d2 = Math.sign(width) * Math.sqrt(square);
  const t = b.step - (width * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
  const [from, to] = width > 0 ? [a.step, b.step] : [b.step, a.step];
  const margin = (to - from) / 10;
  return t >= from + margin && t <= to - margin ? t : bisection;
}
