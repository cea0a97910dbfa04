// What a stored probe says: probabilities of rows, metrics against the labels as they are now, and the probe as a file.
import { sha256Hex } from '../../backbone/card/hash.ts';
import type { EngineClient } from '../../backbone/run/host.ts';
import type { DeviceReport } from '../../backbone/types.ts';
import { probeCard } from '../../learn/card.ts';
import { evaluateSplit } from '../../learn/metrics.ts';
import { answerOf, evaluateLabels } from '../../learn/one-vs-rest.ts';
import { answersOf, predictRows, probabilitiesOf } from '../../learn/predict.ts';
import { pick, positionsWhere } from '../../learn/rows.ts';
import type { Evaluation, Probe, ProbeDevice, SplitEvaluation } from '../../learn/types.ts';
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

/** Probabilities [n, classes] row-major of the rows `ids`: softmax, or one answer a class. */
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
    out.set(probe.answers === 'several' ? answersOf(logits) : probabilitiesOf(logits, count), from * classes);
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
  if (probe.answers === 'several') {
    const splits = await evaluateSeveral(probe, set, device, { split, ids, signal });
    return { ...stored, splits, seconds: (performance.now() - started) / 1000, at: Date.now() };
  }
  const indexOf = new Map(probe.classes.map((c, i) => [c.id, i]));
  const targets = Int32Array.from(set.labels, (label) => indexOf.get(label) ?? -1);
  const judged = (passes: (row: number) => boolean): Uint32Array =>
    positionsWhere(targets.length, (row) => (targets[row] ?? -1) >= 0 && set.excluded[row] === 0 && passes(row));

  const groups = groupRows(set, judged, { split, ids });
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

/** Rows to be judged by name: those asked for, those of one split, or each split by itself. Errors: `not-found` for a split. */
function groupRows(
  set: TrainingSet,
  judged: (passes: (row: number) => boolean) => Uint32Array,
  { split, ids }: { split: string | undefined; ids: Uint32Array | undefined },
): Map<string, Uint32Array> {
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
  return groups;
}

/** Metrics of a probe with one answer a class, over the answers that are known now. */
async function evaluateSeveral(
  probe: StoredProbe,
  set: TrainingSet,
  device: Pick<ProbeDevice, 'logits'>,
  { split, ids, signal }: { split: string | undefined; ids: Uint32Array | undefined; signal: AbortSignal },
): Promise<Record<string, SplitEvaluation>> {
  const { several } = set;
  const judged = (passes: (row: number) => boolean): Uint32Array =>
    positionsWhere(set.ids.length, (row) => (several?.codes[row] ?? -1) >= 0 && set.excluded[row] === 0 && passes(row));
  const splits: Record<string, SplitEvaluation> = {};
  for (const [name, rows] of groupRows(set, judged, { split, ids })) {
    if (rows.length === 0) continue;
    const k = probe.classes.length;
    const said = new Float32Array(rows.length * k);
    for (let from = 0; from < rows.length; from += scoredRows) {
      throwIfAborted(signal);
      const part = rows.subarray(from, from + scoredRows);
      said.set(answersOf(await device.logits(part, probe.W, probe.b, { signal })), from * k);
    }
    const decisions = probe.classes.map(({ id, name: title }, c) => {
      const answers = Array.from(rows, (row) => (several ? answerOf(several, several.codes[row] ?? -1, id) : -1));
      const at = positionsWhere(rows.length, (i) => (answers[i] ?? -1) >= 0);
      return {
        name: title,
        targets: Uint8Array.from(at, (i) => answers[i] ?? 0),
        probabilities: Float32Array.from(at, (i) => said[i * k + c] ?? 0),
      };
    });
    splits[name] = evaluateLabels(decisions, rows.length, false);
  }
  if (Object.keys(splits).length === 0)
    throw new VitrineError('no-data', 'None of these pictures has both a label of the classifier and an embedding.');
  return splits;
}

/** The probe as an ONNX file on embeddings, and the card that describes it. Errors: `no-data`. */
export async function exportProbe(catalog: TrainCatalog, probe: StoredProbe): Promise<{ onnx: Blob; card: Blob }> {
  const evaluation = (await catalog.evaluations({})).find((e) => e.backbone === probe.backbone);
  if (!evaluation) throw new VitrineError('no-data', 'No classifier was trained on this dataset yet. Train one first.');
  const plain: Probe = { ...probe, classes: probe.classes.map((c) => c.name) };
  const bytes = probeGraph(plain);
  const file = { path: 'probe.onnx', bytes: bytes.byteLength, sha256: await sha256Hex(bytes) };
  const card = probeCard(plain, evaluation, file, probeNames, opset);
  return {
    onnx: new Blob([bytes], { type: 'application/octet-stream' }),
    card: new Blob([`${JSON.stringify(card, null, 2)}\n`], { type: 'application/json' }),
  };
}
