// Writes lossless JPEG codestreams (ITU-T T.81, annex H) for tests: one scan, any predictor, restarts, point transform.

export interface LosslessJpeg {
  width: number;
  height: number;
  channels: number;
  precision: number;
  predictor: number;
  pointTransform?: number;
  /** Rows between restart markers; none by default. */
  restartRows?: number;
}

/** Categories 0 to 16 as codes of five bits: the simplest table that has them all. */
const CODE_BITS = 5;
const CATEGORIES = 17;

const segment = (marker: number, content: readonly number[]): number[] => [
  0xff,
  marker,
  (content.length + 2) >> 8,
  (content.length + 2) & 0xff,
  ...content,
];

/** The codestream of `samples`, [height, width, channels] row-major. */
export function losslessJpeg(samples: ArrayLike<number>, o: LosslessJpeg): Uint8Array<ArrayBuffer> {
  const { width, height, channels, precision, predictor, pointTransform = 0, restartRows = 0 } = o;
  const each = Array.from({ length: channels }, (_, i) => i + 1);
  const counts = Array.from({ length: 16 }, (_, i) => (i === CODE_BITS - 1 ? CATEGORIES : 0));
  const interval = restartRows * width;
  const out = [
    ...[0xff, 0xd8],
    ...segment(0xc3, [
      precision,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      channels,
      ...each.flatMap((id) => [id, 0x11, 0]),
    ]),
    ...segment(0xc4, [0, ...counts, ...Array.from({ length: CATEGORIES }, (_, i) => i)]),
    ...segment(0xdd, [interval >> 8, interval & 255]),
    ...segment(0xda, [channels, ...each.flatMap((id) => [id, 0]), predictor, 0, pointTransform]),
  ];
  let bits = '';
  const flush = (): void => {
    bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
    for (let i = 0; i < bits.length; i += 8) {
      const byte = Number.parseInt(bits.slice(i, i + 8), 2);
      out.push(byte);
      if (byte === 0xff) out.push(0);
    }
    bits = '';
  };
  const at = (x: number, y: number, c: number): number =>
    (samples[(y * width + x) * channels + c] ?? 0) >> pointTransform;
  let firstRow = 0;
  for (let y = 0; y < height; y++) {
    if (restartRows > 0 && y > 0 && y % restartRows === 0) {
      flush();
      out.push(0xff, 0xd0 + ((y / restartRows - 1) % 8));
      firstRow = y;
    }
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const [a, b, d] = [
          x > 0 ? at(x - 1, y, c) : 0,
          y > 0 ? at(x, y - 1, c) : 0,
          x > 0 && y > 0 ? at(x - 1, y - 1, c) : 0,
        ];
        const inner = [0, a, b, d, a + b - d, a + ((b - d) >> 1), b + ((a - d) >> 1), (a + b) >> 1][predictor] ?? 0;
        const prediction = y === firstRow ? (x === 0 ? 2 ** (precision - pointTransform - 1) : a) : x === 0 ? b : inner;
        // modulo 2^16, in -32767 to 32768
        const modulo = (at(x, y, c) - prediction) & 0xffff;
        const difference = modulo > 32_768 ? modulo - 65_536 : modulo;
        const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
        bits += category.toString(2).padStart(CODE_BITS, '0');
        if (difference === 32_768 || category === 0) continue;
        const value = difference > 0 ? difference : difference + 2 ** category - 1;
        bits += value.toString(2).padStart(category, '0');
      }
    }
  }
  flush();
  return Uint8Array.from([...out, 0xff, 0xd9]);
}
