// JPEG 2000 frames, lossless and lossy, by OpenJPEG.
import type { ImageDescription } from '../data/image.ts';
import { decodeJ2k } from './j2k.ts';
import type { CodedFrame } from './table.ts';
import { type WasmDecoder, wasmCodec } from './wasm.ts';

const openjpeg = wasmCodec<{ J2KDecoder: new () => WasmDecoder }>(async () => {
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    import('@cornerstonejs/codec-openjpeg/decodewasm?url'),
  ]);
  return { factory, url };
});

/** Errors: `unreadable`, `unsupported` for more than 16 bits or subsampled components, `too-large`. */
export const decodeFrame = (
  bytes: Uint8Array<ArrayBuffer>,
  image: Pick<ImageDescription, 'rows' | 'columns' | 'photometric'>,
  { maxPixels }: { maxPixels: number },
): Promise<CodedFrame> =>
  decodeJ2k(bytes, image, {
    maxPixels,
    title: 'JPEG 2000',
    codec: openjpeg,
    create: ({ J2KDecoder }) => new J2KDecoder(),
  });
