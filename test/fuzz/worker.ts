// A worker that feeds one decoder its series of mutated files, tells which file it is at, and measures its memory.
import { join } from 'node:path';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { locateWasm } from '../../src/pixels/dicom/codec/wasm.ts';
import { VitrineError } from '../../src/shared/errors.ts';
import { mutated } from './mutate.ts';
import { openTarget } from './targets.ts';

/** What a worker is started with. */
export interface Task {
  target: string;
  corpora: string;
  seed: number;
  from: number;
  to: number;
  /** After so many files, and at the end, memory is measured. */
  measureAt: number;
  /** Where the bundle's assets lie. */
  assets: string;
  /** Shared: the file that is worked on. */
  at: Int32Array;
}

/** What a worker tells at a mark and at its end. */
export interface Report {
  files: number;
  read: number;
  refused: number;
  /** Files whose error is none that the decoder meant to throw. */
  unexpected: { index: number; message: string }[];
  /** JavaScript heap and its buffers after a full collection, bytes. */
  heap: number;
  /** Memory of WebAssembly instances that live, bytes. Codecs come when a file first needs them, so it is not part of the heap here. */
  wasm: number;
  done: boolean;
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
/** Weak, because an instance that has failed may be let go of. */
const memories = new Set<WeakRef<WebAssembly.Memory>>();
/** Codecs keep their memory to themselves: it is seen only where they are made. Emscripten compiles and makes an instance in one call. */
WebAssembly.instantiate = new Proxy(WebAssembly.instantiate, {
  apply: async (call, self, args) => {
    const made: unknown = await Reflect.apply(call, self, args);
    const instance = typeof made === 'object' && made !== null && 'instance' in made ? made.instance : made;
    const exported = instance instanceof WebAssembly.Instance ? Object.values(instance.exports) : [];
    for (const old of memories) if (!old.deref()) memories.delete(old);
    for (const one of exported) if (one instanceof WebAssembly.Memory) memories.add(new WeakRef(one));
    return made;
  },
});

const { target, corpora, seed, from, to, measureAt, assets, at } = workerData as Task;
locateWasm((url) => join(assets, url));
const { run, originals } = openTarget(target, corpora);
const report: Report = { files: 0, read: 0, refused: 0, unexpected: [], heap: 0, wasm: 0, done: false };

for (let index = from; index < to; index++) {
  const bytes = mutated(originals, seed, index);
  Atomics.store(at, 0, index);
  try {
    await run(bytes);
    report.read++;
  } catch (error) {
    if (isMeant(error)) report.refused++;
    else
      report.unexpected.push({
        index,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
  report.files++;
  if (index + 1 === measureAt || index + 1 === to) await tell(index + 1 === to);
}

/** Errors with a reason; `internal` is what an error of the engine becomes. */
function isMeant(error: unknown): boolean {
  return error instanceof VitrineError && error.code !== 'internal' && error.code !== 'worker-failed';
}

async function tell(done: boolean): Promise<void> {
  // blobs and streams are let go of in a later turn
  for (let n = 0; n < 3; n++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  const { used_heap_size, external_memory } = getHeapStatistics();
  let wasm = 0;
  for (const one of memories) {
    const memory = one.deref();
    if (memory) wasm += memory.buffer.byteLength;
    else memories.delete(one);
  }
  const heap = used_heap_size + external_memory - wasm; // V8 counts it as external
  parentPort?.postMessage({ ...report, heap, wasm, done } satisfies Report);
}
