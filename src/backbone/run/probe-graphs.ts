// Loss and gradient of the probe on the chosen device: graphs by shape, features and targets by chunk, kept between evaluations.
import type * as Ort from 'onnxruntime-web';
import { logisticLossGraph, softmaxLossGraph } from '../../onnx/loss-graphs.ts';
import { createGraph } from '../../onnx/model.ts';
import { VitrineError } from '../../shared/errors.ts';
import type { Provider } from '../types.ts';
import type { RequestGpu } from './gpu.ts';
import type { Runtime } from './runtime.ts';

/** What a graph gives for one chunk: row losses [n], gW [k, dim], gb [k]. */
export interface ProbeChunk {
  loss: Float32Array<ArrayBuffer>;
  gW: Float32Array<ArrayBuffer>;
  gb: Float32Array<ArrayBuffer>;
}

/** Class indexes for the softmax graph, −1: the row does not count; or +1, −1 and 0 for the logistic graph. */
export type ProbeTargets = Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export interface ProbeGraphs {
  open(dim: number, classes: number): Promise<number>;
  /** x·Wᵀ + b of rows [n, dim]: [n, k], row-major. */
  logits(
    features: Float32Array<ArrayBuffer>,
    W: Float32Array<ArrayBuffer>,
    b: Float32Array<ArrayBuffer>,
  ): Promise<Float32Array<ArrayBuffer>>;
  keepFeatures(chunk: number, features: Float32Array<ArrayBuffer>, dim: number): void;
  keepTargets(evaluator: number, chunk: number, targets: ProbeTargets, graph: number): void;
  run(
    evaluator: number,
    chunk: number,
    W: Float32Array<ArrayBuffer>,
    b: Float32Array<ArrayBuffer>,
    features?: Float32Array<ArrayBuffer>,
  ): Promise<ProbeChunk>;
  forget(evaluator: number): void;
  close(): Promise<void>;
}

interface Graph {
  session: Ort.InferenceSession;
  dim: number;
  /** Rows of W: one for two classes. */
  k: number;
  /** Name and form of the targets input. */
  softmax: boolean;
}

/** GPUBufferUsage.STORAGE, COPY_SRC and COPY_DST, which TypeScript's library has as types only. */
const bufferUsage = 0x80 | 0x04 | 0x08;

