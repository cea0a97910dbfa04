// Which device a backbone runs on: the fastest one whose numbers equal the CPU's, measured here and now with made pictures.
import { throwIfAborted, toVitrineError, VitrineError } from '../../shared/errors.ts';
import type { JobOptions } from '../../shared/progress.ts';
import type { ModelFiles } from '../library/library.ts';
import type { Card, DeviceReport, Provider, ProviderTrial } from '../types.ts';
import { cpuTitle } from './cpu-title.ts';
import type { Engine, SpawnEngine } from './host.ts';
import { cosine } from './pool.ts';
import type { TensorData } from './session.ts';
import { testPictures } from './test-pictures.ts';

/** The bound that a provider's embeddings must meet against one CPU thread. */
const leastCosine = 0.999;
/** The person waits for this once per backbone and device. */
const defaultBudgetMs = 14_000;
/** Time spent on timed runs of one setting. */
const measureMs = 700;
/** Time spent on runs before, so that a first setting is not slower for being first. */
const warmUpMs = 300;
/** A larger batch or more threads must be this much faster to be tried further. */
const worthwhile = 1.1;
const batches = { wasm: [1, 8], webgpu: [1, 8, 32, 64] } as const;
/** Bytes of one batch's input that are never exceeded. */
const maxBatchBytes = 128 * 2 ** 20;
const comparedPictures = 2;

export interface SelfTestOptions extends JobOptions {
  /** Processor cores of this computer, as the browser says. */
  cores: number;
  /** Whether threads are possible at all (cross-origin isolation). */
  isolated: boolean;
  /** Only this way, chosen by the person; it is still compared with the CPU. */
  only?: { provider?: Provider; threads?: number };
  /** Milliseconds for all of it; tests on a busy machine give more. */
  budgetMs?: number;
}

interface Setting {
  provider: Provider;
  threads: number;
}

/** What all trials of one self-test share. */
interface Bench {
  card: Card;
  files: ModelFiles;
  spawn: SpawnEngine;
  pictures: TensorData;
  /** [dim] of each made picture, from one CPU thread. */
  reference: Float32Array[];
  /** Names of devices as their sessions told them. */
  titles: Map<Provider, string>;
  /** Milliseconds that are left. */
  left(): number;
}

/**
 * Measures one CPU thread first, whose embeddings are the reference, then WebGPU, then more threads, each in a worker of its own; the first run is not
 * timed, and a batch grows only while it pays and the time lasts. Errors: `unsupported` or `unreadable` when not even the CPU can run the
 * model, `unsupported` when what `only` asks for cannot be used, `aborted`.
 */
export async function measureDevice(
  card: Card,
  files: ModelFiles,
  spawn: SpawnEngine,
  options: SelfTestOptions,
): Promise<DeviceReport> {
  const { signal, onProgress, only, budgetMs = defaultBudgetMs } = options;
  const started = performance.now();
  const bench: Bench = {
    card,
    files,
    spawn,
    pictures: testPictures(card, comparedPictures),
    reference: [],
    titles: new Map(),
    left: () => budgetMs - (performance.now() - started),
  };
  const settings = candidates(options);
  const total = settings.length + 1;
  const tell = (done: number, step: string): void => onProgress?.({ done, total, unit: 'devices', step });

  tell(0, cpuTitle(1));
  const trials = await referenceTrial(bench, signal);
  let fastestThreads = fastestRate(trials);
  for (const [i, setting] of settings.entries()) {
    throwIfAborted(signal);
    tell(i + 1, nameOf(setting));
    const found = await trySetting(bench, setting, signal);
    trials.push(...found);
    if (setting.provider !== 'wasm') continue;
    if (!only && fastestRate(found) < fastestThreads * worthwhile) break; // still more threads would not be faster either
    fastestThreads = Math.max(fastestRate(found), fastestThreads);
  }
  tell(total, '');
  return choose(trials, options, bench.titles);
}

const fastestRate = (trials: readonly ProviderTrial[]): number => Math.max(0, ...trials.map((t) => t.imagesPerSecond));

