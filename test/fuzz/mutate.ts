// Damages files the way disks, networks and enemies do. Pure and seeded: the same seed gives the same file anywhere.

/** A random number in [0, below), whole. */
export type Random = (below: number) => number;

/** Mulberry32 (Tommy Ettinger, public domain): small, fast, and good enough to choose bytes. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A file to damage; what lies before `from` is left alone by all but cuts. */
export interface Original {
  bytes: Uint8Array;
  from: number;
}

type Mutator = (bytes: Uint8Array, from: number, random: Random, other: Original) => Uint8Array;

const concat = (...parts: Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** A place in the file: half of them in the first 512 bytes behind `from`, where headers are. */
const place = (bytes: Uint8Array, from: number, random: Random): number => {
  const room = Math.max(1, bytes.length - from);
  return from + random(random(2) === 0 ? Math.min(room, 512) : room);
};

/** A block of up to 256 bytes. */
const block = (bytes: Uint8Array, from: number, random: Random): [start: number, end: number] => {
  const start = place(bytes, from, random);
  return [start, Math.min(bytes.length, start + 1 + random(256))];
};

const flipBits: Mutator = (bytes, from, random) => {
  const out = bytes.slice();
  for (let n = 1 + random(8); n > 0; n--) {
    const at = place(bytes, from, random);
    out[at] = (out[at] ?? 0) ^ (1 << random(8));
  }
  return out;
};

const truncate: Mutator = (bytes, from, random) => bytes.slice(0, place(bytes, from, random));

const duplicateBlock: Mutator = (bytes, from, random) => {
  const [start, end] = block(bytes, from, random);
  return concat(bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end));
};

const removeBlock: Mutator = (bytes, from, random) => {
  const [start, end] = block(bytes, from, random);
  return concat(bytes.subarray(0, start), bytes.subarray(end));
};

/** Overwrites 1, 2 or 4 bytes, either byte order, by a number that lengths go wrong with. */
const editLength: Mutator = (bytes, from, random) => {
  const out = bytes.slice();
  const width = [1, 2, 4][random(3)] ?? 1;
  const at = Math.min(place(bytes, from, random), bytes.length - width);
  if (at < 0) return out;
  const view = new DataView(out.buffer);
  const little = random(2) === 0;
  const before =
    width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
  const most = 2 ** (8 * width) - 1;
  const value = [0, 1, most, most >>> 1, before + 1, before - 1, before * 2, random(most)][random(8)] ?? 0;
  if (width === 1) view.setUint8(at, value);
  else if (width === 2) view.setUint16(at, value, little);
  else view.setUint32(at, value, little);
  return out;
};

/** The start of one file and the end of another. */
const splice: Mutator = (bytes, from, random, other) =>
  concat(bytes.subarray(0, place(bytes, from, random)), other.bytes.subarray(place(other.bytes, other.from, random)));

const mutators: readonly Mutator[] = [flipBits, truncate, duplicateBlock, removeBlock, editLength, splice];

/** File `index` of the endless series of a seed: one original of the list with one to three kinds of damage. */
export function mutated(originals: readonly Original[], seed: number, index: number): Uint8Array<ArrayBuffer> {
  const random = randomFrom(Math.imul(index + 1, 0x9e3779b1) ^ seed);
  const choose = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const original = choose(originals);
  const other = choose(originals);
  if (original === undefined || other === undefined) throw new Error('There is no file to mutate.');
  let bytes = original.bytes;
  for (let n = 1 + random(3); n > 0 && bytes.length > original.from; n--)
    bytes = choose(mutators)?.(bytes, original.from, random, other) ?? bytes;
  return new Uint8Array(bytes);
}
