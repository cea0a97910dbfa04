// IEEE 754 half precision, for browsers without Float16Array: the stored form of embeddings and the input of half-precision models.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Bits of the half nearest to `value`, ties to even; overflow is infinity, NaN stays NaN. */
export function toHalf(value: number): number {
  float[0] = value;
  const b = bits[0] ?? 0;
  const sign = (b >>> 16) & 0x8000;
  const magnitude = b & 0x7fffffff;
  if (magnitude >= 0x47800000) return sign | (magnitude > 0x7f800000 ? 0x7e00 : 0x7c00); // 2^16 and above, infinite, NaN
  if (magnitude < 0x38800000) {
    // below 2^-14 binary16 counts in units of 2^-24; adding 0.5 lets the float's own rounding cut there
    float[0] = Math.abs(value) + 0.5;
    return sign | ((bits[0] ?? 0) - 0x3f000000);
  }
  const odd = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
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
