// The samples of a codestream in the size that the page gives its strip or tile: the last one may be cut, or be filled up.
import type { SegmentShape } from '../samples.ts';

/** What a codec made of a codestream. */
export interface CodestreamSamples {
  width: number;
  height: number;
  /** [height, width, samples of the shape] row-major. */
  data: Uint8Array | Uint16Array;
  /** How many of them were decoded. */
  have: number;
}

/** Bytes of a strip or tile, little endian whatever the file's order is, and how many came from the file. */
export interface FittedSamples {
  bytes: Uint8Array;
  found: number;
  native: true;
}

/** Cuts or fills to [rows, width, samples]; what the codestream does not have is zero. */
export function fitted(coded: CodestreamSamples, { rows, width, samples }: SegmentShape): FittedSamples {
  const { data, have } = coded;
  const [commonRows, common] = [Math.min(rows, coded.height), Math.min(width, coded.width) * samples];
  let out = data.subarray(0, rows * width * samples);
  if (coded.width !== width || coded.height < rows) {
    const length = rows * width * samples;
    out = data instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
    for (let y = 0; y < commonRows; y++) {
      const from = y * coded.width * samples;
      out.set(data.subarray(from, from + common), y * width * samples);
    }
  }
  const found = Math.floor((have / data.length) * commonRows * common) * out.BYTES_PER_ELEMENT;
  return { bytes: new Uint8Array(out.buffer, out.byteOffset, out.byteLength), found, native: true };
}
