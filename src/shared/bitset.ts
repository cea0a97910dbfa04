// A growable set of row ids, one bit each: selections, presence, filter results.

/** A set of unsigned integers below 2^32, stored as one bit each in 32-bit words. */
export class Bitset {
  words: Uint32Array;

  /** `length` is a capacity in bits; the set grows when a larger id is added. */
  constructor(length = 0) {
    this.words = new Uint32Array((length + 31) >>> 5);
  }

  has(id: number): boolean {
    return ((this.words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }

  add(id: number): void {
    const w = id >>> 5;
    if (w >= this.words.length) this.grow(w + 1);
    this.words[w] = (this.words[w] ?? 0) | (1 << (id & 31));
  }

  delete(id: number): void {
    const w = id >>> 5;
    if (w < this.words.length) this.words[w] = (this.words[w] ?? 0) & ~(1 << (id & 31));
  }

  /** Number of ids in the set. */
  count(): number {
    let n = 0;
    for (let i = 0; i < this.words.length; i++) {
      let v = this.words[i] ?? 0;
      v -= (v >>> 1) & 0x55555555;
      v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
      n += (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
    }
    return n;
  }

  /** The ids in ascending order. */
  ids(): Uint32Array {
    const out = new Uint32Array(this.count());
    let o = 0;
    for (let i = 0; i < this.words.length; i++) {
      let v = this.words[i] ?? 0;
      while (v !== 0) {
        const low = v & -v;
        out[o++] = (i << 5) + (31 - Math.clz32(low));
        v ^= low;
      }
    }
    return out;
  }

  clear(): void {
    this.words.fill(0);
  }

  copy(): Bitset {
    const b = new Bitset();
    b.words = this.words.slice();
    return b;
  }

  private grow(words: number): void {
    const next = new Uint32Array(Math.max(words, this.words.length * 2));
    next.set(this.words);
    this.words = next;
  }
}
