// A training run from plan to result on small made-up data: what is held out, what is freed, what is told.
import { describe, expect, test } from 'vitest';
import { probeCard } from '../../../src/learn/card.ts';
import { seededRandom } from '../../../src/learn/folds.ts';
import { planTraining } from '../../../src/learn/plan.ts';
import { referenceDevice } from '../../../src/learn/solver/reference.ts';
import { allLabelled, trainProbe } from '../../../src/learn/train.ts';
import type { ProbeDevice, TrainingSamples, TrainOptions } from '../../../src/learn/types.ts';
import type { Progress } from '../../../src/shared/progress.ts';

/** Rows around one corner per class, `noise` wide; labels as given. */
function blobs(labels: number[], dim: number, noise: number, seed = 1) {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: labels.length * dim }, (_, i) => {
    const label = labels[Math.floor(i / dim)] ?? 0;
    return (i % dim === label ? 3 : 0) + noise * (random() + random() - 1);
  });
  const classes = [...new Set(labels)].filter((l) => l >= 0).sort((a, b) => a - b);
  const samples: TrainingSamples = {
    labels: Int32Array.from(labels),
    split: new Int32Array(labels.length).fill(-1),
    excluded: new Uint8Array(labels.length),
    splits: [],
    classes: classes.map((id) => ({ id, name: `class ${id}` })),
  };
  return { samples, device: referenceDevice({ data, dim }) };
}

const train = ({ samples, device }: { samples: TrainingSamples; device: ProbeDevice }, options: TrainOptions = {}) =>
  trainProbe(planTraining(samples, options), device);

const cycle = (n: number, k: number): number[] => Array.from({ length: n }, (_, i) => i % k);

