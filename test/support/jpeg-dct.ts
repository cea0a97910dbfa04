// Writes lossy JPEG of given coefficients for tests: sequential or progressive, any sampling, restarts, 8 or 12 bits.

export interface DctJpeg {
  width: number;
  height: number;
  precision: 8 | 12;
  /** Samples of each component across and down for a block of the picture. */
  sampling: readonly (readonly [across: number, down: number])[];
  progressive: boolean;
  /** Blocks, or units of several components, between restart markers; none with 0. */
  restart?: number;
  /** Put behind SOI. */
  before?: readonly number[];
}

/** Coefficient `k` of the zigzag of block (x, y) of a component, quantized. */
export type Coefficients = (component: number, x: number, y: number) => readonly number[];

/** DC categories as codes of 5 bits, AC symbols as codes of 8: the simplest tables that have them all. */
const DC_BITS = 5;
const AC_BITS = 8;
const acSymbols = Array.from({ length: 16 * 15 }, (_, i) => (Math.floor(i / 15) << 4) | (i % 15));
/** Every coefficient counts three. */
export const STEP = 3;

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 0xff,
  ...content,
];
const table = (place: number, length: number, symbols: readonly number[]): number[] => [
  place,
  ...Array.from({ length: 16 }, (_, i) => (i === length - 1 ? symbols.length : 0)),
  ...symbols,
];

/** One scan: its components, its band, and the bits that it leaves out. */
interface Band {
  parts: readonly number[];
  first: number;
  last: number;
  high: number;
  low: number;
}

const category = (value: number): number => (value === 0 ? 0 : 32 - Math.clz32(Math.abs(value)));

/** The codestream. */
export function dctJpeg(coefficients: Coefficients, o: DctJpeg): Uint8Array<ArrayBuffer> {
  const { width, height, precision, sampling, progressive, restart = 0, before = [] } = o;
  const each = sampling.map((_, i) => i);
  const out = [
    ...[0xff, 0xd8],
    ...before,
    ...segment(0xdb, [0, ...new Array<number>(64).fill(STEP)]),
    ...segment(progressive ? 0xc2 : 0xc1, [
      ...[precision, height >> 8, height & 255, width >> 8, width & 255, sampling.length],
      ...sampling.flatMap(([across, down], i) => [i + 1, (across << 4) | down, 0]),
    ]),
    ...segment(0xc4, [
      ...table(
        0,
        DC_BITS,
        Array.from({ length: 16 }, (_, i) => i),
      ),
      ...table(16, AC_BITS, acSymbols),
    ]),
    ...segment(0xdd, [restart >> 8, restart & 255]),
  ];
  const bands: Band[] = progressive
    ? [
        { parts: each, first: 0, last: 0, high: 0, low: 1 },
        ...each.map((i) => ({ parts: [i], first: 1, last: 5, high: 0, low: 2 })),
        ...each.map((i) => ({ parts: [i], first: 6, last: 63, high: 0, low: 2 })),
        ...each.map((i) => ({ parts: [i], first: 1, last: 63, high: 2, low: 1 })),
        { parts: each, first: 0, last: 0, high: 1, low: 0 },
        ...each.map((i) => ({ parts: [i], first: 1, last: 63, high: 1, low: 0 })),
      ]
    : [{ parts: each, first: 0, last: 63, high: 0, low: 0 }];
  for (const band of bands) {
    const { parts, first, last, high, low } = band;
    out.push(...segment(0xda, [parts.length, ...parts.flatMap((i) => [i + 1, 0]), first, last, (high << 4) | low]));
    out.push(...scanData(coefficients, o, band));
  }
  return Uint8Array.from([...out, 0xff, 0xd9]);
}

