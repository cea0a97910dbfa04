// From a JPEG's planes to RGBA in WebAssembly SIMD, with libjpeg's own arithmetic: triangle filter for the colours, fixed-point conversion.
import {
  assemble,
  type Code,
  i8x16,
  i16x8,
  i32,
  i32x4,
  local,
  loop,
  v128,
  type WasmFunction,
} from '../resize/assemble.ts';

const { get, set, tee } = local;
const advance = (target: number, bytes: number): Code => [get(target), i32.const(bytes), i32.add, set(target)].flat();
const countDown = (counter: number): Code => [get(counter), i32.const(1), i32.sub, tee(counter)].flat();

/** Sums of a row of colour samples and its neighbour, 3 : 1, as 16 bits; eight at a time (`h2v2_fancy_upsample` in libjpeg's jdsample.c). */
function sums(): WasmFunction {
  const [near, far, groups, target, samples] = [0, 1, 2, 3, 4];
  const body = [
    [...get(near), ...v128.loadBytesAt(0), ...set(samples)],
    [...get(target), ...get(samples), ...get(samples), ...i16x8.add, ...get(samples), ...i16x8.add],
    [...get(far), ...v128.loadBytesAt(0), ...i16x8.add, ...v128.store],
    advance(near, 8),
    advance(far, 8),
    advance(target, 16),
    countDown(groups),
  ];
  return { name: 'sums', parameters: 4, i32Locals: 0, v128Locals: 1, body: [loop(...body)] };
}

/** Lanes of 16 bits of two vectors taken in turn: the first four of each, or the last four. */
const inTurn = (half: 0 | 1): Code =>
  v128.shuffle(Array.from({ length: 4 }, (_, i) => 2 * (i + 4 * half)).flatMap((at) => [at, at + 1, at + 16, at + 17]));

/** Two 16-bit factors side by side in every lane of 32 bits. */
const factors = (first: number, second: number): Code =>
  [i32.const((first & 0xffff) | (second << 16)), i32x4.splat].flat();

/**
 * One row, sixteen pixels at a time: `blue` and `red` are the addresses of sums, one before the first; `luma` and `target` of the row's own.
 * The factors of jdcolor.c (2^16 · 1.402, 1.772, 0.34414, 0.71414) without their whole parts, so that they fit into 16 bits.
 */
function row(): WasmFunction {
  const [luma, blue, red, groups, target] = [0, 1, 2, 3, 4];
  const [triple, even, odd, toRed, toGreen, toBlue, half, centre, opaque] = [5, 6, 7, 8, 9, 10, 11, 12, 13];
  const [blues, reds] = [
    [14, 15],
    [16, 17],
  ] as const;
  const [first, second, y, b, r, redGreen] = [18, 19, 20, 21, 22, 23];

  /** (3 · this + the one beside it + rounding) / 16, around 0. */
  const side = (sum: number, offset: number, rounding: number): Code =>
    // biome-ignore format: operands and their instruction
    [
      get(triple), get(sum), v128.loadAt(offset), i16x8.add, i32.const(rounding), i16x8.splat, i16x8.add,
      i32.const(4), i16x8.shiftRightUnsigned, get(centre), i16x8.sub,
    ].flat();
  const widen = (sum: number, [low, high]: readonly [number, number]): Code =>
    // biome-ignore format: operands and their instruction
    [
      get(sum), v128.loadAt(2), tee(triple), get(triple), get(triple), i16x8.add, i16x8.add, set(triple),
      side(sum, 0, 8), set(even), side(sum, 4, 7), set(odd),
      get(even), get(odd), inTurn(0), set(low), get(even), get(odd), inTurn(1), set(high),
    ].flat();
  /** Rounded products of blue and red with their factors, eight lanes. */
  const product = (weights: number): Code => {
    const part = (pair: number): Code =>
      // biome-ignore format: operands and their instruction
      [get(pair), get(weights), i32x4.dot, get(half), i32x4.add, i32.const(16), i32x4.shiftRight].flat();
    return [...part(first), ...part(second), ...i16x8.narrow];
  };
  const picked = (from: number): Code =>
    v128.shuffle(Array.from({ length: 4 }, (_, i) => i + from).flatMap((at) => [at, at + 8, at + 16, at + 24]));
  const eight = (which: 0 | 1): Code =>
    // biome-ignore format: operands and their instruction
    [
      get(blues[which]), tee(b), get(reds[which]), tee(r), inTurn(0), set(first), get(b), get(r), inTurn(1), set(second),
      get(luma), v128.loadBytesAt(8 * which), set(y),
      product(toRed), get(r), i16x8.add, get(y), i16x8.add,
      product(toGreen), get(r), i16x8.sub, get(y), i16x8.add, i8x16.narrowUnsigned, set(redGreen),
      product(toBlue), get(b), i16x8.add, get(b), i16x8.add, get(y), i16x8.add, get(opaque), i8x16.narrowUnsigned, set(first),
      get(target), get(redGreen), get(first), picked(0), v128.storeAt(32 * which),
      get(target), get(redGreen), get(first), picked(4), v128.storeAt(32 * which + 16),
    ].flat();
  const constants = [
    [...factors(0, 26345), ...set(toRed)], // 1.402 - 1
    [...factors(-22554, 18734), ...set(toGreen)], // -0.34414, -0.71414 + 1
    [...factors(-14942, 0), ...set(toBlue)], // 1.772 - 2
    [...i32.const(1 << 15), ...i32x4.splat, ...set(half)],
    [...i32.const(128), ...i16x8.splat, ...set(centre)],
    [...i32.const(255), ...i16x8.splat, ...set(opaque)],
  ];
  const perGroup: Code[] = [
    widen(blue, blues),
    widen(red, reds),
    eight(0),
    eight(1),
    advance(luma, 16),
    advance(blue, 16),
    advance(red, 16),
    advance(target, 64),
    countDown(groups),
  ];
  return { name: 'row', parameters: 5, i32Locals: 0, v128Locals: 19, body: [...constants, loop(...perGroup)] };
}

/** The kernels and the memory that they work in; addresses in bytes. They read and write whole groups, up to 64 bytes behind the end. */
export interface PlanesKernels {
  memory: WebAssembly.Memory;
  sums(near: number, far: number, groups: number, target: number): void;
  row(luma: number, blue: number, red: number, groups: number, target: number): void;
}

let kernels: PlanesKernels | undefined;

/** The kernels of this thread, made on first use. */
export function getPlanesKernels(): PlanesKernels {
  if (kernels === undefined) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble([sums(), row()])));
    kernels = instance.exports as unknown as PlanesKernels; // these are its exports, see assemble()
  }
  return kernels;
}
