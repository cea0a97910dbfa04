// The trained probe as an ONNX file: embeddings in, logits and probabilities out.
import { createGraph } from './model.ts';

/** Weights of a linear probe on raw embeddings. */
export interface ProbeWeights {
  classes: readonly string[];
  dim: number;
  /** [k, dim] row-major; k = 1 for two classes (it scores the second one), else the number of classes. */
  W: Float64Array;
  /** [k] */
  b: Float64Array;
  /** Each class is a question of its own: probabilities are sigmoids, and k is the number of classes. */
  answers?: 'several';
}

/** Names of the values in the exported graph; the card repeats them. */
export const probeNames = { input: 'embedding', logits: 'logits', probabilities: 'probabilities' } as const;

/**
 * Input `embedding` float32 [N, dim]; outputs `logits` and `probabilities` float32 [N, classes], N free. The logistic vector of two classes is
 * written as two rows, the first of them zero: softmax over (0, z) is (1 − σ(z), σ(z)), so a reader needs no second case. The class names,
 * in the order of the outputs, stand in the model's property `classes` as a JSON list, so that the file explains itself without its card.
 */
export function probeGraph({ classes, dim, W, b, answers }: ProbeWeights): Uint8Array<ArrayBuffer> {
  const k = classes.length;
  const weights = new Float32Array(k * dim);
  const intercepts = new Float32Array(k);
  const zeroRows = k - b.length;
  weights.set(W, zeroRows * dim);
  intercepts.set(b, zeroRows);

  const g = createGraph();
  const x = g.input(probeNames.input, 'float32', ['N', dim]);
  const constants = [g.constant(weights, [k, dim]), g.constant(intercepts, [k])];
  const logits = g.node('Gemm', [x, ...constants], { transB: { int: 1 } }, probeNames.logits);
  if (answers === 'several') g.node('Sigmoid', [logits], {}, probeNames.probabilities);
  else g.node('Softmax', [logits], { axis: { int: 1 } }, probeNames.probabilities);
  g.output(probeNames.logits, 'float32', ['N', k]);
  g.output(probeNames.probabilities, 'float32', ['N', k]);
  return g.model('probe', { classes: JSON.stringify(classes) });
}
