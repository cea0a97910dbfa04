// Newton's method for two-class logistic regression in float64: a reference that shares no code and no idea with the solver under test.

/**
 * Minimises 1/2 |w|² + C Σ log(1 + exp(−s (w·x + b))) with an unpenalised b, by full Newton steps on the (dim + 1)² Hessian,
 * halved while the objective would rise. `X` is [n, dim] row-major, `signs` ±1.
 */
export function newtonLogistic(
  X: Float64Array,
  dim: number,
  signs: Float32Array,
  C: number,
): { w: Float64Array; b: number; objective: number } {
  const m = dim + 1;
  const column = (i: number, f: number): number => (f === dim ? 1 : (X[i * dim + f] ?? 0));
  const objectiveAt = (theta: Float64Array): number => {
    let sum = 0;
    for (let f = 0; f < dim; f++) sum += (theta[f] ?? 0) ** 2 / 2;
    signs.forEach((s, i) => {
      const t = -s * scoreAt(theta, i);
      sum += C * (Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))));
    });
    return sum;
  };
  const scoreAt = (theta: Float64Array, i: number): number => {
    let z = 0;
    for (let f = 0; f < m; f++) z += (theta[f] ?? 0) * column(i, f);
    return z;
  };

  let theta = new Float64Array(m);
  for (let step = 0; step < 60; step++) {
    const gradient = Float64Array.from(theta, (v, f) => (f === dim ? 0 : v));
    const hessian = new Float64Array(m * m);
    for (let f = 0; f < dim; f++) hessian[f * m + f] = 1;
    signs.forEach((s, i) => {
      const p = 1 / (1 + Math.exp(s * scoreAt(theta, i)));
      for (let f = 0; f < m; f++) {
        gradient[f] = (gradient[f] ?? 0) - C * s * p * column(i, f);
        for (let h = 0; h < m; h++)
          hessian[f * m + h] = (hessian[f * m + h] ?? 0) + C * p * (1 - p) * column(i, f) * column(i, h);
      }
    });
    if (Math.max(...gradient.map(Math.abs)) < 1e-11 * (1 + C * signs.length)) break;
    const direction = eliminate(hessian, gradient);
    const before = objectiveAt(theta);
    let length = 1;
    let next = theta;
    do {
      next = theta.map((v, f) => v - length * (direction[f] ?? 0));
      length /= 2;
    } while (objectiveAt(next) > before && length > 1e-10);
    theta = next;
  }
  return { w: theta.slice(0, dim), b: theta[dim] ?? 0, objective: objectiveAt(theta) };
}

/** Solves A x = v by Gaussian elimination with partial pivoting; both are overwritten. */
function eliminate(A: Float64Array, v: Float64Array): Float64Array {
  const m = v.length;
  const at = (r: number, c: number): number => A[r * m + c] ?? 0;
  for (let c = 0; c < m; c++) {
    let pivot = c;
    for (let r = c + 1; r < m; r++) if (Math.abs(at(r, c)) > Math.abs(at(pivot, c))) pivot = r;
    for (let h = 0; h < m; h++) [A[c * m + h], A[pivot * m + h]] = [at(pivot, h), at(c, h)];
    [v[c], v[pivot]] = [v[pivot] ?? 0, v[c] ?? 0];
    for (let r = c + 1; r < m; r++) {
      const factor = at(r, c) / at(c, c);
      for (let h = c; h < m; h++) A[r * m + h] = at(r, h) - factor * at(c, h);
      v[r] = (v[r] ?? 0) - factor * (v[c] ?? 0);
    }
  }
  for (let r = m - 1; r >= 0; r--) {
    let sum = v[r] ?? 0;
    for (let h = r + 1; h < m; h++) sum -= at(r, h) * (v[h] ?? 0);
    v[r] = sum / at(r, r);
  }
  return v;
}
