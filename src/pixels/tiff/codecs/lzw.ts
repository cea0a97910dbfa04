// LZW as TIFF 6.0 (section 13) writes it, and the older variant with codes from the low bits up.
import { VitrineError } from '../../../shared/errors.ts';

const clear = 256;
const end = 257;

/**
 * Decodes to at most `size` bytes; fewer when the data end early or an invalid code stands in them.
 * Errors: `unreadable` when not one byte can be decoded.
 */
export function decodeLzw(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  // an entry is the bytes of an earlier place in the output and the one that follows them there
  const starts = new Int32Array(4097);
  const lengths = new Int32Array(4097);
  // files by libtiff before 2004: the first code, clear, then reads 0x00 0x01
  const old = bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1;
  const early = old ? 0 : 1;
  let [at, buffer, held, width, next] = [0, 0, 0, 9, 258];
  let [written, before, beforeLength] = [0, 0, 0];
  while (written < size) {
    while (held < width && at < bytes.length) {
      const byte = bytes[at++] ?? 0;
      buffer = old ? buffer | (byte << held) : ((buffer << 8) | byte) & 0xffffff;
      held += 8;
    }
    if (held < width) break;
    const code = old ? buffer & ((1 << width) - 1) : (buffer >> (held - width)) & ((1 << width) - 1);
    held -= width;
    if (old) buffer >>>= width;
    if (code === clear) {
      [width, next, beforeLength] = [9, 258, 0];
      continue;
    }
    if (code === end || code > next || (code === next && beforeLength === 0)) break;
    const start = written;
    let length = 1;
    if (code < clear) out[written++] = code;
    else {
      // the code that is only now defined: the last bytes and their first once more
      const from = code === next ? before : (starts[code] ?? 0);
      length = code === next ? beforeLength + 1 : (lengths[code] ?? 0);
      const stop = Math.min(size, written + length);
      for (let i = from; written < stop; ) out[written++] = out[i++] ?? 0;
    }
    if (beforeLength > 0 && next < 4096) {
      starts[next] = before;
      lengths[next] = beforeLength + 1;
      next++;
    }
    before = start;
    beforeLength = length;
    if (next + early >= 1 << width && width < 12) width++;
  }
  if (written === 0 && size > 0) throw new VitrineError('unreadable', 'Its LZW data begin with an invalid code.');
  return out.subarray(0, written);
}
