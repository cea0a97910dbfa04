// A backbone's card (docs: model card 1) and what the page is told of backbones and devices.
import type { ModelInputSpec } from '../pixels/types.ts';

export interface CardFile {
  role: 'model' | 'data' | 'classes' | 'license' | 'other';
  path: string;
  bytes?: number;
  sha256?: string;
}

export type Pool = 'none' | 'first' | 'mean' | 'mean-rest' | 'first+mean-rest';

/** card.json, version 1, after validation. Unknown fields are kept by the reader but not typed here. */
export interface Card {
  card: 1;
  name: string;
  title: string;
  license: string;
  source?: string;
  provenance?: string;
  origin?: { hosts: string[]; files: { [path: string]: string } };
  files: CardFile[];
  input: ModelInputSpec & { name: string };
  outputs: {
    embedding: { name: string; dim: number; normalize?: boolean; pool?: Pool; prefix?: number };
    logits?: { name: string; dim: number; classes: string };
  };
  batch: 'free' | number;
  opset?: number;
  storage?: 'float32' | 'float16' | 'int8' | 'mixed';
  params?: number;
  flops?: number;
}

export type Provider = 'webgpu' | 'wasm';

/** What the backbone panel and the scripting API know of one backbone. */
export interface BackboneInfo {
  name: string;
  title: string;
  license: string;
  source?: string;
  provenance?: string;
  /** Address of the page that tells how it was trained, where the build has one. */
  training?: string;
  dim: number;
  /** [height, width] */
  inputSize: [number, number];
  bytes: number;
  /** Where it is: shipped with the app, added by the person, or in the gallery and not downloaded yet. */
  state: 'shipped' | 'added' | 'downloadable' | 'downloaded';
  /** Hosts a download talks to. */
  hosts: string[];
  /** Whether size and hash are known before the download (else computed, shown and pinned). */
  pinned: boolean;
  hasLogits: boolean;
  /** SHA-256 of the model file, once it is known: from the card, or computed at the first download. */
  sha256?: string;
  /** Key of the embeddings it makes: SHA-256 hex, see the model card. Absent until all hashes are known. */
  key?: string;
}

/** One measured way to run a backbone. */
export interface ProviderTrial {
  provider: Provider;
  threads?: number;
  batch: number;
  imagesPerSecond: number;
  /** Smallest cosine to the WASM embedding over the test inputs. */
  cosine: number;
  /** A sentence when it is out: wrong numbers, no adapter, software adapter, failed. */
  refused?: string;
}

/** The device in words, and how it was chosen. */
export interface DeviceReport {
  provider: Provider;
  threads: number;
  batch: number;
  /** 'CPU, 2 threads' or 'NVIDIA … via WebGPU'. */
  title: string;
  /** Why this one, a sentence. */
  reason: string;
  trials: ProviderTrial[];
  /** True when the person chose it instead of the measurement. */
  forced: boolean;
}

export interface EmbedReport {
  key: string;
  backbone: string;
  embedded: number;
  failed: number;
  total: number;
  seconds: number;
  imagesPerSecond: number;
  device: string;
}
