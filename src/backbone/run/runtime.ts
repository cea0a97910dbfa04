// Loads onnxruntime-web: the smaller JSPI build where WebAssembly can suspend, the asyncify build elsewhere; files from our own origin.
import type * as Ort from 'onnxruntime-web';
// wasmPaths must name both files: without them the glue is the worker's own chunk, each thread starts the whole worker again, and
// creating a session with more than one thread never ends.
import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';

export type Runtime = typeof Ort;

/**
 * The runtime with its number of WASM threads, which is fixed for as long as this module instance lives: another number needs another worker.
 * Threads need cross-origin isolation; without it there is one.
 */
export async function loadRuntime(threads: number): Promise<Runtime> {
  const jspi = 'Suspending' in WebAssembly;
  const ort: Runtime = jspi ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/webgpu');
  ort.env.wasm.wasmPaths = jspi ? { mjs: jspiMjs, wasm: jspiWasm } : { mjs: asyncifyMjs, wasm: asyncifyWasm };
  ort.env.wasm.numThreads = crossOriginIsolated ? threads : 1;
  ort.env.logLevel = 'error'; // warnings tell of node placement, which the self-test judges by result and speed
  return ort;
}
