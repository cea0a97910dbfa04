// Huffman decoding of DCT coefficients, sequential and progressive (ITU-T T.81, annexes F and G).
import type { JpegFrame } from './frame.ts';
import { type BitReader, bitReader, extended, type HuffmanTable } from './huffman.ts';
import { damagedJpeg, forEachScan, type Scan } from './scans.ts';

/** The coefficients of one component, block by block, 64 each in their natural order. */
export interface CoefficientPlane {
  /** Blocks of the whole interleaved units. */
  blocksAcross: number;
  blocksDown: number;
  /** Blocks that have pixels. */
  usedAcross: number;
  usedDown: number;
  coefficients: Int16Array;
  /** In zigzag order. */
  quantization: Uint16Array;
}

/** Where the k-th coefficient of the zigzag stands in its block (figure A.6). */
export const ZIGZAG = Uint8Array.of(
  ...[
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28,
  ],
  ...[
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
    55, 62, 63,
  ],
);

/** Blocks of a unit, of all components together (B.2.3). */
const MAX_UNIT_BLOCKS = 10;

/** The coefficients of all components, and the share of blocks that the codestream held. Errors: `unreadable`. */
export function readCoefficients(bytes: Uint8Array, frame: JpegFrame): { planes: CoefficientPlane[]; share: number } {
  const { components } = frame;
  const [most, tallest] = [Math.max(...components.map((c) => c.across)), Math.max(...components.map((c) => c.down))];
  const [unitsAcross, unitsDown] = [Math.ceil(frame.width / (8 * most)), Math.ceil(frame.height / (8 * tallest))];
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) throw damagedJpeg();
  const planes = components.map(({ across, down }): CoefficientPlane => {
    const [blocksAcross, blocksDown] = [unitsAcross * across, unitsDown * down];
    return {
      blocksAcross,
      blocksDown,
      usedAcross: Math.ceil((frame.width * across) / (8 * most)),
      usedDown: Math.ceil((frame.height * down) / (8 * tallest)),
      coefficients: new Int16Array(blocksAcross * blocksDown * 64),
      quantization: new Uint16Array(),
    };
  });
  const progressive = frame.sof === 0xc2;
  const wanted = planes.reduce((sum, { usedAcross, usedDown }) => sum + usedAcross * usedDown, 0);
  let found = 0; // blocks of scans that give the first coefficient
  let whole = true;
  forEachScan(bytes, frame, (scan) => {
    const order = blockOrder(frame, scan, planes, { unitsAcross, unitsDown });
    for (const { index } of scan.components) {
      const plane = planes[index];
      const table = scan.quantization[components[index]?.quantization ?? 0];
      if (plane?.quantization.length === 0 && table) plane.quantization = table;
    }
    const { blocks, end } = readScan(bytes, scan, order, blockReader(scan, progressive));
    if (!progressive || (scan.first === 0 && scan.high === 0)) found += blocks;
    if (blocks < order.used) whole = false;
    return progressive || found < wanted ? end : undefined;
  });
  const share = Math.min(1, found / wanted);
  return { planes, share: whole ? share : Math.min(share, 1 - 1e-9) };
}

/** The blocks of a scan in the order in which they are coded: of one component row by row, of several unit by unit (A.2). */
interface BlockOrder {
  units: number;
  /** Blocks with pixels: those that count. */
  used: number;
  /** Calls `visit` for the blocks of a unit: which part of the scan, where the block begins, whether it has pixels. */
  unit(number: number, visit: (part: number, coefficients: Int16Array, at: number, used: boolean) => void): void;
}

function blockOrder(
  { components }: JpegFrame,
  scan: Scan,
  planes: readonly CoefficientPlane[],
  { unitsAcross, unitsDown }: { unitsAcross: number; unitsDown: number },
): BlockOrder {
  const parts = scan.components.flatMap(({ index }) => {
    const [plane, component] = [planes[index], components[index]];
    return plane && component ? [{ ...plane, across: component.across, down: component.down }] : [];
  });
  const used = parts.reduce((sum, { usedAcross, usedDown }) => sum + usedAcross * usedDown, 0);
  const [only] = parts;
  if (only && parts.length === 1) {
    const { usedAcross, usedDown, blocksAcross, coefficients } = only;
    return {
      units: usedAcross * usedDown,
      used,
      unit: (n, visit) => {
        const y = Math.floor(n / usedAcross);
        visit(0, coefficients, (y * blocksAcross + n - y * usedAcross) * 64, true);
      },
    };
  }
  if (parts.reduce((sum, { across, down }) => sum + across * down, 0) > MAX_UNIT_BLOCKS) throw damagedJpeg();
  return {
    units: unitsAcross * unitsDown,
    used,
    unit: (n, visit) => {
      const top = Math.floor(n / unitsAcross);
      const left = n - top * unitsAcross;
      parts.forEach(({ across, down, blocksAcross, usedAcross, usedDown, coefficients }, part) => {
        for (let y = top * down; y < (top + 1) * down; y++)
          for (let x = left * across; x < (left + 1) * across; x++)
            visit(part, coefficients, (y * blocksAcross + x) * 64, x < usedAcross && y < usedDown);
      });
    },
  };
}

