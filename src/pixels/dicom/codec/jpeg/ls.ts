// JPEG-LS frames, lossless and near-lossless, by CharLS.

import { interleaved } from '../../native.ts';
import { decodeWith, samplesOf, type WasmDecoder, wasmCodec } from '../wasm.ts';
import type { JpegDecoder } from './decode.ts';

/** 0: plane after plane; else pixel after pixel. */
interface JpegLsDecoder extends WasmDecoder {
  getInterleaveMode(): number;
}

const charls = wasmCodec<{ JpegLSDecoder: new () => JpegLsDecoder }>(async () => {
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-charls/decodewasmjs'),
    import('@cornerstonejs/codec-charls/decodewasm?url'),
  ]);
  return { factory, url };
});

/** Errors: `unreadable` for a damaged or cut codestream. */
export const decodeJpeg: JpegDecoder = (bytes, { start }) =>
  decodeWith(
    charls,
    ({ JpegLSDecoder }) => new JpegLSDecoder(),
    { codestream: ended(bytes.subarray(start)), title: 'JPEG-LS' },
    (info, decoded, decoder) => {
      const { width, height, componentCount: channels, bitsPerSample: precision } = info;
      const raw = samplesOf(decoded, precision);
      const samples = decoder.getInterleaveMode() === 0 ? interleaved(raw, channels) : raw;
      return { width, height, channels, samples, precision, signed: false };
    },
  );

/** With an end marker behind it: CharLS may search for minutes behind the end of a cut codestream (measured: 80 s for 459 bytes). */
function ended(codestream: Uint8Array): Uint8Array {
  const out = new Uint8Array(codestream.length + 2);
  out.set(codestream);
  out.set([0xff, 0xd9], codestream.length);
  return out;
}
