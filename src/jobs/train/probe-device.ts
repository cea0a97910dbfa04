// The device that training runs on: features from the vector file, loss, gradient and scores from the engine worker, chunk by chunk.
import type { EngineClient } from '../../backbone/run/host.ts';
import type { Provider } from '../../backbone/types.ts';
import { type ChunkResult, centreRows, chunkedEvaluator, chunkRows, signsOf } from '../../learn/solver/chunks.ts';
import type { ProbeDevice } from '../../learn/types.ts';
import { VitrineError } from '../../shared/errors.ts';
import type { VectorFile } from '../../store/vectors.ts';

/** Features that stay in the engine between evaluations; beyond it chunks are read again each time. Page and worker stay under 2 GB. */
const defaultResidentBytes = 768 * 2 ** 20;

export interface ProbeDeviceParts {
  engine: EngineClient;
  provider: Provider;
  threads: number;
  file: VectorFile;
  /** Row ids of all samples; the device's rows are positions in it. */
  ids: Uint32Array;
  /** Positions that evaluators may sum over, ascending: what trains. */
  train: Uint32Array;
  classes: number;
  /** Bytes of features that may stay in the engine; tests make them none. */
  residentBytes?: number;
}

/** A device for one training run. `close` frees the engine's tensors. Errors of its calls: those of the engine and of reading vectors. */
export async function openProbeDevice(parts: ProbeDeviceParts): Promise<ProbeDevice & { close(): Promise<void> }> {
  const { engine, provider, threads, file, ids, train, classes, residentBytes = defaultResidentBytes } = parts;
  const { dim } = file;
  const size = chunkRows(dim, classes);
  const chunks = Math.ceil(train.length / size);
  const { graph } = await engine.probeOpen({ dim, classes, provider, threads });
  const resident = new Set<number>();
  let centreOf: Float64Array | undefined;
  let evaluators = 0;

  const read = (rows: Uint32Array): Float32Array<ArrayBuffer> => file.readRows(rows.map((row) => ids[row] ?? 0));
  const rowsOf = (chunk: number): Uint32Array => train.subarray(chunk * size, (chunk + 1) * size);

  function centred(chunk: number, centre: Float64Array): Float32Array<ArrayBuffer> {
    const features = read(rowsOf(chunk));
    centreRows(features, centre);
    return features;
  }

  /** Features of the training rows, once for all evaluators; the first chunks stay as far as there is room. */
  async function keepFeatures(centre: Float64Array): Promise<void> {
    if (centreOf === centre) return;
    centreOf = centre;
    resident.clear();
    for (let chunk = 0; chunk < chunks && (chunk + 1) * size * dim * 4 <= residentBytes; chunk++) {
      const features = centred(chunk, centre);
      await engine.probeFeatures({ chunk, features, dim }, { transfer: [features.buffer] });
      resident.add(chunk);
    }
  }

  return {
    dim,
    features: async (rows) => read(rows),
    async evaluator({ rows, targets, classes: wanted, centre }, { signal } = {}) {
      if (wanted !== classes)
        throw new VitrineError('internal', 'The device was opened for another number of classes.');
      await keepFeatures(centre);
      const evaluator = evaluators++;
      const byRow = spread(rows, targets, train);
      const counts: boolean[] = [];
      for (let chunk = 0; chunk < chunks; chunk++) {
        const own = byRow.slice(chunk * size, (chunk + 1) * size);
        counts.push(own.some((target) => target >= 0));
        const sent = classes > 2 ? own : new Float32Array(signsOf(own));
        await engine.probeTargets(
          { evaluator, chunk, targets: sent, graph },
          { ...(signal ? { signal } : {}), transfer: [sent.buffer] },
        );
      }
      const k = classes > 2 ? classes : 1;
      const nothing: ChunkResult = {
        loss: new Float32Array(0),
        gW: new Float32Array(k * dim),
        gb: new Float32Array(k),
      };
      return {
        // weights are copied, not moved: the same ones go to every chunk
        evaluate: chunkedEvaluator(chunks, async (chunk, W, b) => {
          if (!counts[chunk]) return nothing;
          const weights = { W: new Float32Array(W), b: new Float32Array(b) };
          if (resident.has(chunk)) return engine.probeRun({ evaluator, chunk, ...weights });
          const features = centred(chunk, centre);
          return engine.probeRun({ evaluator, chunk, ...weights, features }, { transfer: [features.buffer] });
        }),
        close: () => engine.probeClose({ evaluator }),
      };
    },
    async logits(rows, W, b, { signal } = {}) {
      const features = read(rows);
      return engine.probeLogits(
        { features, W: Float32Array.from(W), b: Float32Array.from(b) },
        { ...(signal ? { signal } : {}), transfer: [features.buffer] },
      );
    },
    close: () => engine.probeClose({}),
  };
}

/** Targets of `rows` at their places among `train`; −1 elsewhere. Both lists ascend. */
function spread(rows: Uint32Array, targets: Int32Array, train: Uint32Array): Int32Array<ArrayBuffer> {
  const out = new Int32Array(train.length).fill(-1);
  let at = 0;
  rows.forEach((row, i) => {
    while (at < train.length && (train[at] ?? 0) < row) at++;
    if (train[at] !== row) throw new VitrineError('internal', 'An evaluator was asked for a row that does not train.');
    out[at] = targets[i] ?? -1;
  });
  return out;
}