describe('training', () => {
  test('learns classes that lie apart, and says so out of fold', async () => {
    const { probe, evaluation, predictions } = await train(blobs(cycle(60, 3), 4, 1));
    expect(probe).toMatchObject({ classes: ['class 0', 'class 1', 'class 2'], dim: 4, C: evaluation.C });
    expect(probe.W.length).toBe(12);
    expect(evaluation.splits[allLabelled]).toMatchObject({ n: 60, top1_acc_micro: 1, outOfFold: true });
    expect(evaluation).toMatchObject({ judgedBy: 'folds', folds: 5, trainedOn: { split: null, samples: 60 } });
    expect([...predictions.predicted]).toEqual(cycle(60, 3));
  });

  test('two classes get one vector that scores the second', async () => {
    const { probe, predictions } = await train(blobs(cycle(20, 2), 3, 1), { C: 1 });
    expect(probe.W.length).toBe(3);
    expect(probe.b.length).toBe(1);
    expect(probe.W[1]).toBeGreaterThan(0);
    expect([...predictions.predicted]).toEqual(cycle(20, 2));
  });

  test('predictions of trained rows come from probes that did not see them', async () => {
    // labels that mean nothing, with enough features to learn them by heart: whoever saw the rows is right on all of them
    const random = seededRandom(9);
    const labels = Array.from({ length: 60 }, () => (random() < 0.5 ? 0 : 1));
    const made = blobs(
      labels.map(() => 5),
      80,
      2,
    );
    const samples = {
      ...made.samples,
      labels: Int32Array.from(labels),
      classes: [0, 1].map((id) => ({ id, name: `${id}` })),
    };
    const plan = planTraining(samples, { C: 100 });
    const { probe, evaluation } = await trainProbe(plan, made.device);
    const seen = await made.device.logits(Uint32Array.from(labels.keys()), probe.W, probe.b);
    expect(labels.every((label, i) => (seen[i] ?? 0) > 0 === (label === 1))).toBe(true);
    expect(evaluation.splits[allLabelled]?.top1_acc_micro).toBeLessThan(0.75);
  });

  test('rows without a label are predicted, and the only sample of a class is not judged by a probe that knows it', async () => {
    const { predictions, evaluation } = await train(blobs([...cycle(30, 2), 2, -1], 4, 0.5), { C: 1 });
    expect(predictions.labelConfidence[30]).toBeNaN();
    expect(predictions.labelConfidence[31]).toBeNaN();
    expect(predictions.predicted[30]).toBe(2);
    expect(predictions.confidence[31]).toBeGreaterThan(0);
    expect(predictions.labelConfidence[0]).toBeGreaterThan(0.5);
    expect(evaluation.splits[allLabelled]?.n).toBe(30);
  });

  test('rows beyond the subsample are judged by the final probe', async () => {
    const { predictions, evaluation } = await train(blobs(cycle(100, 2), 3, 1), { C: 1, subsample: 20 });
    expect(evaluation.trainedOn).toMatchObject({ samples: 20 });
    expect(predictions.labelConfidence.every((p) => p > 0.5)).toBe(true);
  });

  test('the same data gives the same probe', async () => {
    const [a, b] = [await train(blobs(cycle(30, 3), 4, 3)), await train(blobs(cycle(30, 3), 4, 3))];
    expect(a.probe).toEqual(b.probe);
    expect(a.predictions).toEqual(b.predictions);
  });

  test('a class with fewer samples than folds is still judged', async () => {
    // two samples of class 2 in five folds
    const { evaluation } = await train(blobs([...cycle(20, 2), 2, 2], 4, 0.5), { C: 10 });
    expect(evaluation.splits[allLabelled]?.top1_acc_micro).toBe(1);
  });

  test('every evaluator that was opened is closed, also when training is stopped', async () => {
    for (const stopAfter of [Number.POSITIVE_INFINITY, 30]) {
      const controller = new AbortController();
      const { samples, device } = blobs(cycle(30, 3), 4, 3);
      const open = new Set<number>();
      let [opened, evaluations] = [0, 0];
      const counting: ProbeDevice = {
        ...device,
        async evaluator(request) {
          const inner = await device.evaluator(request);
          const id = opened++;
          open.add(id);
          return {
            async evaluate(W, b, options) {
              expect(open.has(id)).toBe(true);
              if (++evaluations === stopAfter) controller.abort();
              return inner.evaluate(W, b, options);
            },
            close: () => void open.delete(id),
          };
        },
      };
      const run = trainProbe(planTraining(samples, {}), counting, { signal: controller.signal });
      if (stopAfter < 1000) {
        await expect(run).rejects.toMatchObject({ code: 'aborted' });
        expect(evaluations).toBe(stopAfter);
      } else {
        await run;
        expect(opened).toBe(6);
      }
      expect(open.size).toBe(0);
    }
  });

  test('progress counts evaluations, never backwards, and its total is never below them', async () => {
    const seen: Progress[] = [];
    const { samples, device } = blobs(cycle(30, 3), 4, 3);
    await trainProbe(planTraining(samples, {}), device, { onProgress: (p) => seen.push(p) });
    seen.forEach((p, i) => {
      expect(p).toMatchObject({ done: i + 1, unit: 'evaluations' });
      expect(p.total).toBeGreaterThanOrEqual(p.done);
      expect(p.step).toMatch(/^C = /);
    });
    expect(seen.length).toBeGreaterThan(50);
  });

  test('the card says what the exported file takes and gives', async () => {
    const { probe, evaluation } = await train(blobs(cycle(20, 2), 3, 1), { C: 1 });
    const full = { ...evaluation, backbone: 'tiny', embeddingKey: 'ab', seconds: 1, device: 'CPU', at: 0 };
    const file = { path: 'probe.onnx', bytes: 10, sha256: '00' };
    const card = probeCard(probe, full, file, { input: 'x', logits: 'l', probabilities: 'p' }, 17);
    expect(card).toMatchObject({
      probe: 1,
      files: [{ role: 'model', ...file }],
      backbone: { name: 'tiny', embeddingKey: 'ab' },
      input: { name: 'x', dim: 3 },
      outputs: { logits: { name: 'l', dim: 2 }, probabilities: { name: 'p', dim: 2 } },
      classes: ['class 0', 'class 1'],
      params: 8,
      training: { C: 1, samples: 20, at: '1970-01-01T00:00:00.000Z', metrics: { [allLabelled]: { n: 20 } } },
    });
    expect(JSON.parse(JSON.stringify(card))).toEqual(card);
  });
});
