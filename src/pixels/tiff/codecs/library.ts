// The three compressions that packages decode for us (JPEG and LERC by geotiff, Zstandard), with what they may allocate checked before.
import { getDecoder } from 'geotiff';
import { ZSTDDecoder } from 'zstddec/stream';
import { VitrineError } from '../../../shared/errors.ts';
import { inflate } from './inflate.ts';

const damaged = (cause?: unknown): VitrineError =>
  new VitrineError('unreadable', 'The compressed data of a strip or tile are damaged.', { cause });

/** geotiff's own numbers are the tag values of the compressions. */
const codec = { jpeg: 7, lerc: 34_887 } as const;

const zstandard = new ZSTDDecoder();

/** What geotiff's decoders of single segments ask for besides the data; they undo predictors only in a call that we do not make. */
const unused = { tileWidth: 0, tileHeight: 0, predictor: 1, bitsPerSample: 8, planarConfiguration: 1 };

/** Decodes a JPEG stream whose header has been checked to its components as stored, [height, width, components]. Errors: `unreadable`. */
export function decodeJpegStream(bytes: Uint8Array, tables: Uint8Array | undefined): Promise<Uint8Array> {
  const parameters = { ...unused, ...(tables === undefined ? {} : { JPEGTables: tables }) };
  return decodeBlock(codec.jpeg, parameters, bytes);
}

/**
 * Decodes a Zstandard frame to at most `size` bytes. `room`: bytes that the frame may unfold to. Without it the package would decode
 * piece by piece, which never ends when the data are damaged. Errors: `unreadable` when it is damaged or unfolds to more than the room.
 */
export async function decodeZstandard(bytes: Uint8Array, size: number, room = size): Promise<Uint8Array> {
  await zstandard.init();
  // a failure is a negative length, which leaves nothing
  const decoded = zstandard.decode(bytes, room);
  if (decoded.length === 0) throw damaged();
  return decoded.subarray(0, size);
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
    throw damaged(cause);
  }
}

/** Rows times columns of a LERC 2 blob. Errors: `unreadable` for LERC 1, which TIFF never holds, and anything else. */
function lercPixels(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 6)) !== 'Lerc2 ' || bytes.length < 30)
    throw new VitrineError('unreadable', 'Its LERC data are damaged or of the first version.');
  const at = view.getInt32(6, true) >= 3 ? 14 : 10;
  return view.getUint32(at, true) * view.getUint32(at + 4, true);
}
