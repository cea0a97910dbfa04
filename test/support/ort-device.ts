// A training device on onnxruntime-web, as small as it can be: the loss graphs over padded chunks of features in memory.
import type * as Ort from 'onnxruntime-web';
import { centreRows, chunkedEvaluator, signsOf } from '../../src/learn/solver/chunks.ts';
import { type Matrix, referenceDevice } from '../../src/learn/solver/reference.ts';
import type { ProbeDevice } from '../../src/learn/types.ts';
import { logisticLossGraph, softmaxLossGraph } from '../../src/onnx/loss-graphs.ts';

/** Runs evaluations on `ort`, in chunks of `chunk` rows of which the last is padded; scores in float64. */
export function ortDevice(
  ort: typeof Ort,
  matrix: Matrix,
  chunk: number,
  session: Ort.InferenceSession.SessionOptions = { executionProviders: ['wasm'] },
): ProbeDevice {
  const { dim } = matrix;
  return {
    ...referenceDevice(matrix),
    async evaluator({ rows, targets, classes, centre }) {
      const k = classes === 2 ? 1 : classes;
      const graph = k === 1 ? logisticLossGraph(dim) : softmaxLossGraph(dim, k);
      const model = await ort.InferenceSession.create(graph, session);
      const chunks: { X: Ort.Tensor; target: { [name: string]: Ort.Tensor } }[] = [];
      for (let from = 0; from < rows.length; from += chunk) {
        const X = new Float32Array(chunk * dim);
        rows.subarray(from, from + chunk).forEach((row, i) => {
          const x = Float64Array.from(matrix.data.subarray(row * dim, (row + 1) * dim));
          centreRows(x, centre);
          X.set(x, i * dim);
        });
        const y = new Int32Array(chunk).fill(-1);
        y.set(targets.subarray(from, from + chunk));
        const target: { [name: string]: Ort.Tensor } =
          k === 1
            ? { s: new ort.Tensor('float32', signsOf(y), [chunk, 1]) }
            : { y: new ort.Tensor('int32', y, [chunk]) };
        chunks.push({ X: new ort.Tensor('float32', X, [chunk, dim]), target });
      }
      return {
        evaluate: chunkedEvaluator(chunks.length, async (at, W, b) => {
          const part = chunks[at];
          if (!part) throw new Error(`no chunk ${at}`);
          const weights = { W: new ort.Tensor('float32', W, [k, dim]), b: new ort.Tensor('float32', b, [k]) };
          const out = await model.run({ X: part.X, ...part.target, ...weights });
          return { loss: await floats(out.loss), gW: await floats(out.gW), gb: await floats(out.gb) };
        }),
        close: () => model.release(),
      };
    },
  };
}

/** A copy of a float32 output, wherever it lies. */
export async function floats(tensor: Ort.Tensor | undefined): Promise<Float32Array> {
  const data = await tensor?.getData();
  if (!(data instanceof Float32Array)) throw new Error('not a float32 tensor');
  return data.slice();
}