function scanData(coefficients: Coefficients, o: DctJpeg, { parts, first, last, high, low }: Band): number[] {
  const { width, height, sampling, progressive, restart = 0 } = o;
  const [most, tallest] = [Math.max(...sampling.map(([a]) => a)), Math.max(...sampling.map(([, d]) => d))];
  const out: number[] = [];
  let bits = '';
  const put = (value: number, count: number): void => {
    if (count > 0) bits += value.toString(2).padStart(count, '0');
  };
  const flush = (): void => {
    bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
    for (let i = 0; i < bits.length; i += 8) {
      const byte = Number.parseInt(bits.slice(i, i + 8), 2);
      out.push(byte, ...(byte === 0xff ? [0] : []));
    }
    bits = '';
  };
  const putValue = (value: number): void => {
    const size = category(value);
    put(value < 0 ? value + 2 ** size - 1 : value, size);
  };
  const putSymbol = (zeros: number, size: number): void => put(acSymbols.indexOf((zeros << 4) | size), AC_BITS);

  let predictions = sampling.map(() => 0);
  let run = 0; // blocks that ended early and are not written yet
  let pending: number[] = []; // bits of refinement behind their end
  const endRun = (): void => {
    if (run > 0) {
      const size = Math.floor(Math.log2(run));
      putSymbol(size, 0);
      put(run - 2 ** size, size);
      run = 0;
    }
    for (const bit of pending) put(bit, 1);
    pending = [];
  };
  const shifted = (value: number): number => Math.trunc(value / 2 ** low);

  const directBlock = (part: number, block: readonly number[]): void => {
    const value = (block[0] ?? 0) >> low;
    if (high > 0) {
      put(value & 1, 1);
      return;
    }
    const difference = value - (predictions[part] ?? 0);
    predictions[part] = value;
    put(category(difference), DC_BITS);
    putValue(difference);
  };
  const bandBlock = (block: readonly number[], from: number): void => {
    let zeros = 0;
    for (let k = from; k <= last; k++) {
      const value = shifted(block[k] ?? 0);
      if (value === 0) {
        zeros++;
        continue;
      }
      endRun();
      for (; zeros > 15; zeros -= 16) putSymbol(15, 0);
      putSymbol(zeros, category(value));
      putValue(value);
      zeros = 0;
    }
    if (zeros === 0) return;
    run++;
    if (!progressive || run === 32_767) endRun();
  };
  const refinedBlock = (block: readonly number[]): void => {
    const values = Array.from({ length: 64 }, (_, k) => shifted(block[k] ?? 0));
    let zeros = 0;
    let bitsBehind: number[] = [];
    const lastNew = values.findLastIndex((value, k) => k >= first && k <= last && Math.abs(value) === 1);
    for (let k = first; k <= last; k++) {
      const value = values[k] ?? 0;
      if (value === 0) {
        zeros++;
        continue;
      }
      while (zeros > 15 && k <= lastNew) {
        putSymbol(15, 0);
        for (const bit of bitsBehind) put(bit, 1);
        bitsBehind = [];
        zeros -= 16;
      }
      if (Math.abs(value) > 1) {
        bitsBehind.push(Math.abs(value) & 1);
        continue;
      }
      putSymbol(zeros, 1);
      put(value > 0 ? 1 : 0, 1);
      for (const bit of bitsBehind) put(bit, 1);
      bitsBehind = [];
      zeros = 0;
    }
    if (zeros === 0 && bitsBehind.length === 0) return;
    run = 1;
    pending = bitsBehind;
    endRun();
  };
  const writeBlock = (part: number, x: number, y: number): void => {
    const block = coefficients(part, x, y);
    if (first === 0) directBlock(part, block);
    if (last === 0) return;
    if (high > 0) refinedBlock(block);
    else bandBlock(block, Math.max(1, first));
  };

  const units: (readonly [part: number, x: number, y: number])[][] = [];
  const [only = 0] = parts;
  if (parts.length === 1) {
    const [across = 1, down = 1] = sampling[only] ?? [];
    for (let y = 0; y < Math.ceil((height * down) / (8 * tallest)); y++)
      for (let x = 0; x < Math.ceil((width * across) / (8 * most)); x++) units.push([[only, x, y]]);
  } else {
    for (let top = 0; top < Math.ceil(height / (8 * tallest)); top++)
      for (let left = 0; left < Math.ceil(width / (8 * most)); left++)
        units.push(
          parts.flatMap((part) => {
            const [across = 1, down = 1] = sampling[part] ?? [];
            return Array.from(
              { length: across * down },
              (_, i) => [part, left * across + (i % across), top * down + Math.floor(i / across)] as const,
            );
          }),
        );
  }
  units.forEach((blocks, n) => {
    if (restart > 0 && n > 0 && n % restart === 0) {
      endRun();
      flush();
      out.push(0xff, 0xd0 + ((n / restart - 1) % 8));
      predictions = predictions.map(() => 0);
    }
    for (const [part, x, y] of blocks) writeBlock(part, x, y);
  });
  endRun();
  flush();
  return out;
}