/** What decodes one block of a scan. */
interface BlockReader {
  /** Forgets predictions and runs, at the beginning and at a restart marker. */
  reset(): void;
  block(reader: BitReader, part: number, coefficients: Int16Array, at: number): void;
}

/** Decodes a scan as far as it goes; gives the blocks with pixels that were there. */
function readScan(
  bytes: Uint8Array,
  { restartInterval, data }: Scan,
  { units, unit }: BlockOrder,
  { reset, block }: BlockReader,
): { blocks: number; end: number } {
  const reader = bitReader(bytes, data);
  let blocks = 0;
  let over = false;
  reset();
  for (let n = 0; n < units && !over; n++) {
    if (restartInterval > 0 && n > 0 && n % restartInterval === 0) {
      reader.restart();
      reset();
    }
    unit(n, (part, coefficients, at, used) => {
      if (over) return;
      block(reader, part, coefficients, at);
      over = reader.isExhausted();
      if (used && !over) blocks++;
    });
  }
  return { blocks, end: reader.end() };
}

function blockReader(scan: Scan, progressive: boolean): BlockReader {
  const { components, first, last, high, low } = scan;
  const predictions = new Int32Array(components.length);
  const tables = (kind: 'dc' | 'ac'): HuffmanTable[] =>
    components.map((component) => {
      const table = component[kind];
      if (table === undefined) throw damagedJpeg();
      return table;
    });
  /** The first coefficient: its difference to that of the block before. */
  const direct = (dc: HuffmanTable[], reader: BitReader, part: number): number => {
    const value = (predictions[part] ?? 0) + reader.difference(dc[part] ?? none);
    predictions[part] = value;
    return value;
  };
  if (!progressive) {
    const [dc, ac] = [tables('dc'), tables('ac')];
    return {
      reset: () => predictions.fill(0),
      block: (reader, part, coefficients, at) => {
        coefficients[at] = direct(dc, reader, part);
        readBand(reader, ac[part] ?? none, coefficients, at, { first: 1, last: 63, low: 0 });
      },
    };
  }
  if (first > last || last > 63 || low > 13 || (first === 0 && last > 0)) throw damagedJpeg();
  if (first === 0) {
    const dc = high === 0 ? tables('dc') : [];
    return {
      reset: () => predictions.fill(0),
      block: (reader, part, coefficients, at) => {
        if (high === 0) coefficients[at] = direct(dc, reader, part) << low;
        else coefficients[at] = (coefficients[at] ?? 0) | (reader.bits(1) << low);
      },
    };
  }
  if (components.length !== 1) throw damagedJpeg();
  const [ac = none] = tables('ac');
  const band = { first, last, low };
  let run = 0; // blocks to come without a new coefficient
  return {
    reset: () => {
      run = 0;
    },
    block: (reader, _, coefficients, at) => {
      if (high > 0) run = refineBand(reader, ac, coefficients, at, band, run);
      else if (run > 0) run--;
      else run = readBand(reader, ac, coefficients, at, band);
    },
  };
}

const none: HuffmanTable = new Uint16Array(0);

interface Band {
  first: number;
  last: number;
  low: number;
}

/** The coefficients of a band (F.2.2.2, G.1.2.2); gives the blocks behind this one that have none. */
function readBand(
  reader: BitReader,
  table: HuffmanTable,
  coefficients: Int16Array,
  at: number,
  { first, last, low }: Band,
): number {
  for (let k = first; k <= last; k++) {
    const symbol = reader.symbol(table);
    const [zeros, category] = [symbol >> 4, symbol & 15];
    if (category === 0 && zeros < 15) return (1 << zeros) + reader.bits(zeros) - 1;
    k += zeros;
    if (category > 0 && k <= 63) coefficients[at + (ZIGZAG[k] ?? 0)] = extended(reader.bits(category), category) << low;
  }
  return 0;
}

/** One more bit of the coefficients that are there, and new ones between them (G.1.2.3); gives the run that is left. */
function refineBand(
  reader: BitReader,
  table: HuffmanTable,
  coefficients: Int16Array,
  at: number,
  { first, last, low }: Band,
  run: number,
): number {
  const refine = (i: number, value: number): void => {
    if (reader.bits(1) === 1 && (Math.abs(value) & (1 << low)) === 0)
      coefficients[i] = value + (value < 0 ? -1 << low : 1 << low);
  };
  let left = run;
  let k = first;
  while (left === 0 && k <= last) {
    const symbol = reader.symbol(table);
    let zeros = symbol >> 4;
    const isNew = (symbol & 15) !== 0;
    if (!isNew && zeros < 15) {
      left = (1 << zeros) + reader.bits(zeros);
      break;
    }
    const fresh = isNew ? (reader.bits(1) === 1 ? 1 << low : -1 << low) : 0;
    for (let found = false; k <= last && !found; k++) {
      const i = at + (ZIGZAG[k] ?? 0);
      const value = coefficients[i] ?? 0;
      if (value !== 0) refine(i, value);
      else if (zeros-- === 0) {
        coefficients[i] = fresh;
        found = true;
      }
    }
  }
  if (left === 0) return 0;
  for (; k <= last; k++) {
    const i = at + (ZIGZAG[k] ?? 0);
    const value = coefficients[i] ?? 0;
    if (value !== 0) refine(i, value);
  }
  return left - 1;
}
