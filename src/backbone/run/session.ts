// One inference session of one backbone: fixed batch, chosen provider, a new device when the old one is lost.
import type * as Ort from 'onnxruntime-web';
import { VitrineError } from '../../shared/errors.ts';
import { unpackHalf } from '../../shared/float16.ts';
import { type OnnxSignature, readOnnxSignature } from '../card/onnx-signature.ts';
import type { ModelFiles } from '../library/library.ts';
import type { Card, Provider } from '../types.ts';
import { cpuTitle } from './cpu-title.ts';
import type { Gpu, RequestGpu } from './gpu.ts';
import { poolRows } from './pool.ts';
import type { Runtime } from './runtime.ts';

/** A picture tensor's element type, as the card's `input.dtype` says; float16 as its bits. */
export type TensorData = Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export interface ModelSession {
  /** 'CPU, 2 threads' or the GPU's name. */
  readonly title: string;
  /** Pictures a run takes; fewer are padded. */
  readonly batch: number;
  /**
   * Embeds the first `count` pictures of `pictures` ([n, c, h, w] or [n, h, w, c], n ≤ batch): rows [count, dim], and raw class scores
   * [count, classes] where the card has them. Never call it twice at once. Errors: `device-lost`, `unsupported`, `internal`.
   */
  run(
    pictures: TensorData,
    count: number,
  ): Promise<{ embeddings: Float32Array<ArrayBuffer>; scores?: Float32Array<ArrayBuffer> }>;
  release(): Promise<void>;
}

export interface SessionOptions {
  provider: Provider;
  threads: number;
  batch: number;
  requestGpu: RequestGpu;
  /** Fails instead of placing a node on the CPU; a test proves with it that shipped models run on WebGPU as a whole. */
  wholeOnGpu?: boolean;
}

/** Opens a session. Errors: `unsupported` (no GPU, half precision without support, an operator that is not known), `unreadable`. */
export async function openSession(
  ort: Runtime,
  card: Card,
  files: ModelFiles,
  options: SessionOptions,
): Promise<ModelSession> {
  const batch = card.batch === 'free' ? options.batch : card.batch;
  let current = await open();

  async function open(): Promise<{ session: Ort.InferenceSession; gpu: Gpu | undefined; lost: () => boolean }> {
    // read again for each session: keeping a copy of the weights beside the session's own would double its memory
    const model = new Uint8Array(await files.model.arrayBuffer());
    const signature = readOnnxSignature(model, card.files.find((file) => file.role === 'model')?.path ?? card.name);
    const gpu = options.provider === 'webgpu' ? await hardware(card, signature, options.requestGpu) : undefined;
    let isLost = false;
    void gpu?.device.lost.then(() => {
      isLost = true;
    });
    const externalData = await Promise.all(
      files.data.map(async ({ path, blob }) => ({ path, data: new Uint8Array(await blob.arrayBuffer()) })),
    );
    try {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: gpu ? [{ name: 'webgpu', device: gpu.device }] : ['wasm'],
        // a batch that is fixed lets the optimiser fold the shape arithmetic that WebGPU has no kernels for
        freeDimensionOverrides: fixedDimensions(signature, card, batch),
        ...(externalData.length > 0 ? { externalData } : {}),
        ...(options.wholeOnGpu ? { extra: { session: { disable_cpu_ep_fallback: '1' } } } : {}),
      });
      return { session, gpu, lost: () => isLost };
    } catch (cause) {
      throw new VitrineError('unsupported', `${card.title} could not be loaded (${messageOf(cause)}).`, { cause });
    }
  }

  async function runOnce(pictures: TensorData, count: number) {
    const { session } = current;
    const outputs = card.outputs.logits
      ? [card.outputs.embedding.name, card.outputs.logits.name]
      : [card.outputs.embedding.name];
    const results = await session.run({ [card.input.name]: toTensor(ort, card, pictures, batch) }, [
      ...new Set(outputs),
    ]);
    try {
      const embedding = await readFloats(results[card.outputs.embedding.name]);
      const embeddings = poolRows(embedding.data, embedding.dims, count, card.outputs.embedding);
      const { logits } = card.outputs;
      if (!logits) return { embeddings };
      const scores = await readFloats(results[logits.name]);
      return { embeddings, scores: new Float32Array(scores.data.subarray(0, count * logits.dim)) };
    } finally {
      for (const tensor of Object.values(results)) tensor.dispose();
    }
  }

  return {
    title: current.gpu?.title ?? cpuTitle(ort.env.wasm.numThreads ?? 1),
    batch,
    async run(pictures, count) {
      try {
        return await runOnce(pictures, count);
      } catch (cause) {
        await settleLoss();
        if (!current.lost())
          throw new VitrineError('internal', `${card.title} failed (${messageOf(cause)}).`, { cause });
        await current.session.release().catch(() => undefined); // its device is gone
        try {
          current = await open();
          return await runOnce(pictures, count);
        } catch (again) {
          throw new VitrineError(
            'device-lost',
            `The graphics processor went away and did not come back (${messageOf(again)}). Continue on the CPU, or reload the page.`,
            { cause: again },
          );
        }
      }
    },
    async release() {
      await current.session.release();
      current.gpu?.device.destroy();
    },
  };
}

