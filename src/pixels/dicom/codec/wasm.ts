// What the WebAssembly codecs have in common: where their binary lies, one instance each, failures of every kind.
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

/** An instance whose memory has grown to more than this is let go: it never shrinks, and some damaged codestreams let it grow to 700 MB. */
const KEPT_BYTES = 2 ** 27;

/** Where a bundled binary is found: its URL in a browser. */
let locate: (url: string) => string = (url) => url;

/** Puts the binaries elsewhere: outside of a browser a bundler's URL is no path of a file. */
export function locateWasm(by: (url: string) => string): void {
  locate = by;
}

/** A codec's module: one instance, made at the first use and again after a failure. */
export interface WasmCodec<M> {
  module(): Promise<M>;
  /** Lets the instance go: after a trap its memory is not to be trusted. */
  forget(): void;
}

/** A codec of WebAssembly: loaded once, at its first frame. */
export function wasmCodec<M>(load: () => Promise<{ factory: WasmFactory<M>; url: string }>): WasmCodec<M> {
  let instance: Promise<M> | undefined;
  const forget = (): void => {
    instance = undefined;
  };
  const make = async (): Promise<M> => {
    try {
      const { factory, url } = await load();
      return await factory({ locateFile: () => locate(url), print: ignore, printErr: ignore });
    } catch (cause) {
      forget();
      throw new VitrineError('platform', 'A decoder of Vitrine could not be loaded. Reload the page.', { cause });
    }
  };
  return {
    module() {
      instance ??= make();
      return instance;
    },
    forget,
  };
}

/** The codecs write every damaged codestream to the console. */
function ignore(): void {}

/**
 * Decodes a codestream with a decoder of the codec's module and hands what it says and a copy of its bytes to `result`.
 * Errors: `unreadable` in one sentence with `title`, whatever the codec throws (often a bare number, a pointer); `platform`.
 */
export async function decodeWith<M, D extends WasmDecoder, T>(
  codec: WasmCodec<M>,
  create: (module: M) => D,
  { codestream, title }: { codestream: Uint8Array; title: string },
  result: (info: FrameInfo, bytes: Uint8Array<ArrayBuffer>, decoder: D) => T,
): Promise<T> {
  const module = await codec.module();
  try {
    const decoder = create(module);
    decoder.getEncodedBuffer(codestream.length).set(codestream);
    decoder.decode();
    const info = decoder.getFrameInfo();
    const view = decoder.getDecodedBuffer();
    const memory = view.buffer.byteLength;
    const bytes = new Uint8Array(view);
    const { width, height, componentCount, bitsPerSample } = info;
    // damaged and cut codestreams may end in an empty buffer without an error
    const expected = width * height * componentCount * (bitsPerSample > 8 ? 2 : 1);
    if (expected === 0 || bytes.length !== expected) throw new Error(`${bytes.length} bytes, ${expected} expected`);
    const decoded = result(info, bytes, decoder);
    decoder.delete();
    if (memory > KEPT_BYTES) codec.forget();
    return decoded;
  } catch (cause) {
    // what the failed decoder had allocated goes with the instance
    codec.forget();
    throw new VitrineError('unreadable', `The ${title} in it is damaged and cannot be decoded.`, { cause });
  }
}

/** Samples of up to 16 bits as the codecs lay them in memory: WebAssembly is little endian. */
export function samplesOf(bytes: Uint8Array<ArrayBuffer>, bits: number): Uint8Array | Uint16Array {
  return bits > 8 ? new Uint16Array(bytes.buffer) : bytes;
}
