// Several labels a picture: LightlyTrain's metrics, and a probe of one question a class that leaves unknown answers out.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/learn/folds.ts';
import { auroc, averagePrecision, labelMetrics } from '../../../src/learn/label-metrics.ts';
import { planSeveral, trainSeveral } from '../../../src/learn/one-vs-rest.ts';
import { planTraining } from '../../../src/learn/plan.ts';
import { answersOf } from '../../../src/learn/predict.ts';
import { referenceDevice } from '../../../src/learn/solver/reference.ts';
import { allLabelled, trainProbe } from '../../../src/learn/train.ts';
import type { TrainingSamples } from '../../../src/learn/types.ts';

const conformance = fileURLToPath(new URL('../../../../shared/conformance/lightly-train.json', import.meta.url));

interface Case {
  id: string;
  area: string;
  flags: string[];
  input: {
    options: {
      classification_task: string;
      class_names: string[];
      logits: number[][];
      targets: number[][];
      metric_args?: object;
    };
  };
  expect: { values: Record<string, number>; tolerance: number };
}

describe.skipIf(!existsSync(conformance))('LightlyTrain', () => {
  const cases: Case[] = existsSync(conformance)
    ? JSON.parse(readFileSync(conformance, 'utf8')).cases.filter(
        ({ area, flags, input }: Case) =>
          area === 'metrics' &&
          flags.length === 0 &&
          input.options.classification_task === 'multilabel' &&
          !JSON.stringify(input.options.metric_args ?? {}).includes('threshold'), // ours is one half
      )
    : [];

  test.each(cases)('$id: every average is equal', ({ input, expect: { values, tolerance } }) => {
    const { class_names: names, logits, targets } = input.options;
    const said = answersOf(Float32Array.from(logits.flat()));
    const metrics = labelMetrics(
      names.map((name, k) => ({
        name,
        targets: Uint8Array.from(targets, (row) => row[k] ?? 0),
        probabilities: logits.map((_, i) => said[i * names.length + k] ?? 0),
      })),
    );
    for (const [name, value] of Object.entries(metrics))
      expect(Math.abs(value - (values[`val_metric/${name}`] ?? Number.NaN)), name).toBeLessThanOrEqual(tolerance);
  });
});

describe('ranking metrics', () => {
  const rows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 40 });
  const decisionsOf = (list: [boolean, number][]) => ({
    name: 'a',
    targets: Uint8Array.from(list, ([yes]) => (yes ? 1 : 0)),
    probabilities: list.map(([, score]) => score / 6),
  });

  test('AUROC is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const pairs = list.flatMap(([yes, p]) =>
          yes ? list.filter(([other]) => !other).map(([, q]) => [p, q] as const) : [],
        );
        const right = pairs.reduce((sum, [p, q]) => sum + (p > q ? 1 : p === q ? 0.5 : 0), 0);
        expect(auroc(decisionsOf(list))).toBeCloseTo(pairs.length === 0 ? 0 : right / pairs.length, 12);
      }),
    );
  });

  test('average precision is the sum of recall steps times precision', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const positives = list.filter(([yes]) => yes).length;
        const thresholds = [...new Set(list.map(([, score]) => score))].sort((a, b) => b - a);
        let [before, expected] = [0, 0];
        for (const threshold of thresholds) {
          const said = list.filter(([, score]) => score >= threshold);
          const hits = said.filter(([yes]) => yes).length;
          if (positives > 0) expected += ((hits - before) / positives) * (hits / said.length);
          before = hits;
        }
        expect(averagePrecision(decisionsOf(list))).toBeCloseTo(expected, 12);
      }),
    );
  });
});

/** Rows with a feature for each label that is there. `said` gives what is known of a row. */
function scene(
  said: (row: number, truth: number[]) => { positive: number[]; negative: number[] } | null,
  n = 90,
  noise = 0.8,
) {
  const random = seededRandom(3);
  const dim = 4;
  const truths = Array.from({ length: n }, (_, i) =>
    [0, 1, 2].filter((k) => ((i * 7 + 1) >> k) % 2 === 1 || i % 3 === k),
  );
  const data = Float32Array.from(
    { length: n * dim },
    (_, i) => (truths[Math.floor(i / dim)]?.includes(i % dim) ? 2 : -2) + noise * (random() + random() - 1),
  );
  const sets: { positive: number[]; negative: number[] }[] = [];
  const codes = Int32Array.from(truths, (truth, row) => {
    const set = said(row, truth);
    return set ? sets.push(set) - 1 : -1;
  });
  const samples: TrainingSamples = {
    labels: new Int32Array(n).fill(-1),
    split: new Int32Array(n).fill(-1),
    excluded: new Uint8Array(n),
    splits: [],
    classes: [0, 1, 2].map((id) => ({ id, name: `class ${id}` })),
    several: { codes, sets, open: [...new Set(sets.flatMap(({ negative }) => negative))] },
  };
  return { samples, truths, device: referenceDevice({ data, dim }) };
}

