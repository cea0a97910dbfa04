// Lossless JPEG frames (ITU-T T.81, annex H): Huffman coded differences to a prediction from neighbours. 2 to 16 bits.
import { VitrineError } from '../../../../shared/errors.ts';
import { missingWarning } from '../../native.ts';
import type { JpegDecoder } from './decode.ts';
import { bitReader, type HuffmanTable, readHuffmanTables } from './huffman.ts';

/** One scan: which components, by which tables, which predictor, how many low bits were dropped. */
interface Scan {
  components: { index: number; table: HuffmanTable }[];
  predictor: number;
  pointTransform: number;
}

const damaged = (): VitrineError =>
  new VitrineError('unreadable', 'The lossless JPEG in it is damaged and cannot be decoded.');

/** Errors: `unreadable`, `unsupported` for subsampled components. Samples that a cut codestream lacks are 0. */
export const decodeJpeg: JpegDecoder = async (bytes, frame) => {
  const { width, height, precision, components } = frame;
  if (precision < 2 || precision > 16) throw damaged();
  if (components.some(({ sampling }) => sampling !== components[0]?.sampling))
    throw new VitrineError('unsupported', 'Its frames are lossless JPEG with subsampled colours, which is not read.');
  const channels = components.length;
  const count = width * height * channels;
  const samples = precision > 8 ? new Uint16Array(count) : new Uint8Array(count);
  const tables: (HuffmanTable | undefined)[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let restartInterval = 0;
  let have = 0;
  for (let at = frame.start + 2; at + 4 <= bytes.length && have < count; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, end);
    if (marker === 0xc4) readHuffmanTables(segment, tables);
    if (marker === 0xdd) restartInterval = (segment[0] ?? 0) * 256 + (segment[1] ?? 0);
    at = end;
    if (marker === 0xda) {
      const scan = scanOf(segment, components, tables);
      const done = decodeScan(bytes, end, { scan, samples, width, height, channels, precision, restartInterval });
      have += done.have;
      at = done.end;
    }
  }
  const warning = missingWarning(have, count);
  const common = { width, height, channels, samples, precision, signed: false };
  return warning === undefined ? common : { ...common, warning };
};

/** The header of a scan (T.81, B.2.3). */
function scanOf(segment: Uint8Array, components: { id: number }[], tables: (HuffmanTable | undefined)[]): Scan {
  const count = segment[0] ?? 0;
  const predictor = segment[1 + 2 * count] ?? 0;
  if (predictor < 1 || predictor > 7 || count > components.length) throw damaged();
  return {
    components: Array.from({ length: count }, (_, i) => {
      const index = components.findIndex(({ id }) => id === segment[1 + 2 * i]);
      const table = tables[(segment[2 + 2 * i] ?? 0) >> 4];
      if (index < 0 || table === undefined) throw damaged();
      return { index, table };
    }),
    predictor,
    pointTransform: (segment[3 + 2 * count] ?? 0) & 15,
  };
}

interface Target {
  scan: Scan;
  samples: Uint8Array | Uint16Array;
  width: number;
  height: number;
  channels: number;
  precision: number;
  restartInterval: number;
}

/** Decodes one scan into `samples`; gives the samples that were there and where the scan's data end. */
function decodeScan(bytes: Uint8Array, start: number, target: Target): { have: number; end: number } {
  const { scan, samples, width, height, channels, precision, restartInterval } = target;
  const { components, predictor, pointTransform } = scan;
  // T.81, H.1.1: an interval is a whole number of rows, so that predictions begin again at a row
  if (restartInterval % width !== 0) throw damaged();
  const rowsPerInterval = restartInterval / width;
  const reader = bitReader(bytes, start);
  const row = width * channels;
  let firstRow = 0;
  for (let y = 0; y < height; y++) {
    if (rowsPerInterval > 0 && y > 0 && y % rowsPerInterval === 0) {
      reader.restart();
      firstRow = y;
    }
    for (let x = 0; x < width; x++) {
      for (const { index, table } of components) {
        const difference = reader.difference(table);
        if (reader.isExhausted()) return { have: (y * width + x) * components.length, end: reader.end() };
        const at = y * row + x * channels + index;
        let prediction: number;
        if (y === firstRow) {
          prediction =
            x === 0 ? 1 << (precision - pointTransform - 1) : (samples[at - channels] ?? 0) >> pointTransform;
        } else {
          const above = (samples[at - row] ?? 0) >> pointTransform;
          prediction =
            x === 0
              ? above
              : predict(
                  predictor,
                  (samples[at - channels] ?? 0) >> pointTransform,
                  above,
                  (samples[at - row - channels] ?? 0) >> pointTransform,
                );
        }
        samples[at] = (prediction + difference) << pointTransform; // modulo 2^16, as H.1.2.1 says
      }
    }
  }
  return { have: width * height * components.length, end: reader.end() };
}

/** Table H.1: a is left, b above, c above left. */
function predict(predictor: number, a: number, b: number, c: number): number {
  switch (predictor) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    default:
      return (a + b) >> 1;
  }
}
