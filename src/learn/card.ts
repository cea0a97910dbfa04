// The card that goes with an exported probe: what it needs, what it gives, and how good it was found to be.
import type { Evaluation, Probe } from './types.ts';

/** The exported ONNX file, as the card names it. */
export interface ExportedFile {
  path: string;
  bytes: number;
  /** Hex digits. */
  sha256: string;
}

/**
 * probe-card.json, version 1. It uses the words of the backbone's model card where they mean the same (name, files, outputs, batch, opset,
 * storage, params), but says `probe` instead of `card`: it takes embeddings, and a model card has to describe pictures.
 */
export interface ProbeCard {
  probe: 1;
  name: string;
  title: string;
  files: [{ role: 'model'; path: string; bytes: number; sha256: string }];
  /** Whose embeddings it takes: the backbone's name and the key over its files, preprocessing, view and storage type. */
  backbone: { name: string; embeddingKey: string };
  input: { name: string; dim: number; dtype: 'float32' };
  outputs: { logits: { name: string; dim: number }; probabilities: { name: string; dim: number } };
  /** In the order of the outputs. */
  classes: string[];
  /** Several classes may be true at once: each probability is an answer of its own. Absent: they sum to 1. */
  answers?: 'several';
  batch: 'free';
  opset: number;
  storage: 'float32';
  params: number;
  training: {
    C: number;
    objective: number;
    judgedBy: string;
    split: string | null;
    samples: number;
    /** ISO 8601, UTC */
    at: string;
    metrics: { [split: string]: { n: number; top1_acc_micro: number; f1_macro: number; outOfFold: boolean } };
  };
}

/** Describes a probe that was written by `onnx/probe-graph.ts`; `names` are that graph's, `opset` its version. */
export function probeCard(
  probe: Probe,
  evaluation: Evaluation,
  file: ExportedFile,
  names: { input: string; logits: string; probabilities: string },
  opset: number,
): ProbeCard {
  const k = probe.classes.length;
  const metrics: ProbeCard['training']['metrics'] = {};
  for (const [split, { n, top1_acc_micro, f1_macro, outOfFold }] of Object.entries(evaluation.splits))
    metrics[split] = { n, top1_acc_micro, f1_macro, outOfFold };
  return {
    probe: 1,
    name: `${evaluation.backbone}-probe`,
    title: `Linear probe on ${evaluation.backbone}, ${k} classes`,
    files: [{ role: 'model', ...file }],
    backbone: { name: evaluation.backbone, embeddingKey: evaluation.embeddingKey },
    input: { name: names.input, dim: probe.dim, dtype: 'float32' },
    outputs: { logits: { name: names.logits, dim: k }, probabilities: { name: names.probabilities, dim: k } },
    classes: probe.classes,
    ...(probe.answers ? { answers: probe.answers } : {}),
    batch: 'free',
    opset,
    storage: 'float32',
    params: k * (probe.dim + 1),
    training: {
      C: probe.C,
      objective: evaluation.objective,
      judgedBy: evaluation.judgedBy,
      split: evaluation.trainedOn.split,
      samples: evaluation.trainedOn.samples,
      at: new Date(evaluation.at).toISOString(),
      metrics,
    },
  };
}
