// Which browsers are supported: the features without which nothing works, asked one by one instead of reading a version.

/**
 * The oldest Chrome and Edge (April 2024) that have every required feature below. The youngest is the reading of a stream with
 * `for await` (124); `AbortSignal.any` (116), nested style sheets (112) and private storage with synchronous handles (108) came before.
 * Firefox and Safari answer the same questions, but have no folder picker: folders are read-only there.
 */
const oldestChrome = 124;

/** Sentences on required features that this browser lacks; empty: all is there. Runs in the page. */
export function missingFeatures(): string[] {
  return required.filter(({ present }) => !present()).map(({ sentence }) => sentence);
}

const update = `Update the browser (Chrome or Edge ${oldestChrome} or newer).`;

const required: { present: () => boolean; sentence: string }[] = [
  {
    present: () => globalThis.isSecureContext,
    sentence:
      'This page was not opened over https or from localhost, so the browser gives it no file access. Use https.',
  },
  {
    present: () => typeof Worker === 'function' && typeof OffscreenCanvas === 'function',
    sentence: `Pictures cannot be drawn in the background here. ${update}`,
  },
  {
    present: () => typeof WebAssembly === 'object',
    sentence: 'WebAssembly is switched off, and the model runs on it. Allow WebAssembly in the browser settings.',
  },
  {
    present: () => 'indexedDB' in globalThis && 'storage' in navigator && 'getDirectory' in navigator.storage,
    sentence: `This browser has no private storage for the page, where edits are kept. Leave private browsing, or: ${update}`,
  },
  {
    present: () => 'locks' in navigator,
    sentence: `Tabs cannot be kept apart here, so edits could be lost. ${update}`,
  },
  {
    present: () => typeof DecompressionStream === 'function' && typeof createImageBitmap === 'function',
    sentence: `Compressed files cannot be read here. ${update}`,
  },
  {
    // The youngest features that the code uses everywhere; the build translates none of them.
    present: () => typeof AbortSignal.any === 'function' && Symbol.asyncIterator in ReadableStream.prototype,
    sentence: `This browser is too old to run the page. ${update}`,
  },
];
