// Training a probe on stored embeddings: plan with an honest time, train on the chosen device, store probe, predictions and evaluation.
import type { EngineClient } from '../../backbone/run/host.ts';
import type { Card, DeviceReport } from '../../backbone/types.ts';
import { planSeveral, trainSeveral } from '../../learn/one-vs-rest.ts';
import { estimateCost } from '../../learn/path.ts';
import { planTraining } from '../../learn/plan.ts';
import { chunkRows } from '../../learn/solver/chunks.ts';
import { trainProbe } from '../../learn/train.ts';
import type { Evaluation, TrainingPlan, TrainingResult, TrainOptions } from '../../learn/types.ts';
import type { JobOptions } from '../../shared/progress.ts';
import type { VectorFile } from '../../store/vectors.ts';
import type { PredictionCommit, StoredProbe, TrainingSet } from '../session-types.ts';
import { openProbeDevice, type ProbeDeviceParts } from './probe-device.ts';
import type { TrainPlan } from './types.ts';

/** The catalog's side of training: see `CatalogCalls`. */
export interface TrainCatalog {
  trainingSet(args: { key: string }): Promise<TrainingSet>;
  commitPredictions(args: PredictionCommit & { dataset: string }): Promise<void>;
  storedProbe(args: { backbone?: string }): Promise<StoredProbe | null>;
  evaluations(args: Record<string, never>): Promise<Evaluation[]>;
}

export interface TrainParts {
  catalog: TrainCatalog;
  card: Card;
  key: string;
  device: DeviceReport;
  engine: EngineClient;
  withVectors<T>(dataset: string, key: string, dim: number, work: (file: VectorFile) => Promise<T>): Promise<T>;
}

/** A run that is expected to be longer is offered a subsample. */
const longSeconds = 120;
/** What the offered subsample should take. */
const subsampleSeconds = 50;
/** Rows that the one timed evaluation uses at most. */
const timedRows = 20_000;

/**
 * What training would do, and how long it would take, from one timed evaluation on the device. Errors: `no-data` (no embeddings, no label, one
 * class), `not-found` (a split), `bad-input` (an option).
 */
export async function planTrainingTime(parts: TrainParts, options: TrainOptions): Promise<TrainPlan> {
  const set = await parts.catalog.trainingSet({ key: parts.key });
  if (set.several) return planSeveralTime(parts, set, options);
  const plan = planTraining(set, options);
  const cost = estimateCost(plan);
  const rowsPerSecond = await measure(parts, set, plan);
  // a prediction is a third of an evaluation: one product instead of three passes over the features
  const seconds = (cost.rowEvaluations + cost.rowPredictions / 3) / rowsPerSecond;
  const { judge } = plan;
  const answer: TrainPlan = {
    samples: plan.train.length,
    classes: plan.classes.length,
    split: plan.split,
    judgedBy: judge.by === 'split' ? judge.split : judge.by,
    leftOut: plan.leftOut,
    seconds,
  };
  if (seconds > longSeconds) {
    const some = Math.floor((plan.train.length * subsampleSeconds) / seconds);
    answer.subsample = Math.max(some, 20 * plan.classes.length);
  }
  return answer;
}

/** The same where each class is trained by itself: the time of one class, measured, for all of them. */
async function planSeveralTime(parts: TrainParts, set: TrainingSet, options: TrainOptions): Promise<TrainPlan> {
  const { classes, leftOut } = planSeveral(set, options);
  const largest = classes.reduce((a, b) => (b.plan.train.length > a.plan.train.length ? b : a));
  const rowsPerSecond = await measure(parts, set, largest.plan);
  const seconds = classes.reduce((sum, { plan }) => {
    const cost = estimateCost(plan);
    return sum + (cost.rowEvaluations + cost.rowPredictions / 3) / rowsPerSecond;
  }, 0);
  const { judge } = largest.plan;
  return {
    samples: largest.plan.train.length,
    classes: classes.length,
    split: largest.plan.split,
    judgedBy: judge.by === 'split' ? judge.split : judge.by,
    leftOut,
    seconds,
  };
}

