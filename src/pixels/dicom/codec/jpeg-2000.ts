// JPEG 2000 frames, lossless and lossy, by OpenJPEG.
import { decodeJ2k } from './j2k.ts';
import type { FrameDecoder } from './table.ts';
import { type WasmDecoder, wasmCodec } from './wasm.ts';

const openjpeg = wasmCodec<{ J2KDecoder: new () => WasmDecoder }>(async () => {
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    import('@cornerstonejs/codec-openjpeg/decodewasm?url'),
  ]);
  return { factory, url };
});

/** Errors: `unreadable`, `unsupported` for more than 16 bits or subsampled components, `too-large`. */
export const decodeFrame: FrameDecoder = (bytes, image, { maxPixels }) =>
  decodeJ2k(bytes, image, {
    maxPixels,
    title: 'JPEG 2000',
    codec: openjpeg,
    create: ({ J2KDecoder }) => new J2KDecoder(),
  });
