// What a stored probe says: probabilities of rows, metrics against the labels as they are now, and the probe as a file.
import { sha256Hex } from '../../backbone/card/hash.ts';
import type { EngineClient } from '../../backbone/run/host.ts';
import type { DeviceReport } from '../../backbone/types.ts';
import { probeCard } from '../../learn/card.ts';
import { evaluateSplit } from '../../learn/metrics.ts';
import { predictRows, probabilitiesOf } from '../../learn/predict.ts';
import { pick, positionsWhere } from '../../learn/rows.ts';
import type { Evaluation, ProbeDevice, SplitEvaluation } from '../../learn/types.ts';
import { opset } from '../../onnx/model.ts';
import { probeGraph, probeNames } from '../../onnx/probe-graph.ts';
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import type { VectorFile } from '../../store/vectors.ts';
import type { StoredProbe, TrainingSet } from '../session-types.ts';
import type { TrainCatalog } from './train.ts';

/** Multiplications above which scores are left to the engine: about a tenth of a second here. */
const largeScores = 1e8;

/** Rows scored at once by hand, so that an abort is seen. */
const scoredRows = 4_096;

/** Scores of rows: W·x + b on raw features, by hand for few, by the engine for many. */
export function scoringDevice(
  file: VectorFile,
  ids: Uint32Array,
  engine: () => Promise<{ calls: EngineClient; device: DeviceReport }>,
): Pick<ProbeDevice, 'dim' | 'logits'> {
  const { dim } = file;
  return {
    dim,
    async logits(rows, W, b, { signal } = {}) {
      const features = file.readRows(rows.map((row) => ids[row] ?? 0));
      if (rows.length * W.length < largeScores) return linearScores(features, W, b, dim);
      const { calls, device } = await engine();
      const { provider, threads } = device;
      await calls.probeOpen({ dim, classes: Math.max(2, b.length), provider, threads });
      throwIfAborted(signal);
      return calls.probeLogits(
        { features, W: Float32Array.from(W), b: Float32Array.from(b) },
        { transfer: [features.buffer] },
      );
    },
  };
}

/** x·Wᵀ + b in float64: [n, k] row-major. */
export function linearScores(features: Float32Array, W: Float64Array, b: Float64Array, dim: number): Float32Array {
  const k = b.length;
  const n = features.length / dim;
  const out = new Float32Array(n * k);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < k; j++) {
      let sum = b[j] ?? 0;
      for (let f = 0; f < dim; f++) sum += (W[j * dim + f] ?? 0) * (features[i * dim + f] ?? 0);
      out[i * k + j] = sum;
    }
  return out;
}

/** The stored probe. Errors: `no-data` when none was trained. */
export async function requireProbe(catalog: TrainCatalog, backbone: string | undefined): Promise<StoredProbe> {
  const probe = await catalog.storedProbe(backbone === undefined ? {} : { backbone });
  if (!probe) throw new VitrineError('no-data', 'No classifier was trained on this dataset yet. Train one first.');
  return probe;
}

/** Softmax probabilities [n, classes] row-major of the rows `ids`. */
export async function probabilities(
  probe: StoredProbe,
  ids: Uint32Array,
  device: Pick<ProbeDevice, 'logits'>,
  signal: AbortSignal,
): Promise<Float32Array> {
  const classes = probe.classes.length;
  const out = new Float32Array(ids.length * classes);
  for (let from = 0; from < ids.length; from += scoredRows) {
    throwIfAborted(signal);
    const count = Math.min(scoredRows, ids.length - from);
    const rows = Uint32Array.from({ length: count }, (_, i) => from + i);
    const logits = await device.logits(rows, probe.W, probe.b, { signal });
    out.set(probabilitiesOf(logits, count), from * classes);
  }
  return out;
}

/** Name of the rows that were asked for one by one, in `Evaluation.splits`. */
const selection = 'selection';
const noSplit = 'no split';

/**
 * Metrics of the stored probe on a split, on given rows, or on every split, with the labels as they are now. Rows that were trained on are judged by a
 * probe that has seen them. Errors: `no-data`, `not-found` for a split.
 */
export async function evaluateProbe(
  catalog: TrainCatalog,
  probe: StoredProbe,
  set: TrainingSet,
  device: Pick<ProbeDevice, 'dim' | 'logits'>,
  { split, ids, signal }: { split?: string; ids?: Uint32Array; signal: AbortSignal },
): Promise<Evaluation> {
  const started = performance.now();
  const stored = (await catalog.evaluations({})).find((e) => e.backbone === probe.backbone);
  if (!stored) throw new VitrineError('no-data', 'No classifier was trained on this dataset yet. Train one first.');
  const indexOf = new Map(probe.classes.map((c, i) => [c.id, i]));
  const targets = Int32Array.from(set.labels, (label) => indexOf.get(label) ?? -1);
  const judged = (passes: (row: number) => boolean): Uint32Array =>
    positionsWhere(targets.length, (row) => (targets[row] ?? -1) >= 0 && set.excluded[row] === 0 && passes(row));

  const groups = new Map<string, Uint32Array>();
  if (ids) {
    const wanted = new Set(ids);
    groups.set(
      selection,
      judged((row) => wanted.has(set.ids[row] ?? -1)),
    );
  } else if (split !== undefined) {
    const index = set.splits.indexOf(split);
    if (index < 0) throw new VitrineError('not-found', `There is no split named “${split}”.`);
    groups.set(
      split,
      judged((row) => set.split[row] === index),
    );
  } else {
    set.splits.forEach((name, index) => {
      groups.set(
        name,
        judged((row) => set.split[row] === index),
      );
    });
    groups.set(
      noSplit,
      judged((row) => set.split[row] === -1),
    );
  }
  const names = probe.classes.map((c) => c.name);
  const splits: Record<string, SplitEvaluation> = {};
  for (const [name, rows] of groups) {
    if (rows.length === 0) continue;
    const own = pick(targets, rows);
    const said = await predictRows(device, probe, rows, own, { signal });
    splits[name] = evaluateSplit(names, own, said.predicted, said.labelInTop5, false);
  }
  if (Object.keys(splits).length === 0)
    throw new VitrineError('no-data', 'None of these pictures has both a label of the classifier and an embedding.');
  return { ...stored, splits, seconds: (performance.now() - started) / 1000, at: Date.now() };
}

/** The probe as an ONNX file on embeddings, and the card that describes it. Errors: `no-data`. */
export async function exportProbe(catalog: TrainCatalog, probe: StoredProbe): Promise<{ onnx: Blob; card: Blob }> {
  const evaluation = (await catalog.evaluations({})).find((e) => e.backbone === probe.backbone);
  if (!evaluation) throw new VitrineError('no-data', 'No classifier was trained on this dataset yet. Train one first.');
  const plain = { ...probe, classes: probe.classes.map((c) => c.name) };
  const bytes = probeGraph(plain);
  const file = { path: 'probe.onnx', bytes: bytes.byteLength, sha256: await sha256Hex(bytes) };
  const card = probeCard(plain, evaluation, file, probeNames, opset);
  return {
    onnx: new Blob([bytes], { type: 'application/octet-stream' }),
    card: new Blob([`${JSON.stringify(card, null, 2)}\n`], { type: 'application/json' }),
  };
}
