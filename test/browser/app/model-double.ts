// What a model worker and a finished training answer, for screens that show them: made-up numbers in the real shapes.
import type { BackboneInfo } from '../../../src/backbone/types.ts';
import type { Evaluation, SplitEvaluation } from '../../../src/learn/types.ts';
import type { ModelCalls } from '../../../src/workers/calls.ts';
import type { Client } from '../../../src/workers/rpc.ts';

export const mini: BackboneInfo = {
  name: 'vitrine-mini',
  title: 'Vitrine mini, 96 px',
  license: 'Apache-2.0',
  dim: 192,
  inputSize: [96, 96],
  bytes: 5_900_000,
  state: 'shipped',
  hosts: [],
  pinned: true,
  hasLogits: false,
};
export const gallery: BackboneInfo = {
  ...mini,
  name: 'dinov2-small',
  title: 'DINOv2 small',
  bytes: 88_500_000,
  state: 'downloadable',
  hosts: ['huggingface.co'],
};

/** A model worker with one backbone (and more when given) that answers with the probabilities of three classes. */
export function modelDouble(backbones: BackboneInfo[] = [mini]): Partial<Client<ModelCalls>> {
  return {
    backbones: async () => backbones,
    gallery: async () => [gallery],
    predictions: async ({ ids }) => ({
      ids,
      classes: ['shirt', 'dress', 'hat'],
      probabilities: Float32Array.of(0.2, 0.7, 0.1),
    }),
    zeroShot: async () => [
      { name: 'sandal', probability: 0.6 },
      { name: 'clog', probability: 0.3 },
    ],
  };
}

/** An evaluation of `classes` in which every class is right nine times and taken once for its follower. */
export function evaluationOf(classes: string[]): Evaluation {
  const confusion = classes.map((_, i) =>
    classes.map((__, j) => (j === i ? 9 : j === (i + 1) % classes.length ? 1 : 0)),
  );
  const split = (outOfFold: boolean): SplitEvaluation => ({
    n: 10 * classes.length,
    top1_acc_micro: 0.9,
    interval: [0.86, 0.94],
    f1_macro: 0.9,
    precision_macro: 0.9,
    recall_macro: 0.9,
    perClass: classes.map((name, i) => ({
      name,
      precision: 0.9,
      recall: 0.9,
      f1: 0.9 - i / 1000,
      support: 10,
      predicted: 10,
    })),
    confusion,
    outOfFold,
  });
  return {
    backbone: 'vitrine-mini',
    embeddingKey: 'k',
    classes,
    C: 0.0316,
    iterations: 30,
    objective: 1,
    path: [0.01, 0.0316, 0.1].map((C, i) => ({ C, objective: 1, iterations: 10, score: 0.8 + i / 20, loss: 0.4 })),
    splits: { train: split(true), validation: split(false) },
    trainedOn: { split: 'train', samples: 240, leftOut: [{ reason: 'without a label', count: 12 }] },
    judgedBy: 'validation',
    seconds: 1.4,
    device: 'CPU, 1 thread',
    at: 0,
  };
}

/** Embeddings for every picture, as the dataset's state tells of them. */
export const embedded = (total: number, have = total) => [
  { key: 'k', backbone: 'vitrine-mini', title: mini.title, dim: 192, have, total, unfinished: have < total },
];
