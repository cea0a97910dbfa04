// The data term of the probe's objective and its gradient as ONNX graphs, made of operators that WebGPU has kernels for.
import { createGraph, type GraphBuilder } from './model.ts';

/**
 * Softmax loss and gradient over one chunk of rows, for k ≥ 3 classes.
 *
 * Inputs: `X` float32 [n, d], `y` int32 [n] (0 … k−1; −1 for a row that does not count: padding, unlabelled, another fold), `W` float32 [k, d],
 * `b` float32 [k]. Outputs: `loss` float32 [n], one a row, which the caller adds up in float64; `gW` float32 [k, d] and `gb` float32 [k], sums
 * over the rows. n is free, so that the last chunk may be shorter; rows of a fixed-size chunk are padded with y = −1.
 *
 * With c = z − max z and e = exp(c): loss = log Σe − c_y, written as log1p(Σ_{j≠y} e_j + (e_y − 1)) − c_y, and the gradient's own column as
 * −Σ_{j≠y} e_j / Σe, because 1 − p rounds to nothing in float32 for the rows that are right and far from the border, and those
 * are most of the rows near the end. LogSoftmax and OneHot are not used: the first has no WebGPU kernel in onnxruntime-web 1.30.
 */
export function softmaxLossGraph(dim: number, classes: number): Uint8Array<ArrayBuffer> {
  const g = createGraph();
  const X = g.input('X', 'float32', ['n', dim]);
  const y = g.input('y', 'int32', ['n']);
  const W = g.input('W', 'float32', [classes, dim]);
  const b = g.input('b', 'float32', [classes]);
  const columns = g.constant(BigInt64Array.of(1n), [1]);
  const one = scalar(g, 1);

  const everyClass = g.constant(
    Int32Array.from({ length: classes }, (_, j) => j),
    [1, classes],
  );
  const isOwn = g.node('Equal', [g.node('Unsqueeze', [y, columns]), everyClass]);
  const own = g.node('Cast', [isOwn], { to: { int: 1 } });

  const z = g.node('Gemm', [X, W, b], { transB: { int: 1 } });
  const c = g.node('Sub', [z, g.node('ReduceMax', [z], { axes: { ints: [1] }, keepdims: { int: 1 } })]);
  const e = g.node('Exp', [c]);
  const ownE = g.node('Mul', [e, own]);
  const otherE = g.node('Sub', [e, ownE]);
  const sumRows = (value: string): string => g.node('ReduceSum', [value, columns], { keepdims: { int: 1 } });
  const counts = sumRows(own);
  const others = sumRows(otherE);
  const rest = g.node('Add', [others, g.node('Sub', [sumRows(ownE), one])]);
  const rowLoss = g.node('Sub', [log1p(g, rest), sumRows(g.node('Mul', [c, own]))]);
  g.node('Squeeze', [g.node('Mul', [rowLoss, counts]), columns], {}, 'loss');

  const share = g.node('Div', [counts, g.node('Add', [rest, one])]);
  const residual = g.node('Mul', [g.node('Sub', [otherE, g.node('Mul', [own, others])]), share]);
  gradient(g, residual, X);
  return finish(g, 'softmax-loss', dim, classes);
}

/**
 * Logistic loss and gradient over one chunk of rows, for `columns` vectors that stand each for itself: one for two classes, one a class for
 * one-versus-rest.
 *
 * Inputs: `X` float32 [n, d], `s` float32 [n, k] (+1 positive, −1 negative, 0 does not count: padding, unknown label), `W` float32 [k, d],
 * `b` float32 [k]. Outputs as for the softmax graph. With t = −s·z the loss is softplus(t) = max(t, 0) + log1p(exp(−|t|)) and its
 * derivative exp(min(t, 0)) / (1 + exp(−|t|)); neither overflows nor loses the digits of a small loss.
 */
export function logisticLossGraph(dim: number, columns = 1): Uint8Array<ArrayBuffer> {
  const g = createGraph();
  const X = g.input('X', 'float32', ['n', dim]);
  const s = g.input('s', 'float32', ['n', columns]);
  const W = g.input('W', 'float32', [columns, dim]);
  const b = g.input('b', 'float32', [columns]);

  const z = g.node('Gemm', [X, W, b], { transB: { int: 1 } });
  const t = g.node('Neg', [g.node('Mul', [s, z])]);
  const small = g.node('Exp', [g.node('Neg', [g.node('Abs', [t])])]);
  const softplus = g.node('Add', [g.node('Relu', [t]), log1p(g, small)]);
  const counted = g.node('Mul', [softplus, g.node('Abs', [s])]);
  const axis = g.constant(BigInt64Array.of(1n), [1]);
  g.node('ReduceSum', [counted, axis], { keepdims: { int: 0 } }, 'loss');

  const numerator = g.node('Exp', [g.node('Neg', [g.node('Relu', [g.node('Neg', [t])])])]);
  const slope = g.node('Div', [numerator, g.node('Add', [small, scalar(g, 1)])]);
  gradient(g, g.node('Neg', [g.node('Mul', [s, slope])]), X);
  return finish(g, 'logistic-loss', dim, columns);
}

/** gW = residualᵀ X and gb = Σ residual. */
function gradient(g: GraphBuilder, residual: string, X: string): void {
  g.node('Gemm', [residual, X], { transA: { int: 1 } }, 'gW');
  g.node('ReduceSum', [residual, g.constant(BigInt64Array.of(0n), [1])], { keepdims: { int: 0 } }, 'gb');
}

function finish(g: GraphBuilder, name: string, dim: number, k: number): Uint8Array<ArrayBuffer> {
  g.output('loss', 'float32', ['n']);
  g.output('gW', 'float32', [k, dim]);
  g.output('gb', 'float32', [k]);
  return g.model(name);
}

const scalar = (g: GraphBuilder, value: number): string => g.constant(Float32Array.of(value), []);

/**
 * log(1 + u) for u ≥ 0, exact to a few float32 digits also where 1 + u rounds to 1. Below a quarter: 2·artanh(u / (2 + u)) by four terms of its
 * series, whose next term is under 3e-9 of the value there.
 */
function log1p(g: GraphBuilder, u: string): string {
  const q = g.node('Div', [u, g.node('Add', [u, scalar(g, 2)])]);
  const q2 = g.node('Mul', [q, q]);
  let series = scalar(g, 1 / 7);
  for (const term of [1 / 5, 1 / 3, 1]) series = g.node('Add', [g.node('Mul', [series, q2]), scalar(g, term)]);
  const near = g.node('Mul', [g.node('Mul', [q, series]), scalar(g, 2)]);
  const far = g.node('Log', [g.node('Add', [u, scalar(g, 1)])]);
  return g.node('Where', [g.node('Less', [u, scalar(g, 0.25)]), near, far]);
}
