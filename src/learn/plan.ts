// Decides, before anything is computed, what trains, what judges, what is held out and what is left out.
import { VitrineError } from '../shared/errors.ts';
import { stratifiedFolds, stratifiedSubsample } from './folds.ts';
import { pick, positionsWhere } from './rows.ts';
import type { Judge, TrainingPlan, TrainingSamples, TrainOptions } from './types.ts';

/** Split names that mean the same, in the order in which they are looked for. */
const trainNames = ['train', 'training'];
const validationNames = ['validation', 'valid', 'val', 'dev'];
const testNames = ['test', 'testing'];

const defaultFolds = 5;
/** Draws of folds and subsamples repeat: the same labels give the same probe. */
const seed = 1;

/**
 * Plans a training run.
 *
 * Trained on: `trainSplit`; without it the train split where there is one; else every labelled sample that is in neither a validation nor a
 * test split. C is chosen on `validationSplit`, without it on the validation split, else on stratified folds; with neither it is 1. A
 * class with one sample is trained on by every fold but never held out, so no held-out probe judges it (`unjudged`). Samples whose class has no
 * training sample cannot be predicted and are left out of the judging.
 * Throws `no-data` (no label, one class), `not-found` (a split that does not exist), `bad-input` (C, folds or subsample out of range).
 */
export function planTraining(samples: TrainingSamples, options: TrainOptions): TrainingPlan {
  checkNumbers(options);
  const leftOut = new Map<string, number>();
  const leave = (reason: string, count = 1): void => {
    leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
  };

  const usable = usableLabels(samples, options.ignoreClasses ?? [], leave);
  const split = trainSplitOf(samples, options.trainSplit);
  const judging = judgingSplitOf(samples, options.validationSplit, split);
  const isTrained = trainedSplits(samples.splits, split, judging);

  let train = positionsWhere(usable.length, (row) => (usable[row] ?? -1) >= 0 && isTrained(samples.split[row] ?? -1));
  const { classes, targets } = numberClasses(samples, usable, train);
  refuseTooFew(samples, usable, classes, split);
  if (options.subsample !== undefined) {
    const all = train;
    const drawn = stratifiedSubsample(pick(targets, all), classes.length, options.subsample, seed);
    train = drawn.map((at) => all[at] ?? 0);
    if (train.length < all.length) leave('not drawn into the subsample', all.length - train.length);
  }

  const heldOut = heldOutRows(samples, targets, isTrained);
  usable.forEach((label, row) => {
    if (label >= 0 && (targets[row] ?? -1) < 0) leave('class has no training sample');
    else if (label >= 0 && samples.split[row] === -1 && !isTrained(-1)) leave('in no split');
  });
  for (const { split: name, rows } of heldOut) leave(`in split ${name}, held out`, rows.length);

  const wanted = options.folds ?? defaultFolds;
  const trained = pick(targets, train);
  const { folds, foldOf } = stratifiedFolds(trained, classes.length, wanted, seed);
  const judge = judgeOf(
    options,
    heldOut.find((h) => h.split === judging),
    folds,
  );
  return {
    classes,
    targets,
    train,
    split,
    judge,
    folds,
    foldOf,
    // the split that chose C flatters the probe: it comes last
    heldOut: heldOut.sort((a, b) => Number(a.split === judging) - Number(b.split === judging)),
    unjudged: singletons(trained, classes.length).map((c) => classes[c]?.name ?? ''),
    leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })),
  };
}

function checkNumbers({ C, folds, subsample, tolerance, maxIterations }: TrainOptions): void {
  const refuse = (what: string): never => {
    throw new VitrineError('bad-input', `${what} Correct it and train again.`);
  };
  if (typeof C === 'number' && !(C > 0 && Number.isFinite(C))) refuse(`C has to be a positive number, not ${C}.`);
  if (folds !== undefined && !(Number.isInteger(folds) && folds >= 0 && folds !== 1 && folds <= 50))
    refuse(`Folds have to be 0 or a whole number from 2 to 50, not ${folds}.`);
  if (subsample !== undefined && !(subsample >= 2))
    refuse(`A subsample has to be 2 pictures or more, not ${subsample}.`);
  if (tolerance !== undefined && !(tolerance > 0))
    refuse(`The tolerance has to be a positive number, not ${tolerance}.`);
  if (maxIterations !== undefined && !(maxIterations >= 1))
    refuse(`The number of iterations has to be 1 or more, not ${maxIterations}.`);
}