/** Tensors of one device. On WebGPU they are buffers that stay there; with WASM they are arrays. Errors: `unsupported`, `device-lost`. */
export async function createProbeGraphs(
  ort: Runtime,
  provider: Provider,
  requestGpu: RequestGpu,
): Promise<ProbeGraphs> {
  const answer = provider === 'webgpu' ? await requestGpu() : undefined;
  if (answer && 'refused' in answer) throw new VitrineError('unsupported', answer.refused);
  const device = answer?.gpu.device;
  let lost = false;
  void device?.lost.then(() => {
    lost = true;
  });
  const graphs: Graph[] = [];
  const scorers = new Map<string, Ort.InferenceSession>();
  const features = new Map<number, Ort.Tensor>();
  const targets = new Map<number, { graph: Graph; chunks: Map<number, Ort.Tensor> }>();

  const createSession = (bytes: Uint8Array): Promise<Ort.InferenceSession> =>
    ort.InferenceSession.create(bytes, { executionProviders: device ? [{ name: 'webgpu', device }] : ['wasm'] });

  function keep(
    type: 'float32' | 'int32',
    data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
    dims: number[],
  ): Ort.Tensor {
    if (!device) return new ort.Tensor(type, data, dims);
    const buffer = device.createBuffer({
      size: Math.ceil(data.byteLength / 16) * 16, // the runtime binds whole 16-byte blocks
      usage: bufferUsage,
    });
    device.queue.writeBuffer(buffer, 0, data);
    return ort.Tensor.fromGpuBuffer(buffer, { dataType: type, dims, dispose: () => buffer.destroy() });
  }

  return {
    async open(dim, classes) {
      const softmax = classes > 2;
      const k = softmax ? classes : 1;
      const known = graphs.findIndex((g) => g.dim === dim && g.k === k && g.softmax === softmax);
      if (known >= 0) return known;
      const bytes = softmax ? softmaxLossGraph(dim, classes) : logisticLossGraph(dim);
      const session = await createSession(bytes);
      return graphs.push({ session, dim, k, softmax }) - 1;
    },
    async logits(data, W, b) {
      const k = b.length;
      const dim = W.length / k;
      const session = scorers.get(`${dim}/${k}`) ?? (await createSession(linearGraph(dim, k)));
      scorers.set(`${dim}/${k}`, session);
      const { logits } = await session.run({
        X: new ort.Tensor('float32', data, [data.length / dim, dim]),
        W: new ort.Tensor('float32', W, [k, dim]),
        b: new ort.Tensor('float32', b, [k]),
      });
      return floats(logits);
    },
    keepFeatures(chunk, data, dim) {
      features.get(chunk)?.dispose();
      features.set(chunk, keep('float32', data, [data.length / dim, dim]));
    },
    keepTargets(evaluator, chunk, data, graphNumber) {
      const graph = graphs[graphNumber];
      if (!graph) throw new VitrineError('internal', 'This graph of the probe was not opened.');
      const entry = targets.get(evaluator) ?? { graph, chunks: new Map<number, Ort.Tensor>() };
      targets.set(evaluator, entry);
      const tensor = keep(graph.softmax ? 'int32' : 'float32', data, graph.softmax ? [data.length] : [data.length, 1]);
      entry.chunks.set(chunk, tensor);
    },
    async run(evaluator, chunk, W, b, sent) {
      const entry = targets.get(evaluator);
      const y = entry?.chunks.get(chunk);
      if (!entry || !y) throw new VitrineError('internal', 'The probe has no targets for this chunk.');
      const { session, dim, k, softmax } = entry.graph;
      const X = sent ? new ort.Tensor('float32', sent, [sent.length / dim, dim]) : features.get(chunk);
      if (!X) throw new VitrineError('internal', 'The probe has no features for this chunk.');
      const feeds = {
        X,
        [softmax ? 'y' : 's']: y,
        W: new ort.Tensor('float32', W, [k, dim]),
        b: new ort.Tensor('float32', b, [k]),
      };
      try {
        const { loss, gW, gb } = await session.run(feeds);
        return { loss: await floats(loss), gW: await floats(gW), gb: await floats(gb) };
      } catch (cause) {
        await new Promise((resolve) => setTimeout(resolve, 50)); // the news of a lost device can come after the rejection
        if (lost)
          throw new VitrineError(
            'device-lost',
            'The graphics processor went away while training. Train again, or use the CPU.',
            {
              cause,
            },
          );
        throw cause;
      }
    },
    forget(evaluator) {
      for (const tensor of targets.get(evaluator)?.chunks.values() ?? []) tensor.dispose();
      targets.delete(evaluator);
    },
    async close() {
      for (const tensor of features.values()) tensor.dispose();
      for (const entry of targets.values()) for (const tensor of entry.chunks.values()) tensor.dispose();
      features.clear();
      targets.clear();
      for (const graph of graphs) await graph.session.release();
      for (const session of scorers.values()) await session.release();
      graphs.length = 0;
      scorers.clear();
      device?.destroy();
    },
  };
}

function linearGraph(dim: number, k: number): Uint8Array<ArrayBuffer> {
  const g = createGraph();
  const values = [g.input('X', 'float32', ['n', dim]), g.input('W', 'float32', [k, dim]), g.input('b', 'float32', [k])];
  g.node('Gemm', values, { transB: { int: 1 } }, 'logits');
  g.output('logits', 'float32', ['n', k]);
  return g.model('scores');
}

async function floats(value: Ort.Tensor | undefined): Promise<Float32Array<ArrayBuffer>> {
  const data = await value?.getData();
  if (!(data instanceof Float32Array)) throw new VitrineError('internal', 'The probe gave no numbers.');
  value?.dispose();
  return data.byteLength === data.buffer.byteLength ? (data as Float32Array<ArrayBuffer>) : data.slice(); // a view is copied, so that it can be moved
}
