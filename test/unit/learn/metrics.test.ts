// Metrics, prediction statistics and label issues: LightlyTrain's own values, and laws.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankLabelIssues } from '../../../src/learn/issues.ts';
import { evaluateSplit, wilsonInterval } from '../../../src/learn/metrics.ts';
import { describeLogits, emptyPredictions, probabilitiesOf } from '../../../src/learn/predict.ts';

interface Case {
  id: string;
  area: string;
  input: {
    options: {
      classification_task: string;
      class_names: string[];
      logits: unknown[];
      targets: unknown[];
      batched: boolean;
    };
  };
  expect: { values: { [name: string]: number }; tolerance: number };
}

const conformance = fileURLToPath(new URL('../../../../shared/conformance/lightly-train.json', import.meta.url));

/** Predictions and metrics of logits, the way training makes them. */
function evaluate(classes: string[], logits: number[][], targets: number[]) {
  const said = emptyPredictions(targets.length);
  const own = Int32Array.from(targets);
  describeLogits(Float32Array.from(logits.flat()), own, said, 0);
  return { said, metrics: evaluateSplit(classes, own, said.predicted, said.labelInTop5, false) };
}

describe.skipIf(!existsSync(conformance))('LightlyTrain', () => {
  const cases: Case[] = existsSync(conformance)
    ? JSON.parse(readFileSync(conformance, 'utf8')).cases.filter(
        (c: Case) => c.area === 'metrics' && c.input.options.classification_task === 'multiclass',
      )
    : [];

  test.each(cases)('$id: every metric that both report is equal', ({ input, expect: expected }) => {
    const { class_names: classes, logits, targets, batched } = input.options;
    const { metrics } = evaluate(
      classes,
      (batched ? logits.flat() : logits) as number[][],
      (batched ? targets.flat() : targets) as number[],
    );
    const ours = new Map<string, number | undefined>([
      ['top1_acc_micro', metrics.top1_acc_micro],
      ['top5_acc_micro', metrics.top5_acc_micro],
      ['f1_macro', metrics.f1_macro],
      ['precision_macro', metrics.precision_macro],
      ['recall_macro', metrics.recall_macro],
      ...metrics.perClass.flatMap((c): [string, number][] => [
        [`f1_${c.name}`, c.f1],
        [`precision_${c.name}`, c.precision],
        [`recall_${c.name}`, c.recall],
      ]),
    ]);
    let compared = 0;
    for (const [name, value] of Object.entries(expected.values)) {
      const short = name.replace(/^val_metric(_classwise)?\//, '');
      if (!ours.has(short)) continue;
      compared++;
      expect(Math.abs((ours.get(short) ?? Number.NaN) - value), name).toBeLessThanOrEqual(expected.tolerance);
    }
    expect(compared).toBeGreaterThan(0);
    expect(metrics.top5_acc_micro !== undefined).toBe('val_metric/top5_acc_micro' in expected.values);
  });
});

describe('metrics', () => {
  test('ties go to the lower class', () => {
    const { metrics } = evaluate(
      ['a', 'b', 'c'],
      [
        [1, 1, 0],
        [0, 1, 1],
        [1, 1, 1],
      ],
      [1, 2, 2],
    );
    expect(metrics.top1_acc_micro).toBe(0);
    expect(metrics.confusion).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [1, 1, 0],
    ]);
  });

  test('a class in neither targets nor predictions does not lower the macro means', () => {
    const { metrics } = evaluate(
      ['a', 'b', 'c'],
      [
        [3, 1, 0],
        [0, 2, 1],
        [2, 1, 0],
      ],
      [0, 1, 1],
    );
    expect(metrics.precision_macro).toBeCloseTo(0.75, 12);
    expect(metrics.perClass[2]).toMatchObject({ precision: 0, recall: 0, f1: 0, support: 0, predicted: 0 });
  });

  test('top-5 appears from five classes on', () => {
    expect('top5_acc_micro' in evaluate([...'abcd'], [[1, 2, 3, 4]], [0]).metrics).toBe(false);
    const six = evaluate(
      [...'abcdef'],
      [
        [1, 2, 3, 4, 5, 6],
        [6, 5, 4, 3, 2, 1],
      ],
      [0, 4],
    ).metrics;
    expect(six.top5_acc_micro).toBe(0.5);
  });

  test('an empty split has zeros, not NaN', () => {
    const { metrics } = evaluate(['a', 'b'], [], []);
    expect(metrics).toMatchObject({ n: 0, top1_acc_micro: 0, f1_macro: 0, interval: [0, 1] });
  });

  test('the confusion matrix holds every sample once, and its diagonal is the accuracy', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 50 }), (pairs) => {
        const targets = Int32Array.from(pairs, (p) => p[0]);
        const predicted = Int32Array.from(pairs, (p) => p[1]);
        const m = evaluateSplit([...'abcdef'], targets, predicted, new Uint8Array(pairs.length), true);
        expect(m.confusion.flat().reduce((a, b) => a + b, 0)).toBe(pairs.length);
        const hits = pairs.filter(([t, p]) => t === p).length;
        expect(m.confusion.reduce((sum, row, c) => sum + (row[c] ?? 0), 0)).toBe(hits);
        expect(m.top1_acc_micro).toBeCloseTo(hits / pairs.length, 12);
        expect(m.interval[0]).toBeLessThanOrEqual(m.top1_acc_micro);
        expect(m.interval[1]).toBeGreaterThanOrEqual(m.top1_acc_micro);
        expect(m.perClass.reduce((sum, c) => sum + c.support, 0)).toBe(pairs.length);
      }),
    );
  });

  test('the interval solves its own equation: both ends lie 1.96 standard errors away', () => {
    for (const [hits, n] of [
      [1, 10],
      [272, 341],
      [99, 100],
    ] as const)
      for (const end of wilsonInterval(hits, n))
        expect(Math.abs(hits / n - end) / Math.sqrt((end * (1 - end)) / n)).toBeCloseTo(1.959964, 5);
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(10, 10)[1]).toBe(1);
    expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.27754, 4); // z² / (n + z²)
  });
});

