// Decodes lossless JPEG (ITU-T T.81, annex H): Huffman coded differences to a prediction from neighbours. 2 to 16 bits.
import { VitrineError } from '../../shared/errors.ts';
import { isSubsampled, type JpegFrame } from './frame.ts';
import { bitReader, type HuffmanTable } from './huffman.ts';
import { damagedJpeg, forEachScan, type JpegSamples, type Scan } from './scans.ts';

/** Errors: `unreadable`, `unsupported` for subsampled components. Samples that a cut codestream lacks are 0. */
export function decodeLossless(bytes: Uint8Array, frame: JpegFrame): JpegSamples {
  const { width, height, precision, components } = frame;
  if (precision < 2 || precision > 16) throw damagedJpeg();
  if (isSubsampled(frame))
    throw new VitrineError('unsupported', 'The lossless JPEG has subsampled colours, which is not read.');
  const count = width * height * components.length;
  const samples = precision > 8 ? new Uint16Array(count) : new Uint8Array(count);
  let have = 0;
  forEachScan(bytes, frame, (scan) => {
    const done = decodeScan(bytes, frame, scan, samples);
    have += done.have;
    return have < count ? done.end : undefined;
  });
  return { samples, have };
}

/** Decodes one scan into `samples`; gives the samples that were there and where the scan's data end. */
function decodeScan(
  bytes: Uint8Array,
  { width, height, precision, components: { length: channels } }: JpegFrame,
  { components, first: predictor, low: pointTransform, restartInterval, data }: Scan,
  samples: Uint8Array | Uint16Array,
): { have: number; end: number } {
  // T.81, H.1.1: an interval is a whole number of rows, so that predictions begin again at a row
  if (predictor < 1 || predictor > 7 || pointTransform >= precision || restartInterval % width !== 0)
    throw damagedJpeg();
  const coded = components.map(({ index, dc }): { index: number; table: HuffmanTable } => {
    if (dc === undefined) throw damagedJpeg();
    return { index, table: dc };
  });
  const rowsPerInterval = restartInterval / width;
  const reader = bitReader(bytes, data);
  const row = width * channels;
  let firstRow = 0;
  for (let y = 0; y < height; y++) {
    if (rowsPerInterval > 0 && y > 0 && y % rowsPerInterval === 0) {
      reader.restart();
      firstRow = y;
    }
    for (let x = 0; x < width; x++) {
      for (const { index, table } of coded) {
        const difference = reader.difference(table);
        if (reader.isExhausted()) return { have: (y * width + x) * coded.length, end: reader.end() };
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
  return { have: width * height * coded.length, end: reader.end() };
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
