// Judges the metrics by LightlyTrain's values: every one that both report.
import { decisionMetrics, labelMetrics } from '../../../src/learn/label-metrics.ts';
import { evaluateSplit } from '../../../src/learn/metrics.ts';
import { answersOf, describeLogits, emptyPredictions } from '../../../src/learn/predict.ts';
import { type ConformanceCase, failed, type Outcome, passed } from '../types.ts';

interface MetricsOptions {
  classification_task: 'multiclass' | 'multilabel';
  class_names: string[];
  logits: number[][] | number[][][];
  targets: number[] | number[][] | number[][][];
  batched: boolean;
  metric_args: Record<string, { threshold?: number } | boolean | null>;
}

export function judgeMetrics({ input, expect, flags }: ConformanceCase): Outcome {
  const options = input.options as unknown as MetricsOptions; // the schema of the file of cases
  const { values, tolerance } = expect as { values: Record<string, number>; tolerance: number };
  const logits = (options.batched ? options.logits.flat() : options.logits) as number[][];
  const targets = options.batched ? options.targets.flat() : options.targets;
  const ours =
    options.classification_task === 'multilabel'
      ? multilabel(options.class_names, logits, targets as number[][])
      : multiclass(options.class_names, logits, targets as number[]);
  let compared = 0;
  for (const [name, value] of Object.entries(values)) {
    const short = name.replace(/^val_metric(_classwise)?\//, '');
    const own = ours.get(short);
    // thresholds other than one half are not offered
    const metric = options.metric_args[short.replace(/_.*$/, '')];
    if (own === undefined || (metric instanceof Object && metric.threshold !== undefined)) continue;
    compared++;
    const differs = Math.abs(own - value) > tolerance;
    // all logits within 0 … 1 are taken for probabilities there; here logits are logits
    if (differs && !(flags.includes('peer_bug') && inUnit(logits)))
      return failed(`${name} is ${own} instead of ${value}`);
  }
  if (
    'val_metric/top5_acc_micro' in values !== ours.has('top5_acc_micro') &&
    options.classification_task === 'multiclass'
  )
    return failed('top5_acc_micro is to be reported from five classes on');
  return compared > 0 ? passed : failed('no metric was compared');
}

const inUnit = (logits: number[][]): boolean => logits.flat().every((logit) => logit >= 0 && logit <= 1);

function multiclass(classes: string[], logits: number[][], targets: number[]): Map<string, number> {
  const said = emptyPredictions(targets.length);
  const own = Int32Array.from(targets);
  describeLogits(Float32Array.from(logits.flat()), own, said, 0);
  const metrics = evaluateSplit(classes, own, said.predicted, said.labelInTop5, false);
  return new Map([
    ['top1_acc_micro', metrics.top1_acc_micro],
    ...(metrics.top5_acc_micro === undefined ? [] : [['top5_acc_micro', metrics.top5_acc_micro] as const]),
    ['f1_macro', metrics.f1_macro],
    ['precision_macro', metrics.precision_macro],
    ['recall_macro', metrics.recall_macro],
    ...metrics.perClass.flatMap(({ name, f1, precision, recall }): [string, number][] => [
      [`f1_${name}`, f1],
      [`precision_${name}`, precision],
      [`recall_${name}`, recall],
    ]),
  ]);
}

function multilabel(classes: string[], logits: number[][], targets: number[][]): Map<string, number> {
  const decisions = classes.map((name, k) => ({
    name,
    targets: Uint8Array.from(targets, (row) => row[k] ?? 0),
    probabilities: answersOf(Float32Array.from(logits, (row) => row[k] ?? 0)),
  }));
  return new Map<string, number>([
    ...Object.entries(labelMetrics(decisions)),
    ...decisions.map(decisionMetrics).map(({ name, f1 }): [string, number] => [`f1_${name}`, f1]),
  ]);
}