/** What is tried beside one CPU thread. Decoding keeps a core for itself: more threads than free cores are slower, not faster. */
function candidates({ cores, isolated, only }: SelfTestOptions): Setting[] {
  const counts = [...new Set([2, 4, 8, cores - 1])].filter((n) => n >= 2 && n <= Math.min(cores - 1, 16));
  const threads = only?.threads === undefined ? counts : [only.threads].filter((n) => n > 1);
  const settings: Setting[] = [
    { provider: 'webgpu', threads: 1 },
    ...(isolated ? threads : []).sort((a, b) => a - b).map((n): Setting => ({ provider: 'wasm', threads: n })),
  ];
  return settings.filter((s) => only?.provider === undefined || s.provider === only.provider);
}

const nameOf = ({ provider, threads }: Setting): string => (provider === 'webgpu' ? 'WebGPU' : cpuTitle(threads));

async function referenceTrial(bench: Bench, signal: AbortSignal | undefined): Promise<ProviderTrial[]> {
  const engine = bench.spawn();
  try {
    const { card, files, pictures, reference } = bench;
    const config = { provider: 'wasm', threads: 1, batch: 1 } as const;
    const { batch } = await engine.calls.open({ card, files, config }, { signal });
    for (let i = 0; i < comparedPictures; i++) {
      const one = batchOf(pictures, comparedPictures, batch, i);
      const { embeddings } = await engine.calls.run({ pictures: one, count: 1 }, { signal, transfer: [one.buffer] });
      reference.push(embeddings);
    }
    return await growBatch(bench, engine, config, signal);
  } finally {
    engine.close();
  }
}

async function trySetting(bench: Bench, setting: Setting, signal: AbortSignal | undefined): Promise<ProviderTrial[]> {
  const engine = bench.spawn();
  const limit = Math.max(1000, bench.left());
  const timeout = AbortSignal.timeout(limit);
  try {
    return await growBatch(bench, engine, setting, signal ? AbortSignal.any([signal, timeout]) : timeout);
  } catch (error) {
    throwIfAborted(signal);
    const refused = timeout.aborted
      ? `${nameOf(setting)} was not ready after ${Math.round(limit / 1000)} s.`
      : toVitrineError(error).message;
    return [refusal(setting, refused)];
  } finally {
    engine.close();
  }
}

function refusal({ provider, threads }: Setting, refused: string): ProviderTrial {
  return { provider, ...(provider === 'wasm' ? { threads } : {}), batch: 1, imagesPerSecond: 0, cosine: 0, refused };
}

/** One setting at growing batch sizes, while it pays and the time lasts. */
async function growBatch(
  bench: Bench,
  engine: Engine,
  setting: Setting,
  signal: AbortSignal | undefined,
): Promise<ProviderTrial[]> {
  const { card, pictures, left } = bench;
  const trials: ProviderTrial[] = [];
  const pictureBytes = pictures.byteLength / comparedPictures;
  for (const size of card.batch === 'free' ? batches[setting.provider] : [card.batch]) {
    const last = trials.at(-1);
    if (size * pictureBytes > maxBatchBytes) break;
    // opening, the first run, and two timed ones must fit into what is left
    if (last && (3 * size * 1000) / last.imagesPerSecond > left() / 2) break;
    const trial = await tryBatch(bench, engine, setting, size, signal);
    trials.push(trial);
    if (trial.refused !== undefined) break;
    if (last && trial.imagesPerSecond < last.imagesPerSecond * worthwhile) break;
  }
  return trials;
}

