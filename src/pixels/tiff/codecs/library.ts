// The three compressions that geotiff decodes for us (JPEG, Zstandard, LERC), with what they may allocate checked before.
import { getDecoder } from 'geotiff';
import { VitrineError } from '../../../shared/errors.ts';
import { inflate } from './inflate.ts';

/** geotiff's own numbers are the tag values of the compressions. */
const codec = { jpeg: 7, lerc: 34_887, zstandard: 50_000 } as const;

/** What geotiff's decoders of single segments ask for besides the data; they undo predictors only in a call that we do not make. */
const unused = { tileWidth: 0, tileHeight: 0, predictor: 1, bitsPerSample: 8, planarConfiguration: 1 };

/** Decodes a JPEG stream whose header has been checked to its components as stored, [height, width, components]. Errors: `unreadable`. */
export function decodeJpegStream(bytes: Uint8Array, tables: Uint8Array | undefined): Promise<Uint8Array> {
  const parameters = { ...unused, ...(tables === undefined ? {} : { JPEGTables: tables }) };
  return decodeBlock(codec.jpeg, parameters, bytes);
}

/** Decodes a Zstandard frame to at most `size` bytes. Errors: `unreadable` when it is damaged or would unfold to far more. */
export async function decodeZstandard(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  // an encoder may end a block early, so the bound by blocks is generous
  if (zstandardBound(bytes) > 4 * size + 2 ** 24)
    throw new VitrineError('unreadable', 'Its Zstandard data would unfold to far more than the picture needs.');
  return (await decodeBlock(codec.zstandard, unused, bytes)).subarray(0, size);
}

/** Decodes LERC, packed once more by deflate (1) or Zstandard (2) or not, to at most `size` bytes, little-endian. Errors: `unreadable`. */
export async function decodeLerc(
  bytes: Uint8Array<ArrayBuffer>,
  packing: number,
  size: number,
  interleaved: boolean,
): Promise<Uint8Array> {
  // LERC is never larger than its samples by more than its headers
  const most = size + 2 ** 16;
  const inner = packing === 1 ? await inflate(bytes, most) : packing === 2 ? await decodeZstandard(bytes, most) : bytes;
  if (lercPixels(inner) > size)
    throw new VitrineError('unreadable', 'Its LERC data claim more pixels than the picture has.');
  const parameters = { ...unused, planarConfiguration: interleaved ? 1 : 2, LercParameters: [4, 0] };
  return (await decodeBlock(codec.lerc, parameters, inner)).subarray(0, size);
}

async function decodeBlock(number: number, parameters: typeof unused, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const decoder = await getDecoder(number, parameters);
    // the decoders take a buffer of their own, not a view of the file
    return new Uint8Array(await decoder.decodeBlock(bytes.slice().buffer));
  } catch (cause) {
    throw new VitrineError('unreadable', 'The compressed data of a strip or tile are damaged.', { cause });
  }
}

/** Most bytes that a Zstandard frame can unfold to (RFC 8878, 3.1.1): blocks say their size, or are at most 128 KiB. */
function zstandardBound(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== 0xfd2fb528)
    throw new VitrineError('unreadable', 'Its Zstandard data are damaged.');
  const descriptor = bytes[4] ?? 0;
  const single = (descriptor >> 5) & 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = 5 + (1 - single) + dictionaryBytes + sizeBytes;
  let bound = 0;
  for (let last = false; !last && at + 3 <= bytes.length; ) {
    const header = view.getUint16(at, true) | ((bytes[at + 2] ?? 0) << 16);
    last = (header & 1) === 1;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    bound += type === 2 ? 2 ** 17 : size;
    at += 3 + (type === 1 ? 1 : size);
  }
  return bound;
}

/** Rows times columns of a LERC 2 blob. Errors: `unreadable` for LERC 1, which TIFF never holds, and anything else. */
function lercPixels(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 6)) !== 'Lerc2 ' || bytes.length < 30)
    throw new VitrineError('unreadable', 'Its LERC data are damaged or of the first version.');
  const at = view.getInt32(6, true) >= 3 ? 14 : 10;
  return view.getUint32(at, true) * view.getUint32(at + 4, true);
}
