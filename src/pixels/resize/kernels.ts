// The two filter passes of the resize in WebAssembly SIMD: plain TypeScript takes three times as long, more than decoding a JPEG.
import { assemble, type Code, i8x16, i16x8, i32, i32x4, local, loop, v128, type WasmFunction } from './assemble.ts';
import { HIGH_SHIFT, WEIGHT_BITS } from './taps.ts';

const { get, set, tee } = local;
const add = (target: number, ...amount: Code[]): Code => [get(target), ...amount, i32.add, set(target)].flat();
/** Counts a local down and leaves it on the stack. */
const countDown = (counter: number): Code => [get(counter), i32.const(1), i32.sub, tee(counter)].flat();

/** Both halves of a sum of products to 8-bit range (not clipped yet): (high · 2^11 + low) / 2^22; `low` began at one half. */
const total = (high: number, low: number): Code =>
  [
    get(high),
    i32.const(HIGH_SHIFT),
    i32x4.shiftLeft,
    get(low),
    i32x4.add,
    i32.const(WEIGHT_BITS),
    i32x4.shiftRight,
  ].flat();
const startSum = (high: number, low: number): Code =>
  [v128.zero, set(high), i32.const(1 << (WEIGHT_BITS - 1)), i32x4.splat, set(low)].flat();
/** Adds pixels × weights: `pixels` holds 16-bit samples of two pixels, channel by channel; the weights' pair lies at local `k`. */
const addProducts = (pixels: number, high: number, low: number, highWeights: number, lowWeights: number): Code =>
  [
    get(high),
    get(pixels),
    get(highWeights),
    i32x4.dot,
    i32x4.add,
    set(high),
    get(low),
    get(pixels),
    get(lowWeights),
    i32x4.dot,
    i32x4.add,
    set(low),
  ].flat();

/** Reads an entry's head (taps.ts): weights begin 8 bytes behind it and end where its second number says. */
const weightsOf = (entry: number, k: number, end: number): Code =>
  [get(entry), i32.const(8), i32.add, tee(k), get(entry), i32.load(4), i32.add, set(end)].flat();

function across(): WasmFunction {
  const [source, stride, rows, table, entryBytes, outputs, target] = [0, 1, 2, 3, 4, 5, 6];
  const [entry, x, p, k, end] = [7, 8, 9, 10, 11];
  const [high, low, pixels, highWeights, lowWeights] = [12, 13, 14, 15, 16];
  const perPair: Code[] = [
    // two pixels r g b a r g b a to 16-bit samples r r g g b b a a
    get(p),
    v128.load64Zero,
    v128.zero,
    v128.shuffle([0, 16, 4, 16, 1, 16, 5, 16, 2, 16, 6, 16, 3, 16, 7, 16]),
    set(pixels),
    get(k),
    v128.load32Splat(0),
    set(highWeights),
    get(k),
    v128.load32Splat(4),
    set(lowWeights),
    addProducts(pixels, high, low, highWeights, lowWeights),
    add(p, i32.const(8)),
    add(k, i32.const(8)),
    get(k),
    get(end),
    i32.lessUnsigned,
  ];
  const perOutput: Code[] = [
    get(source),
    get(entry),
    i32.load(0),
    i32.const(4),
    i32.mul,
    i32.add,
    set(p),
    weightsOf(entry, k, end),
    startSum(high, low),
    loop(...perPair),
    get(target),
    total(high, low),
    tee(pixels),
    get(pixels),
    i16x8.narrow,
    tee(pixels),
    get(pixels),
    i8x16.narrowUnsigned,
    v128.storeLowest32,
    add(target, i32.const(4)),
    add(entry, get(entryBytes)),
    countDown(x),
  ];
  const perRow: Code[] = [
    get(table),
    set(entry),
    get(outputs),
    set(x),
    loop(...perOutput),
    add(source, get(stride)),
    countDown(rows),
  ];
  return { name: 'across', parameters: 7, i32Locals: 5, v128Locals: 5, body: [loop(...perRow)] };
}

function down(): WasmFunction {
  const [source, stride, table, entryBytes, outputs, groups, target] = [0, 1, 2, 3, 4, 5, 6];
  const [column, x, p, k, end] = [7, 8, 9, 10, 11];
  const [upper, lower, highWeights, lowWeights, pixels] = [12, 13, 14, 15, 16];
  const sums = [
    [17, 18],
    [19, 20],
    [21, 22],
    [23, 24],
  ] as const; // high and low of four pixels
  /** The pixel of a group: interleaves its samples with those of the row below, as 16 bits. */
  const interleave = (pixel: number): Code => {
    const lanes = Array.from({ length: 8 }, (_, i) => (pixel < 2 ? i : i + 8)).flatMap((i) => [i, i + 16]);
    const extend = pixel % 2 === 0 ? i16x8.extendLow : i16x8.extendHigh;
    return [get(upper), get(lower), v128.shuffle(lanes), extend, set(pixels)].flat();
  };
  const perPair: Code[] = [
    get(p),
    v128.load,
    set(upper),
    get(p),
    get(stride),
    i32.add,
    v128.load,
    set(lower),
    get(k),
    v128.load32Splat(0),
    set(highWeights),
    get(k),
    v128.load32Splat(4),
    set(lowWeights),
    ...sums.flatMap(([high, low], pixel) => [
      interleave(pixel),
      addProducts(pixels, high, low, highWeights, lowWeights),
    ]),
    add(p, get(stride), get(stride), i32.add),
    add(k, i32.const(8)),
    get(k),
    get(end),
    i32.lessUnsigned,
  ];
  const perGroup: Code[] = [
    get(source),
    get(column),
    i32.add,
    get(table),
    i32.load(0),
    get(stride),
    i32.mul,
    i32.add,
    set(p),
    weightsOf(table, k, end),
    ...sums.map(([high, low]) => startSum(high, low)),
    loop(...perPair),
    get(target),
    get(column),
    i32.add,
    ...sums.map(([high, low]) => total(high, low)).flatMap((sum, i) => (i % 2 === 0 ? [sum] : [sum, i16x8.narrow])),
    i8x16.narrowUnsigned,
    v128.store,
    add(column, i32.const(16)),
    countDown(x),
  ];
  const perRow: Code[] = [
    i32.const(0),
    set(column),
    get(groups),
    set(x),
    loop(...perGroup),
    add(target, get(stride)),
    add(table, get(entryBytes)),
    countDown(outputs),
  ];
  return { name: 'down', parameters: 7, i32Locals: 5, v128Locals: 13, body: [loop(...perRow)] };
}

/** The kernels and the memory that they work in. All addresses and strides are in bytes. */
export interface Kernels {
  memory: WebAssembly.Memory;
  /** Narrows `rows` rows at `source` to `outputs` pixels each, one after the other at `target`. Reads up to 8 bytes behind the last row. */
  across(
    source: number,
    stride: number,
    rows: number,
    table: number,
    entryBytes: number,
    outputs: number,
    target: number,
  ): void;
  /**
   * Makes `outputs` rows at `target` from rows at `source`, both `stride` apart, in `groups` of 4 pixels. Reads up to one row and
   * one group behind the last row, and writes up to one group behind the last.
   */
  down(
    source: number,
    stride: number,
    table: number,
    entryBytes: number,
    outputs: number,
    groups: number,
    target: number,
  ): void;
}

let kernels: Kernels | undefined;

/** The kernels of this thread, made on first use. */
export function getKernels(): Kernels {
  if (kernels === undefined) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble([across(), down()])));
    kernels = instance.exports as unknown as Kernels; // these are its exports, see assemble()
  }
  return kernels;
}