describe('prediction statistics', () => {
  test('are those of the softmax probabilities', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.float({ min: -40, max: 40, noNaN: true }), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 8,
        }),
        (logits) => {
          const { said } = evaluate(
            [...'abcd'],
            logits,
            logits.map((_, i) => i % 4),
          );
          const p = probabilitiesOf(Float32Array.from(logits.flat()), logits.length);
          logits.forEach((_, i) => {
            const row = [...p.subarray(4 * i, 4 * i + 4)];
            const sorted = row.slice().sort((a, b) => b - a);
            expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
            expect(said.confidence[i]).toBeCloseTo(sorted[0] ?? 0, 5);
            expect(said.margin[i]).toBeCloseTo((sorted[0] ?? 0) - (sorted[1] ?? 0), 5);
            expect(said.labelConfidence[i]).toBeCloseTo(row[i % 4] ?? 0, 5);
            expect(said.entropy[i]).toBeCloseTo(-row.reduce((sum, q) => sum + (q > 0 ? q * Math.log(q) : 0), 0), 4);
          });
        },
      ),
    );
  });

  test('one column is the score of the second of two classes', () => {
    const said = emptyPredictions(3);
    describeLogits(Float32Array.of(2, -2, 0), Int32Array.of(1, 1, -1), said, 0);
    const p = 1 / (1 + Math.exp(-2));
    expect([...said.predicted]).toEqual([1, 0, 0]);
    expect(said.labelConfidence[0]).toBeCloseTo(p, 6);
    expect(said.labelConfidence[1]).toBeCloseTo(1 - p, 6);
    expect(said.labelConfidence[2]).toBeNaN();
    expect(said.margin[1]).toBeCloseTo(2 * p - 1, 6);
    expect(said.entropy[2]).toBeCloseTo(Math.log(2), 6);
    expect(probabilitiesOf(Float32Array.of(2), 1)[1]).toBeCloseTo(p, 6);
  });

  test('stay finite for logits that overflow exp', () => {
    const said = emptyPredictions(1);
    describeLogits(Float32Array.of(1e30, -1e30, 0), Int32Array.of(1), said, 0);
    expect(said).toMatchObject({
      confidence: Float32Array.of(1),
      margin: Float32Array.of(1),
      entropy: Float32Array.of(0),
      labelConfidence: Float32Array.of(0),
    });
  });
});

describe('label issues', () => {
  // rows 0–3 are right; 4 is surely wrong, 5 likely, 6 unsure; 7 has no judge, 8 no label
  const columns = {
    labels: Int32Array.of(0, 0, 1, 1, 1, 0, 1, 1, -1),
    predicted: Int32Array.of(0, 0, 1, 1, 0, 1, 0, 0, 0),
    confidence: Float32Array.of(0.9, 0.9, 0.8, 0.8, 0.99, 0.9, 0.51, 0.9, 0.9),
    entropy: Float32Array.of(0.3, 0.3, 0.5, 0.5, 0.05, 0.3, 0.69, 0.3, 0.3),
    labelConfidence: Float32Array.of(0.9, 0.9, 0.8, 0.8, 0.01, 0.1, 0.49, Number.NaN, Number.NaN),
    classes: 2,
  };

  test.each(['confidence', 'margin', 'entropy'] as const)(
    'by %s: the surest mistake comes first, agreement and doubt are no issue',
    (by) => {
      const { rows, scores } = rankLabelIssues(columns, by);
      expect([...rows]).toEqual([4, 5]);
      expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
      for (const score of scores) expect(score).toBeGreaterThanOrEqual(0);
      for (const score of scores) expect(score).toBeLessThanOrEqual(1);
    },
  );

  test('the limit keeps the worst', () => {
    expect([...rankLabelIssues(columns, 'confidence', 1).rows]).toEqual([4]);
  });
});
