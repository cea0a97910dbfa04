// Words and small decisions of the learn screen.
import { expect, test } from 'vitest';
import {
  chosenC,
  confusions,
  duration,
  judgedSplit,
  leftOut,
  ordered,
  percent,
  plusMinus,
  shortC,
  splitOrder,
  trainedOn,
} from '../../../src/app/learn/words.ts';
import type { Evaluation, SplitEvaluation } from '../../../src/learn/types.ts';

const metrics = (outOfFold: boolean, change: Partial<SplitEvaluation> = {}): SplitEvaluation => ({
  n: 10,
  top1_acc_micro: 0.8,
  interval: [0.7, 0.9],
  f1_macro: 0.8,
  precision_macro: 0.8,
  recall_macro: 0.8,
  perClass: [],
  confusion: [],
  outOfFold,
  ...change,
});
const evaluation: Evaluation = {
  backbone: 'vitrine-mini',
  embeddingKey: 'k',
  classes: ['boat', 'fish', 'hat'],
  C: 0.031623,
  iterations: 12,
  objective: 1,
  path: [0.01, 0.03, 0.1].map((C) => ({ C, objective: 1, iterations: 4, score: 0.9, loss: 0.3 })),
  splits: { test: metrics(false), train: metrics(true), validation: metrics(false) },
  trainedOn: { split: 'train', samples: 259, leftOut: [] },
  judgedBy: 'validation',
  seconds: 1.4,
  device: 'CPU, 1 thread',
  at: 0,
};

test('shares and intervals are percentages that no line break takes apart', () => {
  expect(percent(0.8624)).toBe('86.2\u00a0%');
  expect(plusMinus([0.825, 0.899])).toBe('± 3.7');
});

test('the split that chose C is shown first, then one that was not trained on', () => {
  expect(judgedSplit(evaluation)).toBe('validation');
  expect(
    judgedSplit({ ...evaluation, judgedBy: 'folds', splits: { train: metrics(true), test: metrics(false) } }),
  ).toBe('test');
  expect(judgedSplit({ ...evaluation, judgedBy: 'folds', splits: { train: metrics(true) } })).toBe('train');
  expect(judgedSplit({ ...evaluation, splits: {} })).toBe('');
});

test('splits stand in their usual order, others after them as they come', () => {
  expect(splitOrder(['test', 'fold-b', 'validation', 'fold-a', 'train'])).toEqual([
    'train',
    'validation',
    'test',
    'fold-b',
    'fold-a',
  ]);
});

test('how C was found is one phrase', () => {
  expect(shortC(0.031623)).toBe('0.032');
  expect(shortC(100)).toBe('100');
  expect(chosenC(evaluation)).toBe('best of 3 on validation');
  expect(chosenC({ ...evaluation, judgedBy: 'folds', folds: 4 })).toBe('best of 3 on 4 folds');
  expect(chosenC({ ...evaluation, judgedBy: 'given' })).toBe('as chosen');
  expect(chosenC({ ...evaluation, judgedBy: 'default' })).toBe('nothing to choose it by');
});

test('what was trained on and what was left out are said with their reasons', () => {
  expect(trainedOn(evaluation)).toBe('259 pictures of train');
  expect(trainedOn({ ...evaluation, trainedOn: { split: null, samples: 1, leftOut: [] } })).toBe('1 picture');
  expect(leftOut(evaluation)).toBe('');
  const parts = [
    { reason: 'without a label', count: 1200 },
    { reason: 'excluded', count: 3 },
  ];
  expect(leftOut({ ...evaluation, trainedOn: { split: null, samples: 1, leftOut: parts } })).toBe(
    '1,200 without a label; 3 excluded',
  );
});

test('a training time carries over into minutes', () => {
  expect(duration(1.44)).toBe('1.4 s');
  expect(duration(59.97)).toBe('1 min 0 s');
  expect(duration(119.7)).toBe('2 min 0 s');
  expect(duration(130)).toBe('2 min 10 s');
});

test('classes sort by a number with the worst first, and stay in their own order otherwise', () => {
  const perClass = [0.9, 0.2, 0.5].map((f1, i) => ({
    name: `c${i}`,
    precision: f1,
    recall: 1 - f1,
    f1,
    support: 3 - i,
    predicted: 1,
  }));
  const names = (order: Parameters<typeof ordered>[1]) =>
    ordered(metrics(false, { perClass }), order).map((row) => row.name);
  expect(names('class')).toEqual(['c0', 'c1', 'c2']);
  expect(names('f1')).toEqual(['c1', 'c2', 'c0']);
  expect(names('recall')).toEqual(['c0', 'c2', 'c1']);
  expect(names('support')).toEqual(['c2', 'c1', 'c0']);
  expect(perClass.map((row) => row.name)).toEqual(['c0', 'c1', 'c2']);
});

test('confusions are the cells beside the diagonal, the most frequent first', () => {
  const confusion = [
    [9, 1, 0],
    [4, 9, 2],
    [0, 0, 9],
  ];
  const found = confusions(metrics(false, { confusion }), evaluation.classes, 2);
  expect(found).toEqual([
    { label: 'fish', predicted: 'boat', count: 4 },
    { label: 'fish', predicted: 'hat', count: 2 },
  ]);
});
