// What the embed job needs of the parts around it; the model worker fits the workers' connections into these. Types only.
import type { EngineRun } from '../../backbone/run/engine.ts';
import type { TensorData } from '../../backbone/run/session.ts';
import type { Card } from '../../backbone/types.ts';
import type { DeepView } from '../../catalog/types.ts';
import type { ModelInputSpec, PixelFacts } from '../../pixels/types.ts';
import type { VectorFile } from '../../store/vectors.ts';
import type { EmbedCommit } from '../session-types.ts';

/** The catalog's side of the job: see `CatalogCalls`. */
export interface EmbedCatalog {
  embedPlan(args: {
    key: string;
    backbone: string;
    title: string;
    dim: number;
    view: DeepView;
    rows?: Uint32Array;
  }): Promise<{ dataset: string; missing: number; total: number }>;
  embedNext(args: {
    dataset: string;
    key: string;
    after: number;
    limit: number;
    rows?: Uint32Array;
  }): Promise<{ ids: Uint32Array; paths: string[] }>;
  embedCommit(args: EmbedCommit & { dataset: string }): Promise<void>;
  embedFinish(args: { dataset: string; key: string; finished: boolean }): Promise<void>;
}

/** Where model inputs come from: pixels workers that decode ahead. */
export interface InputSource {
  /** Decodes that are worth having in flight. */
  readonly slots: number;
  /** One picture's tensor. Errors: those of decoding; a file that stops its decoder twice is `unreadable`. */
  modelInput(
    path: string,
    input: ModelInputSpec,
    signal: AbortSignal,
  ): Promise<{ data: TensorData; facts: PixelFacts }>;
}

/** An opened backbone. */
export interface EmbedModel {
  card: Card;
  key: string;
  /** How deep pictures are looked at: part of the key. */
  view: DeepView;
  /** Class names of its logits, or null. */
  classes: string[] | null;
  /** The device in words. */
  device: string;
  batch: number;
  /** One batch at a time is computed; a second may wait. */
  run(pictures: TensorData, count: number, signal?: AbortSignal): Promise<EngineRun>;
}

export interface EmbedParts {
  catalog: EmbedCatalog;
  inputs: InputSource;
  model: EmbedModel;
  withVectors<T>(dataset: string, key: string, dim: number, work: (file: VectorFile) => Promise<T>): Promise<T>;
}
