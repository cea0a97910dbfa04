// CRC-32 of zip entries and saved files (ISO 3309, reflected polynomial 0xEDB88320), continued over chunks.

const tables = makeTables();

/** The CRC-32 of `bytes` appended to data whose CRC-32 is `previous` (0 for none), as an unsigned 32-bit number. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const [t0, t1, t2, t3] = tables;
  let c = ~previous;
  let i = 0;
  // Four bytes a step ("slicing by 4"): three times as fast as one table. Indexes are masked to 0-255, so reads are never undefined.
  for (const end = bytes.length - 3; i < end; i += 4) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    c = t3[c & 255]! ^ t2[(c >>> 8) & 255]! ^ t1[(c >>> 16) & 255]! ^ t0[c >>> 24]!;
  }
  for (; i < bytes.length; i++) c = (c >>> 8) ^ t0[(c ^ bytes[i]!) & 255]!;
  return ~c >>> 0;
}

function makeTables(): [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    first[n] = c;
  }
  const next = (table: Int32Array): Int32Array => table.map((c) => (c >>> 8) ^ first[c & 255]!);
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}