/** The rejection of a call can arrive just before the news that its device was lost. */
const settleLoss = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function hardware(card: Card, signature: OnnxSignature, requestGpu: RequestGpu): Promise<Gpu> {
  const answer = await requestGpu();
  if ('refused' in answer) throw new VitrineError('unsupported', answer.refused);
  const half = signature.computesInHalf || card.input.dtype === 'float16';
  // without the feature the session is made and its first run fails
  if (half && !answer.gpu.device.features.has('shader-f16')) {
    answer.gpu.device.destroy();
    throw new VitrineError(
      'unsupported',
      `${card.title} computes in half precision, which this graphics processor does not do in the browser.`,
    );
  }
  return answer.gpu;
}

/** Sizes for the symbolic dimensions of the picture input, by the names that the graph gives them. */
function fixedDimensions(signature: OnnxSignature, card: Card, batch: number): Record<string, number> {
  const input = signature.inputs.find((value) => value.name === card.input.name);
  const shape = shapeOf(card, batch);
  const fixed: Record<string, number> = {};
  input?.shape.forEach((dim, i) => {
    if (typeof dim === 'string' && dim !== '') fixed[dim] = shape[i] ?? 1;
  });
  return fixed;
}

function shapeOf(card: Card, batch: number): number[] {
  const [height, width] = card.input.size;
  return card.input.layout === 'NCHW' ? [batch, 3, height, width] : [batch, height, width, 3];
}

/** The batch as a tensor; missing pictures are zeros. */
function toTensor(ort: Runtime, card: Card, pictures: TensorData, batch: number): Ort.Tensor {
  const dims = shapeOf(card, batch);
  const size = dims.reduce((a, b) => a * b, 1);
  let data = pictures;
  if (data.length < size) {
    data = new (pictures.constructor as new (length: number) => TensorData)(size); // the same kind of array
    data.set(pictures);
  }
  return new ort.Tensor(card.input.dtype, data, dims);
}

async function readFloats(value: Ort.Tensor | undefined): Promise<{ data: Float32Array; dims: readonly number[] }> {
  if (!value) throw new VitrineError('internal', 'The model gave no such output.');
  const { dims, type } = value;
  const data = await value.getData();
  if (data instanceof Float32Array) return { data, dims };
  if (data instanceof Uint16Array) return { data: unpackHalf(new Uint16Array(data)), dims };
  if (typeof Float16Array !== 'undefined' && data instanceof Float16Array)
    return { data: new Float32Array(data), dims };
  throw new VitrineError('unsupported', `The model gives ${type} numbers; only float32 and float16 are read.`);
}