describe('one question a class', () => {
  const all = (_: number, truth: number[]) => ({ positive: truth.length > 0 ? truth : [9], negative: [] });

  test('learns labels that come together, and says so out of fold', async () => {
    const { samples, truths, device } = scene(all);
    const { probe, evaluation, predictions } = await trainSeveral(planSeveral(samples, {}), truths.length, (_, work) =>
      work(device),
    );
    expect(probe).toMatchObject({ answers: 'several', classes: ['class 0', 'class 1', 'class 2'], dim: 4 });
    expect([probe.W.length, probe.b.length]).toEqual([12, 3]);
    const whole = evaluation.splits[allLabelled];
    expect(whole).toMatchObject({
      n: 90,
      outOfFold: true,
      confusion: [],
      labels: { accuracy_micro: 1, hamming_distance: 0, auroc_macro: 1 },
    });
    predictions.predicted.forEach((k, row) => {
      if (truths[row]?.length) expect(truths[row]).toContain(k);
    });
    expect(Math.min(...predictions.labelConfidence)).toBeGreaterThan(0.5);
  });

  test('each class is the two-class probe of its own rows', async () => {
    const { samples, truths, device } = scene(all);
    const { probe } = await trainSeveral(planSeveral(samples, { C: 0.5, folds: 0 }), truths.length, (_, work) =>
      work(device),
    );
    const labels = Int32Array.from(truths, (truth) => (truth.includes(1) ? 1 : 0));
    const alone = {
      ...samples,
      labels,
      classes: [
        { id: 0, name: 'no' },
        { id: 1, name: 'yes' },
      ],
    };
    const { probe: binary } = await trainProbe(planTraining(alone, { C: 0.5, folds: 0 }), device);
    expect([...probe.W.subarray(4, 8)]).toEqual([...binary.W]);
  });

  test('an answer that nobody gave is left out of the loss and of the metrics', async () => {
    // of four fifths of the rows only one class is known
    const partly = (row: number, truth: number[]) => {
      const known = row % 5 === 0 ? [0, 1, 2] : [row % 3];
      return { positive: truth.filter((k) => known.includes(k)), negative: known.filter((k) => !truth.includes(k)) };
    };
    const { samples, truths } = scene(partly);
    const { classes } = planSeveral(samples, {});
    const knownOf = (k: number): number => truths.filter((_, row) => row % 5 === 0 || row % 3 === k).length;
    expect(classes.map(({ plan }) => plan.train.length)).toEqual([knownOf(0), knownOf(1), knownOf(2)]);
  });

  test('a wrong label has the smallest probability of its row', async () => {
    const { samples, truths, device } = scene((row, truth) => ({
      positive: row === 13 ? [0, 1, 2].filter((k) => !truth.includes(k)) : truth,
      negative: [],
    }));
    const { predictions } = await trainSeveral(planSeveral(samples, {}), truths.length, (_, work) => work(device));
    const worst = predictions.labelConfidence.reduce((best, p, row, list) => (p < (list[best] ?? 1) ? row : best), 0);
    expect(worst).toBe(13);
  });

  test('a class that is everywhere is left out and said; with none left there is a sentence', () => {
    const { samples } = scene((_, truth) => ({ positive: [0, ...truth.filter((k) => k !== 0)], negative: [] }));
    const { classes, leftOut } = planSeveral(samples, {});
    expect(classes.map(({ id }) => id)).toEqual([1, 2]);
    expect(leftOut).toContainEqual({ reason: expect.stringContaining('classes without pictures'), count: 1 });
    const none = { ...samples, several: { codes: new Int32Array(90).fill(-1), sets: [], open: [] } };
    expect(() => planSeveral(none, {})).toThrow(/label/i);
  });
});
