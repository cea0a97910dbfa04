// What runs in an engine worker: one onnxruntime-web instance behind one queue, with the backbone's session and the probe's graphs.
import { VitrineError } from '../../shared/errors.ts';
import { createQueue } from '../../shared/queue.ts';
import type { ModelFiles } from '../library/library.ts';
import type { Card, Provider } from '../types.ts';
import { type RequestGpu, requestHardwareGpu } from './gpu.ts';
import { createProbeGraphs, type ProbeChunk, type ProbeGraphs, type ProbeTargets } from './probe-graphs.ts';
import { loadRuntime, type Runtime } from './runtime.ts';
import { type ModelSession, openSession, type TensorData } from './session.ts';

/** What a call gets beside its arguments: the part of the workers' call context that is used here. */
export interface EngineContext {
  signal: AbortSignal;
  transfer(...items: Transferable[]): void;
}

/** How the session is to run. Threads are fixed with the first `open` or `probe` call of an engine. */
export interface EngineConfig {
  provider: Provider;
  threads: number;
  batch: number;
}

/** One batch in, its rows out. */
export interface EngineRun {
  /** [count, dim] row-major, pooled and normalised as the card says. */
  embeddings: Float32Array<ArrayBuffer>;
  /** [count, classes] raw scores where the backbone has classes. */
  scores?: Float32Array<ArrayBuffer>;
}

/** The calls of an engine worker. They are done one after the other, whatever order the answers are awaited in. */
export interface EngineCalls {
  /** Opens the session of a backbone; an earlier one is released. Errors: those of `openSession`. */
  open(
    args: { card: Card; files: ModelFiles; config: EngineConfig; wholeOnGpu?: boolean },
    context: EngineContext,
  ): Promise<{ title: string; batch: number }>;
  /** Errors: `device-lost`, `internal`. The buffer of `pictures` is best transferred. */
  run(args: { pictures: TensorData; count: number }, context: EngineContext): Promise<EngineRun>;
  /** Opens the graph that gives loss and gradient of a probe with `classes` classes on features of length `dim`. */
  probeOpen(
    args: { dim: number; classes: number; provider: Provider; threads: number },
    context: EngineContext,
  ): Promise<{ graph: number }>;
  /** Keeps the centred features [n, dim] of a chunk for later evaluations. */
  probeFeatures(
    args: { chunk: number; features: Float32Array<ArrayBuffer>; dim: number },
    context: EngineContext,
  ): Promise<void>;
  /** Keeps the targets [n] of a chunk under an evaluator's number. */
  probeTargets(
    args: { evaluator: number; chunk: number; targets: ProbeTargets; graph: number },
    context: EngineContext,
  ): Promise<void>;
  /** Loss and gradient of one chunk at W [k, dim], b [k]. `features` are sent along when the chunk is not kept. */
  probeRun(
    args: {
      evaluator: number;
      chunk: number;
      W: Float32Array<ArrayBuffer>;
      b: Float32Array<ArrayBuffer>;
      features?: Float32Array<ArrayBuffer>;
    },
    context: EngineContext,
  ): Promise<ProbeChunk>;
  /** x·Wᵀ + b of raw features [n, dim]: [n, k]. */
  probeLogits(
    args: { features: Float32Array<ArrayBuffer>; W: Float32Array<ArrayBuffer>; b: Float32Array<ArrayBuffer> },
    context: EngineContext,
  ): Promise<Float32Array<ArrayBuffer>>;
  /** Forgets an evaluator's targets, or with no number everything of the probe. */
  probeClose(args: { evaluator?: number }, context: EngineContext): Promise<void>;
}

/** An engine. `requestGpu` is the hardware device unless a test says otherwise. */
export function createEngine(requestGpu: RequestGpu = requestHardwareGpu): EngineCalls {
  // overlapping calls into one onnxruntime-web module hang or trap (measured; upstream's own open issues)
  const queue = createQueue();
  let runtime: Promise<Runtime> | undefined;
  let session: ModelSession | undefined;
  let probe: ProbeGraphs | undefined;

  const load = (threads: number): Promise<Runtime> => {
    runtime ??= loadRuntime(threads);
    return runtime;
  };

  function openProbe(): ProbeGraphs {
    if (!probe) throw new VitrineError('internal', 'The probe was not opened.');
    return probe;
  }

  return {
    open: ({ card, files, config, wholeOnGpu }, { signal }) =>
      queue(async () => {
        const ort = await load(config.threads);
        await session?.release();
        session = undefined;
        session = await openSession(ort, card, files, { ...config, requestGpu, ...(wholeOnGpu ? { wholeOnGpu } : {}) });
        return { title: session.title, batch: session.batch };
      }, signal),
    run: ({ pictures, count }, context) =>
      queue(async () => {
        if (!session) throw new VitrineError('internal', 'No backbone was opened.');
        const result = await session.run(pictures, count);
        context.transfer(result.embeddings.buffer, ...(result.scores ? [result.scores.buffer] : []));
        return result;
      }, context.signal),
    probeOpen: ({ dim, classes, provider, threads }, { signal }) =>
      queue(async () => {
        probe ??= await createProbeGraphs(await load(threads), provider, requestGpu);
        return { graph: await probe.open(dim, classes) };
      }, signal),
    probeFeatures: ({ chunk, features, dim }, { signal }) =>
      queue(async () => openProbe().keepFeatures(chunk, features, dim), signal),
    probeTargets: ({ evaluator, chunk, targets, graph }, { signal }) =>
      queue(async () => openProbe().keepTargets(evaluator, chunk, targets, graph), signal),
    probeRun: ({ evaluator, chunk, W, b, features }, context) =>
      queue(async () => {
        const result = await openProbe().run(evaluator, chunk, W, b, features);
        context.transfer(result.loss.buffer, result.gW.buffer, result.gb.buffer);
        return result;
      }, context.signal),
    probeLogits: ({ features, W, b }, context) =>
      queue(async () => {
        const logits = await openProbe().logits(features, W, b);
        context.transfer(logits.buffer);
        return logits;
      }, context.signal),
    probeClose: ({ evaluator }, { signal }) =>
      queue(async () => {
        if (evaluator !== undefined) return probe?.forget(evaluator);
        await probe?.close();
        probe = undefined;
      }, signal),
  };
}
