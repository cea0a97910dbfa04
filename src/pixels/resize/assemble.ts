// Puts WebAssembly instructions together into a module: just the few that the kernels of pixels/ need.

/** Bytes of instructions. */
export type Code = readonly number[];

/** Unsigned LEB128 (WebAssembly core specification, 5.2.2). */
function unsigned(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...out, rest];
    out.push((rest & 0x7f) | 0x80);
  }
}

function signed(value: number): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    if (rest >= -0x40 && rest < 0x40) return [...out, rest & 0x7f];
    out.push((rest & 0x7f) | 0x80);
  }
}

const simd = (opcode: number, ...immediates: number[]): Code => [0xfd, ...unsigned(opcode), ...immediates];
/** Alignment hint 0 and an offset. */
const at = (offset: number): number[] => [0, ...unsigned(offset)];
const LOCAL_V128 = 0x7b;
const I32 = 0x7f;

/** Instructions under their names in the specification; operands come before them. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: (offset: number): Code => [0x28, ...at(offset)],
  add: [0x6a] as Code,
  sub: [0x6b] as Code,
  mul: [0x6c] as Code,
  lessUnsigned: [0x49] as Code,
};
/** Locals of a function. */
export const local = {
  get: (index: number): Code => [0x20, ...unsigned(index)],
  set: (index: number): Code => [0x21, ...unsigned(index)],
  tee: (index: number): Code => [0x22, ...unsigned(index)],
};
/** Loads, stores and constants of a vector. */
export const v128 = {
  load: simd(0x00, ...at(0)),
  loadAt: (offset: number): Code => simd(0x00, ...at(offset)),
  /** Eight bytes as unsigned lanes of 16 bits. */
  loadBytesAt: (offset: number): Code => simd(0x02, ...at(offset)),
  load64Zero: simd(0x5d, ...at(0)),
  load32Splat: (offset: number): Code => simd(0x09, ...at(offset)),
  store: simd(0x0b, ...at(0)),
  storeAt: (offset: number): Code => simd(0x0b, ...at(offset)),
  storeLowest32: simd(0x5a, ...at(0), 0),
  zero: simd(0x0c, ...Array<number>(16).fill(0)),
  /** 16 bytes picked by index out of two vectors: 0-15 the first, 16-31 the second. */
  shuffle: (lanes: readonly number[]): Code => simd(0x0d, ...lanes),
};
/** Four lanes of 32 bits. */
export const i32x4 = {
  splat: simd(0x11),
  add: simd(0xae),
  shiftLeft: simd(0xab),
  shiftRight: simd(0xac),
  /** Products of 16-bit lanes, added in pairs. */
  dot: simd(0xba),
};
/** Eight lanes of 16 bits. */
export const i16x8 = {
  splat: simd(0x10),
  narrow: simd(0x85),
  extendLow: simd(0x89),
  extendHigh: simd(0x8a),
  shiftRightUnsigned: simd(0x8d),
  add: simd(0x8e),
  sub: simd(0x91),
};
/** Sixteen lanes of 8 bits. */
export const i8x16 = { narrowUnsigned: simd(0x66) };

/** Runs `body` again and again as long as the condition that it leaves on the stack is not 0. */
export const loop = (...body: Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0, 0x0b];

/** A function of i32 parameters without result. Locals after the parameters: so many of i32, then of v128. */
export interface WasmFunction {
  name: string;
  parameters: number;
  i32Locals: number;
  v128Locals: number;
  body: Code[];
}

const section = (id: number, entries: Code[]): number[] => {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
};
const name = (text: string): number[] => [text.length, ...[...text].map((letter) => letter.charCodeAt(0))];

/** A module that exports its functions, and a memory of one page as `memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const code = functions.map(({ i32Locals, v128Locals, body }) => {
    const content = [2, ...unsigned(i32Locals), I32, ...unsigned(v128Locals), LOCAL_V128, ...body.flat(), 0x0b];
    return [...unsigned(content.length), ...content];
  });
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, parameters, ...Array<number>(parameters).fill(I32), 0]),
    ),
    ...section(
      3,
      functions.map((_, index) => [index]),
    ),
    ...section(5, [[0, 1]]),
    ...section(7, [[...name('memory'), 2, 0], ...functions.map((f, index) => [...name(f.name), 0, index])]),
    ...section(10, code),
  ]);
}
