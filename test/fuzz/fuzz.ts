// Runs a decoder over mutated files in a worker thread under a watchdog: a file that hangs or kills the worker is noted and passed.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import type { Report, Task } from './worker.ts';

/** What came of a decoder. */
export interface Outcome {
  target: string;
  files: number;
  read: number;
  refused: number;
  /** Numbers of the files in the series. */
  hangs: number[];
  /** Files that ended the worker, or whose error was none that the decoder meant. */
  crashes: { index: number; message: string }[];
  /** Heap in bytes after the first mark and at the end, of a worker that lived that long. */
  heap: { mark: number; end: number } | undefined;
  wasm: { mark: number; end: number } | undefined;
  ms: number;
}

export interface Options {
  corpora: string;
  /** Files per decoder. */
  count: number;
  seed: number;
  /** Files after which the heap is measured for the first time. */
  mark: number;
}

/** No file may take longer. */
const hangMs = 5_000;

/** Bundles the worker into a fresh folder below `cache`; the caller gives it back by `close`. */
export async function openFuzzer(root: string, cache: string) {
  const folder = mkdtempSync(join(cache, 'fuzz-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: join(root, 'test', 'fuzz', 'worker.ts'),
      outDir: folder,
      ssrEmitAssets: true,
      assetsInlineLimit: 0,
      target: 'esnext',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'worker.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  return {
    run: (target: string, options: Options): Promise<Outcome> => fuzz(target, options, folder),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function fuzz(target: string, options: Options, folder: string): Promise<Outcome> {
  const started = performance.now();
  const outcome: Outcome = {
    target,
    files: 0,
    read: 0,
    refused: 0,
    hangs: [],
    crashes: [],
    heap: undefined,
    wasm: undefined,
    ms: 0,
  };
  for (let from = 0; from < options.count; ) {
    const { reports, ended } = await runWorker(target, from, options, folder);
    const last = reports.at(-1);
    // a worker that was ended told what it had done up to its last mark only; the file that ended it counts too
    outcome.read += last?.read ?? 0;
    outcome.refused += last?.refused ?? 0;
    outcome.crashes.push(...(last?.unexpected ?? []));
    const [first] = reports;
    if (last?.done && first && first !== last) {
      outcome.heap = { mark: first.heap, end: last.heap };
      outcome.wasm = { mark: first.wasm, end: last.wasm };
    }
    if (ended === undefined) break;
    if (ended.hang) outcome.hangs.push(ended.index);
    else outcome.crashes.push({ index: ended.index, message: ended.message });
    from = ended.index + 1;
  }
  outcome.files = options.count;
  outcome.ms = performance.now() - started;
  return outcome;
}

type Ended = { index: number; hang: true } | { index: number; hang: false; message: string };

/** Runs files [from, count) until the end, or until one of them ends the worker. */
function runWorker(
  target: string,
  from: number,
  { corpora, count, seed, mark }: Options,
  folder: string,
): Promise<{ reports: Report[]; ended?: Ended }> {
  return new Promise((resolve) => {
    const at = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
    const workerData: Task = { target, corpora, seed, from, to: count, measureAt: from + mark, assets: folder, at };
    const worker = new Worker(join(folder, 'worker.mjs'), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    const reports: Report[] = [];
    let seen = -1;
    let since = performance.now();
    const timer = setInterval(() => {
      const index = Atomics.load(at, 0);
      if (index !== seen) [seen, since] = [index, performance.now()];
      else if (index >= 0 && performance.now() - since > hangMs) finish({ index, hang: true });
    }, 100);
    const finish = (ended?: Ended): void => {
      clearInterval(timer);
      worker.removeAllListeners();
      worker.on('error', () => undefined); // it may still fail while it ends
      void worker.terminate().then(() => resolve({ reports, ...(ended ? { ended } : {}) }));
    };
    worker.on('message', (report: Report) => {
      reports.push(report);
      if (report.done) finish();
    });
    worker.on('error', (error) =>
      finish({ index: Math.max(from, Atomics.load(at, 0)), hang: false, message: String(error) }),
    );
    worker.on('exit', (code) =>
      finish({ index: Math.max(from, Atomics.load(at, 0)), hang: false, message: `the worker ended with ${code}` }),
    );
  });
}

/** Heap at the end divided by the heap at the mark; undefined where a worker did not live that long. */
export const growth = ({ heap }: Outcome): number | undefined => heap && heap.end / heap.mark;

/** Growth that is allowed. */
const maxGrowth = 1.1;

/** WebAssembly memory that is allowed: each of the codecs has one instance, of 50 MB. */
const maxWasm = 512e6;

/** Whether nothing hung or crashed and memory did not grow; `memory` false where the series is too short to tell. */
export function isSound(outcome: Outcome, memory: boolean): boolean {
  const grown = growth(outcome);
  const steady = !memory || (grown !== undefined && grown <= maxGrowth && (outcome.wasm?.end ?? 0) <= maxWasm);
  return outcome.hangs.length === 0 && outcome.crashes.length === 0 && steady;
}