/** Trains, stores everything with the dataset and gives the evaluation. Errors: as the plan, `device-lost`, `aborted`, `read-only`. */
export async function train(parts: TrainParts, options: TrainOptions & JobOptions): Promise<Evaluation> {
  const { catalog, card, key, device } = parts;
  const { signal, onProgress } = options;
  const started = performance.now();
  const set = await catalog.trainingSet({ key });
  const { classes, result } = await fitAll(parts, set, options, {
    ...(options.tolerance === undefined ? {} : { tolerance: options.tolerance }),
    ...(options.maxIterations === undefined ? {} : { maxIterations: options.maxIterations }),
    ...(signal ? { signal } : {}),
    onProgress: (progress) => onProgress?.({ ...progress, device: device.title }),
  });
  const { probe, evaluation, predictions } = result;
  const whole: Evaluation = {
    ...evaluation,
    backbone: card.name,
    embeddingKey: key,
    seconds: (performance.now() - started) / 1000,
    device: device.title,
    at: Date.now(),
  };
  const idOf = classes.map((c) => c.id);
  await catalog.commitPredictions({
    dataset: set.dataset,
    ids: set.ids,
    predicted: predictions.predicted.map((index) => idOf[index] ?? -1),
    confidence: predictions.confidence,
    margin: predictions.margin,
    entropy: predictions.entropy,
    labelConfidence: predictions.labelConfidence,
    evaluation: whole,
    probe: {
      backbone: card.name,
      embeddingKey: key,
      classes,
      dim: probe.dim,
      C: probe.C,
      W: probe.W,
      b: probe.b,
      ...(probe.answers ? { answers: probe.answers } : {}),
    },
  });
  return whole;
}

/** One probe over all classes, or one question a class where pictures may have several labels. */
async function fitAll(
  parts: TrainParts,
  set: TrainingSet,
  options: TrainOptions,
  job: Parameters<typeof trainProbe>[2],
): Promise<{ classes: { id: number; name: string }[]; result: TrainingResult }> {
  if (set.several) {
    const several = planSeveral(set, options);
    const result = await trainSeveral(several, set.ids.length, (plan, work) => withDevice(parts, set, plan, work), job);
    return { classes: several.classes.map(({ id, name }) => ({ id, name })), result };
  }
  const plan = planTraining(set, options);
  const result = await withDevice(parts, set, plan, (probeDevice) => trainProbe(plan, probeDevice, job));
  return { classes: plan.classes, result };
}

async function withDevice<T>(
  { engine, device, key, card, withVectors }: TrainParts,
  set: TrainingSet,
  plan: Pick<TrainingPlan, 'train' | 'classes'>,
  work: (device: Awaited<ReturnType<typeof openProbeDevice>>) => Promise<T>,
): Promise<T> {
  return withVectors(set.dataset, key, card.outputs.embedding.dim, async (file) => {
    const parts: ProbeDeviceParts = {
      engine,
      provider: device.provider,
      threads: device.threads,
      file,
      ids: set.ids,
      train: plan.train,
      classes: plan.classes.length,
    };
    const probeDevice = await openProbeDevice(parts);
    try {
      return await work(probeDevice);
    } finally {
      await probeDevice.close();
    }
  });
}

/** Rows a second of loss and gradient, from one evaluation after one that warms up. */
async function measure(parts: TrainParts, set: TrainingSet, plan: TrainingPlan): Promise<number> {
  const { dim } = parts.card.outputs.embedding;
  const classes = plan.classes.length;
  const train = plan.train.subarray(0, Math.min(timedRows, chunkRows(dim, classes)));
  return withDevice(parts, set, { train, classes: plan.classes }, async (device) => {
    const targets = Int32Array.from(train, (row) => plan.targets[row] ?? 0);
    const { evaluate, close } = await device.evaluator({
      rows: train,
      targets,
      classes,
      centre: new Float64Array(dim),
    });
    const k = classes > 2 ? classes : 1;
    const [W, b] = [new Float64Array(k * dim), new Float64Array(k)];
    await evaluate(W, b); // compiles shaders, fills caches
    const from = performance.now();
    await evaluate(W, b);
    const seconds = (performance.now() - from) / 1000;
    await close();
    return train.length / Math.max(seconds, 1e-4);
  });
}
