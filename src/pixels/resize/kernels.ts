// The two filter passes of the resize in WebAssembly SIMD: plain TypeScript takes six times as long, more than decoding a JPEG.
import { assemble, type Code, i8x16, i16x8, i32, i32x4, local, loop, v128, type WasmFunction } from './assemble.ts';
import { HIGH_SHIFT, WEIGHT_BITS } from './taps.ts';

const { get, set, tee } = local;
const add = (target: number, ...amount: Code[]): Code => [get(target), ...amount, i32.add, set(target)].flat();
/** Counts a local down and leaves it on the stack. */
const countDown = (counter: number): Code => [get(counter), i32.const(1), i32.sub, tee(counter)].flat();

/** A sum's two parts to 8-bit range, not clipped yet: (high · 2^11 + low) / 2^22; `low` began at one half. */
const total = ({ high, low }: Sum): Code =>
  // biome-ignore format: operands and their instruction
  [get(high), i32.const(HIGH_SHIFT), i32x4.shiftLeft, get(low), i32x4.add, i32.const(WEIGHT_BITS), i32x4.shiftRight].flat();

/** Locals of the sums of samples × high parts and samples × low parts of the weights, for the four channels of a pixel. */
interface Sum {
  high: number;
  low: number;
}

const startSum = ({ high, low }: Sum): Code =>
  [v128.zero, set(high), i32.const(1 << (WEIGHT_BITS - 1)), i32x4.splat, set(low)].flat();

/** Adds two pixels with their weights: `samples` holds theirs side by side, as 16 bits, channel after channel. */
const addProducts = (samples: number, { high, low }: Sum, weights: Sum): Code =>
  // biome-ignore format: operands and their instruction
  [
    get(high), get(samples), get(weights.high), i32x4.dot, i32x4.add, set(high),
    get(low), get(samples), get(weights.low), i32x4.dot, i32x4.add, set(low),
  ].flat();

/** The weights of a pair of samples (taps.ts) at address `k`, for all channels. */
const loadWeights = (k: number, weights: Sum): Code =>
  [get(k), v128.load32Splat(0), set(weights.high), get(k), v128.load32Splat(4), set(weights.low)].flat();

/** Reads an entry's head (taps.ts): weights begin 8 bytes behind it and end where its second number says. */
const weightsOf = (entry: number, k: number, end: number): Code =>
  [get(entry), i32.const(8), i32.add, tee(k), get(entry), i32.load(4), i32.add, set(end)].flat();

/** Two rows at a time, which share the loading of weights. */
function across(): WasmFunction {
  const [source, stride, rowPairs, table, entryBytes, outputs, target] = [0, 1, 2, 3, 4, 5, 6];
  const [entry, x, p, k, end, rowBytes] = [7, 8, 9, 10, 11, 12];
  const [samples, weights] = [13, { high: 14, low: 15 }];
  const [upper, lower] = [
    { high: 16, low: 17 },
    { high: 18, low: 19 },
  ];
  /** Two pixels r g b a r g b a from the address on the stack, as 16-bit samples r r g g b b a a. */
  const loadPixels: Code = [
    v128.load64Zero,
    v128.zero,
    v128.shuffle([0, 16, 4, 16, 1, 16, 5, 16, 2, 16, 6, 16, 3, 16, 7, 16]),
    set(samples),
  ].flat();
  /** One pixel to the address on the stack. */
  const storePixel = (sum: Sum): Code =>
    // biome-ignore format: operands and their instruction
    [total(sum), tee(samples), get(samples), i16x8.narrow, tee(samples), get(samples), i8x16.narrowUnsigned, v128.storeLowest32].flat();
  const perPair: Code[] = [
    loadWeights(k, weights),
    [...get(p), ...loadPixels, ...addProducts(samples, upper, weights)],
    [...get(p), ...get(stride), ...i32.add, ...loadPixels, ...addProducts(samples, lower, weights)],
    add(p, i32.const(8)),
    add(k, i32.const(8)),
    [...get(k), ...get(end), ...i32.lessUnsigned],
  ];
  const perOutput: Code[] = [
    [...get(source), ...get(entry), ...i32.load(0), ...i32.const(4), ...i32.mul, ...i32.add, ...set(p)],
    weightsOf(entry, k, end),
    startSum(upper),
    startSum(lower),
    loop(...perPair),
    [...get(target), ...storePixel(upper)],
    [...get(target), ...get(rowBytes), ...i32.add, ...storePixel(lower)],
    add(target, i32.const(4)),
    add(entry, get(entryBytes)),
    countDown(x),
  ];
  const perRowPair: Code[] = [
    [...get(table), ...set(entry), ...get(outputs), ...set(x)],
    loop(...perOutput),
    add(target, get(rowBytes)),
    add(source, get(stride), get(stride), i32.add),
    countDown(rowPairs),
  ];
  const body = [[...get(outputs), ...i32.const(4), ...i32.mul, ...set(rowBytes)], loop(...perRowPair)];
  return { name: 'across', parameters: 7, i32Locals: 6, v128Locals: 7, body };
}

/** Four pixels at a time. */
function down(): WasmFunction {
  const [source, stride, table, entryBytes, outputs, groups, target] = [0, 1, 2, 3, 4, 5, 6];
  const [column, x, p, k, end] = [7, 8, 9, 10, 11];
  const [upper, lower, samples, weights] = [12, 13, 14, { high: 15, low: 16 }];
  const sums: Sum[] = Array.from({ length: 4 }, (_, i) => ({ high: 17 + 2 * i, low: 18 + 2 * i }));
  /** The samples of a pixel of the group side by side with those of the row below, as 16 bits. */
  const interleave = (pixel: number): Code => {
    const lanes = Array.from({ length: 8 }, (_, i) => (pixel < 2 ? i : i + 8)).flatMap((i) => [i, i + 16]);
    const extend = pixel % 2 === 0 ? i16x8.extendLow : i16x8.extendHigh;
    return [get(upper), get(lower), v128.shuffle(lanes), extend, set(samples)].flat();
  };
  const perPair: Code[] = [
    [...get(p), ...v128.load, ...set(upper)],
    [...get(p), ...get(stride), ...i32.add, ...v128.load, ...set(lower)],
    loadWeights(k, weights),
    ...sums.map((sum, pixel) => [...interleave(pixel), ...addProducts(samples, sum, weights)]),
    add(p, get(stride), get(stride), i32.add),
    add(k, i32.const(8)),
    [...get(k), ...get(end), ...i32.lessUnsigned],
  ];
  const [first, second, third, fourth] = sums.map(total);
  const perGroup: Code[] = [
    // biome-ignore format: operands and their instruction
    [get(source), get(column), i32.add, get(table), i32.load(0), get(stride), i32.mul, i32.add, set(p)].flat(),
    weightsOf(table, k, end),
    ...sums.map(startSum),
    loop(...perPair),
    [...get(target), ...get(column), ...i32.add],
    [...(first ?? []), ...(second ?? []), ...i16x8.narrow, ...(third ?? []), ...(fourth ?? []), ...i16x8.narrow],
    [...i8x16.narrowUnsigned, ...v128.store],
    add(column, i32.const(16)),
    countDown(x),
  ];
  const perRow: Code[] = [
    [...i32.const(0), ...set(column), ...get(groups), ...set(x)],
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
  /**
   * Narrows `rowPairs` × 2 rows at `source`, `stride` apart, to `outputs` pixels each, one after the other at `target`. Reads up
   * to 8 bytes behind the last row.
   */
  across(
    source: number,
    stride: number,
    rowPairs: number,
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
