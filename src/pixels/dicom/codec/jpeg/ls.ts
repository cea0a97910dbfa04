// JPEG-LS frames, lossless and near-lossless, by CharLS.

import { interleaved } from '../../native.ts';
import { decodeWith, once, samplesOf, type WasmDecoder } from '../wasm.ts';
import type { JpegDecoder } from './decode.ts';

/** 0: plane after plane; else pixel after pixel. */
interface JpegLsDecoder extends WasmDecoder {
  getInterleaveMode(): number;
}

const charls = once<{ JpegLSDecoder: new () => JpegLsDecoder }>(async () => {
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-charls/decodewasmjs'),
    import('@cornerstonejs/codec-charls/decodewasm?url'),
  ]);
  return { factory, url };
});

/** Errors: `unreadable` for a damaged or cut codestream. */
export const decodeJpeg: JpegDecoder = async (bytes, frame) => {
  const { JpegLSDecoder } = await charls();
  const decoder = new JpegLSDecoder();
  return decodeWith(decoder, bytes.subarray(frame.start), 'JPEG-LS', (info, decoded) => {
    const { width, height, componentCount: channels, bitsPerSample: precision } = info;
    const raw = samplesOf(decoded, precision);
    const samples = decoder.getInterleaveMode() === 0 ? interleaved(raw, channels) : raw;
    return { width, height, channels, samples, precision, signed: false };
  });
};