/** [rows]: the class id of each row that may take part, −1 for the others, which are counted by reason. */
function usableLabels(
  { labels, excluded, classes }: TrainingSamples,
  ignoreClasses: string[],
  leave: (reason: string) => void,
): Int32Array {
  const ignored = new Set(classes.filter((c) => ignoreClasses.includes(c.name)).map((c) => c.id));
  return labels.map((label, row) => {
    if (excluded[row]) leave('excluded');
    else if (label < 0) leave('no label, or more than one');
    else if (ignored.has(label)) leave('ignored class');
    else return label;
    return -1;
  });
}

function trainSplitOf({ splits }: TrainingSamples, wanted: string | undefined): string | null {
  if (wanted !== undefined) return existing(splits, wanted);
  return trainNames.find((name) => splits.includes(name)) ?? null;
}

function judgingSplitOf({ splits }: TrainingSamples, wanted: string | undefined, train: string | null): string | null {
  if (wanted === undefined) return validationNames.find((name) => splits.includes(name) && name !== train) ?? null;
  if (wanted === train)
    throw new VitrineError(
      'bad-input',
      `The split ${wanted} cannot both train and judge. Choose another validation split.`,
    );
  return existing(splits, wanted);
}

function existing(splits: string[], name: string): string {
  if (splits.includes(name)) return name;
  const known = splits.length > 0 ? `The splits are ${splits.join(', ')}.` : 'This dataset has no splits.';
  throw new VitrineError('not-found', `There is no split named ${name}. ${known}`);
}

/** Whether rows of a split (by index, −1: none) are trained on. */
function trainedSplits(splits: string[], split: string | null, judging: string | null): (index: number) => boolean {
  if (split !== null) return (index) => splits[index] === split;
  const kept = [...validationNames, ...testNames, judging];
  return (index) => {
    const name = splits[index];
    return name === undefined || !kept.includes(name);
  };
}

/** Numbers the classes that have a training sample, in the dataset's order, and every usable row by them. */
function numberClasses(
  samples: TrainingSamples,
  usable: Int32Array,
  train: Uint32Array,
): Pick<TrainingPlan, 'classes' | 'targets'> {
  const trained = new Set<number>();
  for (const row of train) trained.add(usable[row] ?? -1);
  const classes = samples.classes.filter((c) => trained.has(c.id));
  const index = new Map(classes.map((c, i) => [c.id, i]));
  return { classes, targets: usable.map((label) => index.get(label) ?? -1) };
}

function refuseTooFew(
  samples: TrainingSamples,
  usable: Int32Array,
  classes: TrainingPlan['classes'],
  split: string | null,
): void {
  if (classes.length >= 2) return;
  const where = split === null ? '' : ` in the split ${split}`;
  const only = classes[0];
  if (only)
    throw new VitrineError(
      'no-data',
      `Only one class has labelled pictures to train on${where}: ${only.name}. Label pictures of a second class, then train.`,
    );
  if (samples.labels.length === 0)
    throw new VitrineError('no-data', 'No picture has an embedding yet. Embed the pictures, then train.');
  if (split !== null && usable.some((label) => label >= 0))
    throw new VitrineError(
      'no-data',
      `No picture in the split ${split} has a label to train on. Label some, or train on another split.`,
    );
  throw new VitrineError(
    'no-data',
    'No embedded picture has a label to train on. Label pictures of two classes or more, then train.',
  );
}

/** Labelled rows outside the trained splits, grouped by split in the dataset's order; rows without a split are nobody's. */
function heldOutRows(
  samples: TrainingSamples,
  targets: Int32Array,
  isTrained: (index: number) => boolean,
): TrainingPlan['heldOut'] {
  return samples.splits.flatMap((split, index) => {
    if (isTrained(index)) return [];
    const rows = positionsWhere(targets.length, (row) => (targets[row] ?? -1) >= 0 && samples.split[row] === index);
    return rows.length > 0 ? [{ split, rows }] : [];
  });
}

function judgeOf(
  { C = 'auto', validationSplit }: TrainOptions,
  judging: TrainingPlan['heldOut'][number] | undefined,
  folds: number,
): Judge {
  if (C !== 'auto') return { by: 'given', C };
  if (judging) return { by: 'split', ...judging };
  if (validationSplit !== undefined)
    throw new VitrineError(
      'no-data',
      `No picture in the split ${validationSplit} has a label to choose C by. Label some, or choose another validation split.`,
    );
  return folds > 0 ? { by: 'folds' } : { by: 'default', C: 1 };
}

function singletons(trained: Int32Array, classes: number): number[] {
  const counts = new Uint32Array(classes);
  for (const target of trained) counts[target] = (counts[target] ?? 0) + 1;
  return [...counts.keys()].filter((c) => counts[c] === 1);
}
