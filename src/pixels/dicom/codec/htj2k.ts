// High-throughput JPEG 2000 frames (ISO/IEC 15444-15), by OpenJPH.
import { decodeJ2k } from './j2k.ts';
import type { FrameDecoder } from './table.ts';
import { type WasmDecoder, wasmCodec } from './wasm.ts';

const openjph = wasmCodec<{ HTJ2KDecoder: new () => WasmDecoder }>(async () => {
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-openjph/wasmjs'),
    import('@cornerstonejs/codec-openjph/wasm?url'),
  ]);
  return { factory, url };
});

/** Errors: `unreadable`, `unsupported` for more than 16 bits or subsampled components, `too-large`. */
export const decodeFrame: FrameDecoder = (bytes, image, { maxPixels }) =>
  decodeJ2k(bytes, image, {
    maxPixels,
    title: 'HTJ2K',
    codec: openjph,
    create: ({ HTJ2KDecoder }) => new HTJ2KDecoder(),
  });
