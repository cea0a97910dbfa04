// Checksums of stored bytes: xxHash32, which reads four bytes at a time and so costs little beside reading them from disk.

const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;
const P3 = 0xc2b2ae3d;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const rotate = (v: number, bits: number): number => (v << bits) | (v >>> (32 - bits));
const round = (acc: number, lane: number): number => Math.imul(rotate((acc + Math.imul(lane, P2)) | 0, 13), P1);

/** xxHash32 with seed 0 (the specification in Cyan4973/xxHash, doc/xxhash_spec.md), as an unsigned number. */
export function checksum(bytes: Uint8Array): number {
  const length = bytes.length;
  // words are little-endian in the specification as on every machine that runs a browser; unaligned input is copied once
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, length >>> 2);
  let at = 0; // in words
  let hash: number;
  if (length >= 16) {
    let a = (P1 + P2) | 0;
    let b = P2 | 0;
    let c = 0;
    let d = -P1 | 0;
    for (const last = (length >>> 4) << 2; at < last; at += 4) {
      a = round(a, words[at] as number); // at + 3 < last <= words.length
      b = round(b, words[at + 1] as number);
      c = round(c, words[at + 2] as number);
      d = round(d, words[at + 3] as number);
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  } else {
    hash = P5 | 0;
  }
  hash = (hash + length) | 0;
  for (; at < words.length; at++) hash = Math.imul(rotate((hash + Math.imul(words[at] as number, P3)) | 0, 17), P4);
  for (let i = at * 4; i < length; i++)
    hash = Math.imul(rotate((hash + Math.imul(aligned[i] as number, P5)) | 0, 11), P1);
  hash = Math.imul(hash ^ (hash >>> 15), P2);
  hash = Math.imul(hash ^ (hash >>> 13), P3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
