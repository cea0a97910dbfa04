// RLE frames (PS3.5 annex G): byte planes packed as PackBits, most significant byte first, sample after sample.
import { VitrineError } from '../../../shared/errors.ts';
import { interleaved, missingWarning, nativeFrame, nativeLayout } from '../native.ts';
import type { FrameDecoder } from './table.ts';

const HEADER_BYTES = 64;
const MAX_SEGMENTS = 15;

/** Errors: `unreadable` when the header does not fit the image or less than half of the samples are there. */
export const decodeFrame: FrameDecoder = async (bytes, image) => {
  const { rows, columns, samples: channels, bitsAllocated } = image;
  if (bitsAllocated === 1) {
    // one segment of packed bits, as native 1-bit data
    const { planes, have } = unpack(bytes, 1, Math.ceil((rows * columns * channels) / 8));
    const layout = nativeLayout({ ...image, frames: 1 }, have, 0);
    return nativeFrame(planes.subarray(0, have), image, { layout, encoding: { bigEndian: false }, vr: 'OB' });
  }
  const size = rows * columns;
  const width = bitsAllocated / 8;
  const { planes, have } = unpack(bytes, channels * width, size);
  const warning = missingWarning(have, planes.length);
  const joined = width === 1 ? planes : joinBytes(planes, channels, width, size);
  const samples = interleaved(joined, channels);
  return { width: columns, height: rows, channels, samples, ...(warning === undefined ? {} : { warning }) };
};

/** Unpacks `count` segments of `size` bytes each; `have` counts the bytes that were there. */
function unpack(bytes: Uint8Array, count: number, size: number): { planes: Uint8Array; have: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = bytes.length < HEADER_BYTES ? 0 : view.getUint32(0, true);
  if (segments !== count || segments > MAX_SEGMENTS)
    throw new VitrineError('unreadable', `Its RLE frame has ${segments} segments where ${count} are needed.`);
  // a byte of packed data gives at most 64 (two bytes for 128): less than half of the frame cannot become a picture
  if ((bytes.length - HEADER_BYTES) * 64 * 2 < count * size)
    throw new VitrineError('unreadable', 'The file holds less than half of the picture: it was cut off.');
  const planes = new Uint8Array(count * size);
  let have = 0;
  for (let s = 0; s < count; s++) {
    const from = view.getUint32(4 * (s + 1), true);
    const next = s + 1 < count ? view.getUint32(4 * (s + 2), true) : bytes.length;
    have += packBits(bytes.subarray(from, next), planes.subarray(s * size, (s + 1) * size));
  }
  return { planes, have };
}

/** PackBits: n < 128 copies n + 1 bytes, n > 128 repeats the next byte 257 - n times, 128 does nothing. Gives the bytes written. */
function packBits(packed: Uint8Array, out: Uint8Array): number {
  let to = 0;
  for (let at = 0; at < packed.length && to < out.length; ) {
    const n = packed[at++] ?? 0;
    if (n < 128) {
      const piece = packed.subarray(at, at + Math.min(n + 1, out.length - to));
      out.set(piece, to);
      to += piece.length;
      at += n + 1;
    } else if (n > 128) {
      const value = packed[at++];
      if (value === undefined) break;
      const end = Math.min(out.length, to + 257 - n);
      out.fill(value, to, end);
      to = end;
    }
  }
  return to;
}

/** Byte planes of each sample, most significant first, to samples in planes. */
function joinBytes(planes: Uint8Array, channels: number, width: number, size: number): Uint16Array | Uint32Array {
  const out = width === 2 ? new Uint16Array(channels * size) : new Uint32Array(channels * size);
  for (let c = 0; c < channels; c++) {
    for (let b = 0; b < width; b++) {
      const from = (c * width + b) * size;
      const shift = 8 * (width - 1 - b);
      for (let i = 0; i < size; i++) {
        const at = c * size + i;
        out[at] = (out[at] ?? 0) | ((planes[from + i] ?? 0) << shift);
      }
    }
  }
  return out;
}
