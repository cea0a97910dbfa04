// What JPEG 2000 and HTJ2K share: the codestream's header, checks, sign and colour transform.
import { VitrineError } from '../../../shared/errors.ts';
import type { ImageDescription } from '../data/image.ts';
import { checkCodestream, readJ2kFrame } from './codestream.ts';
import type { CodedFrame } from './table.ts';
import { decodeWith, samplesOf, type WasmCodec, type WasmDecoder } from './wasm.ts';

/** A tile's index has 16 bits (T.800, A.4.2); more would only fill the memory. */
const MAX_TILES = 65_535;

interface Options<M> {
  maxPixels: number;
  title: string;
  codec: WasmCodec<M>;
  create: (module: M) => WasmDecoder;
}

/**
 * Checks a codestream against the image, decodes it, and takes sign and colours from it: RGB after the inverse transform.
 * Errors: `unreadable`, `unsupported`, `too-large`.
 */
export function decodeJ2k<M>(
  bytes: Uint8Array<ArrayBuffer>,
  image: Pick<ImageDescription, 'rows' | 'columns' | 'photometric'>,
  { maxPixels, title, codec, create }: Options<M>,
): Promise<CodedFrame> {
  const { start, width, height, components, precision, signed, subsampled, colourTransform, tiles } =
    readJ2kFrame(bytes);
  checkCodestream({ width, height, channels: components }, image, { maxPixels, title });
  if (precision > 16)
    throw new VitrineError('unsupported', `The ${title} in it has ${precision} bits a sample; up to 16 are read.`);
  if (subsampled)
    throw new VitrineError('unsupported', `The ${title} in it has components of different sizes, which is not read.`);
  if (tiles > MAX_TILES)
    throw new VitrineError('unreadable', `The ${title} in it says ${tiles} tiles: the file is damaged.`);
  const rgb = components === 3 && (colourTransform || /^YBR_(RCT|ICT)$/.test(image.photometric));
  return decodeWith(codec, create, { codestream: bytes.subarray(start), title }, (info, decoded) => ({
    width: info.width,
    height: info.height,
    channels: info.componentCount,
    samples: samplesOf(decoded, info.bitsPerSample),
    precision,
    signed,
    ...(rgb ? { colours: 'rgb' as const } : {}),
  }));
}
