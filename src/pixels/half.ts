// Numbers as IEEE 754 binary16, for models that take float16.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Bits of the nearest binary16 number, ties to even; too large becomes infinite. */
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