async function tryBatch(
  bench: Bench,
  engine: Engine,
  setting: Setting,
  size: number,
  signal: AbortSignal | undefined,
): Promise<ProviderTrial> {
  const { card, files, pictures, reference } = bench;
  const { provider, threads } = setting;
  const { title } = await engine.calls.open({ card, files, config: { provider, threads, batch: size } }, { signal });
  bench.titles.set(provider, title);
  let smallest = 1;
  const run = async (first: number): Promise<number> => {
    const batch = batchOf(pictures, comparedPictures, size, first);
    const from = performance.now();
    const { embeddings } = await engine.calls.run(
      { pictures: batch, count: size },
      { signal, transfer: [batch.buffer] },
    );
    const ms = performance.now() - from;
    const dim = embeddings.length / size;
    for (let i = 0; i < size; i++) {
      const expected = reference[(first + i) % comparedPictures];
      const similarity = expected ? cosine(embeddings.subarray(i * dim, (i + 1) * dim), expected) : 0;
      // a NaN is not above the bound either
      if (!(similarity >= smallest)) smallest = similarity;
    }
    return ms;
  };
  // not timed: compiles shaders, lets the browser optimise the WebAssembly it runs, and compares each picture
  for (let first = 0, spent = 0; first < comparedPictures || spent < warmUpMs; first += size) spent += await run(first);
  let [runs, ms] = [0, 0];
  while (runs < 1 || ms < measureMs) {
    ms += await run(runs % comparedPictures);
    runs++;
  }
  const trial: ProviderTrial = {
    provider,
    ...(provider === 'wasm' ? { threads } : {}),
    batch: size,
    imagesPerSecond: (runs * size * 1000) / ms,
    cosine: smallest,
  };
  if (!(smallest > leastCosine))
    trial.refused = `${nameOf(setting)} gives other numbers than the CPU (cosine ${smallest.toFixed(4)}), so it is not used.`;
  return trial;
}

/** `size` pictures, going round the made ones from `first` on. */
function batchOf(pictures: TensorData, n: number, size: number, first: number): TensorData {
  const each = pictures.length / n;
  const batch = new (pictures.constructor as new (length: number) => TensorData)(size * each); // the same kind of array
  for (let i = 0; i < size; i++) {
    const from = ((first + i) % n) * each;
    batch.set(pictures.subarray(from, from + each), i * each);
  }
  return batch;
}

function choose(
  trials: ProviderTrial[],
  { only }: SelfTestOptions,
  titles: ReadonlyMap<Provider, string>,
): DeviceReport {
  const usable = trials.filter((t) => t.refused === undefined);
  const wanted = usable.filter(
    (t) =>
      (only?.provider === undefined || t.provider === only.provider) &&
      (only?.threads === undefined || t.provider === 'webgpu' || t.threads === only.threads),
  );
  const refused = trials.find((t) => t.refused !== undefined && t.provider === only?.provider)?.refused;
  const best = fastest(wanted);
  if (!best)
    throw new VitrineError(
      'unsupported',
      refused ?? 'This number of threads is not possible here: threads need a page that is cross-origin isolated.',
    );
  return {
    provider: best.provider,
    threads: best.threads ?? 1,
    batch: best.batch,
    title: best.provider === 'webgpu' ? (titles.get('webgpu') ?? 'WebGPU') : cpuTitle(best.threads ?? 1),
    reason: only ? 'Chosen by you.' : reasonFor(best, trials),
    trials,
    forced: only !== undefined,
  };
}

function fastest(trials: readonly ProviderTrial[]): ProviderTrial | undefined {
  return trials.reduce<ProviderTrial | undefined>(
    (best, t) => (best && best.imagesPerSecond >= t.imagesPerSecond ? best : t),
    undefined,
  );
}

/** Says plainly what won over what. */
function reasonFor(best: ProviderTrial, trials: readonly ProviderTrial[]): string {
  const usable = trials.filter((t) => t.refused === undefined);
  const cpu = fastest(usable.filter((t) => t.provider === 'wasm'));
  const gpu = fastest(usable.filter((t) => t.provider === 'webgpu'));
  const rate = (t: ProviderTrial): string => `${t.imagesPerSecond.toPrecision(3)} pictures/s`;
  if (best.provider === 'webgpu' && cpu)
    return `WebGPU is ${(best.imagesPerSecond / cpu.imagesPerSecond).toPrecision(2)} times as fast as the CPU here (${rate(best)} against ${rate(cpu)}), with equal numbers.`;
  if (gpu) return `The CPU is faster than WebGPU here (${rate(best)} against ${rate(gpu)}).`;
  const refused = trials.find((t) => t.provider === 'webgpu')?.refused;
  return refused ? `The CPU: ${rate(best)}. ${refused}` : `The CPU: ${rate(best)}.`;
}
