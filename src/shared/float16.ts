// IEEE 754 half precision, for browsers without Float16Array: the stored form of embeddings and the input of half-precision models.

const scratch = new DataView(new ArrayBuffer(4));

/** Bits of the half nearest to `value`, ties to even; overflow is infinity, NaN stays NaN. */
export function toHalf(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  const e = exponent - 112; // half's exponent field: bias 15 instead of 127
  if (e >= 31) return sign | 0x7c00;
  if (e < -10) return sign; // below half of the smallest subnormal
  // subnormals shift the fraction, with its implied 1, further right; the carry of rounding moves into the exponent as it should
  const full = e > 0 ? (e << 23) | fraction : fraction | 0x800000;
  const shift = e > 0 ? 13 : 14 - e;
  const half = full >>> shift;
  const rest = full & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (half + (rest > tie || (rest === tie && (half & 1) === 1) ? 1 : 0));
}

/** The value of a half. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Halves of `values`, as their bits. */
export function packHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  if (typeof Float16Array !== 'undefined') return new Uint16Array(new Float16Array(values).buffer);
  return Uint16Array.from(values, toHalf);
}

/** Values of halves given as bits. */
export function unpackHalf(bits: Uint16Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  if (typeof Float16Array !== 'undefined')
    return new Float32Array(new Float16Array(bits.buffer, bits.byteOffset, bits.length));
  return Float32Array.from(bits, fromHalf);
}
