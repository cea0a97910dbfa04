// What the WebAssembly codecs have in common: where their binary lies, one instance each, errors that are bare numbers.
import { VitrineError } from '../../../shared/errors.ts';

/** What embind reports of a decoded frame. */
export interface FrameInfo {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned?: boolean;
}

/** The decoder objects of the three codec packages. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  delete(): void;
}

/** An emscripten module factory; `locateFile` says where the binary lies. */
export type WasmFactory<M> = (options: {
  locateFile: () => string;
  print: () => void;
  printErr: () => void;
}) => Promise<M>;

/** Where a bundled binary is found: its URL in a browser. */
let locate: (url: string) => string = (url) => url;

/** Puts the binaries elsewhere: outside of a browser a bundler's URL is no path of a file. */
export function locateWasm(by: (url: string) => string): void {
  locate = by;
}

/** A function that gives the one instance of a module, made at the first call and again after a failure. */
export function once<M>(load: () => Promise<{ factory: WasmFactory<M>; url: string }>): () => Promise<M> {
  let instance: Promise<M> | undefined;
  return () => {
    instance ??= load()
      .then(({ factory, url }) => factory({ locateFile: () => locate(url), print: ignore, printErr: ignore }))
      .catch((cause: unknown) => {
        instance = undefined;
        throw new VitrineError('platform', 'A decoder of Vitrine could not be loaded. Reload the page.', { cause });
      });
    return instance;
  };
}

/** The codecs write every damaged codestream to the console. */
function ignore(): void {}

/**
 * Decodes a codestream and gives a copy of its bytes; `expected` is the length that they must have, by the codestream's header.
 * Errors: `unreadable` in one sentence with `title`, whatever the codec throws.
 */
export function decodeWith<T>(
  decoder: WasmDecoder,
  codestream: Uint8Array,
  title: string,
  result: (info: FrameInfo, bytes: Uint8Array<ArrayBuffer>) => T,
): T {
  try {
    decoder.getEncodedBuffer(codestream.length).set(codestream);
    decoder.decode();
    const info = decoder.getFrameInfo();
    const bytes = new Uint8Array(decoder.getDecodedBuffer());
    const { width, height, componentCount, bitsPerSample } = info;
    // damaged and cut codestreams may end in an empty buffer without an error
    if (bytes.length !== width * height * componentCount * (bitsPerSample > 8 ? 2 : 1)) throw new RangeError();
    return result(info, bytes);
  } catch (cause) {
    throw new VitrineError('unreadable', `The ${title} in it is damaged and cannot be decoded.`, { cause });
  } finally {
    decoder.delete();
  }
}

/** Samples of up to 16 bits as the codecs lay them in memory: WebAssembly is little endian. */
export function samplesOf(bytes: Uint8Array<ArrayBuffer>, bits: number): Uint8Array | Uint16Array {
  return bits > 8 ? new Uint16Array(bytes.buffer) : bytes;
}
