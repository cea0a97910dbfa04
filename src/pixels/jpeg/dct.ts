// Decodes lossy JPEG, sequential and progressive, 8 or 12 bits, Huffman coded: what browsers do not read of it (ITU-T T.81, annexes A, F, G).
import { VitrineError } from '../../shared/errors.ts';
import { type CoefficientPlane, readCoefficients, ZIGZAG } from './coefficients.ts';
import type { JpegFrame } from './frame.ts';
import { damagedJpeg, type JpegSamples } from './scans.ts';

/** All coefficients are kept until the last scan, two bytes each. */
const MAX_PIXELS = 40_000_000;

/** One component as samples, [rows, width], wider than its picture by what fills the last block. */
interface Plane {
  width: number;
  samples: Uint8Array | Uint16Array;
}

/**
 * Samples as stored, without conversion of colours; chroma of half size is interpolated as libjpeg does it, other factors are repeated.
 * Errors: `unreadable`, `too-large` over 40 million pixels.
 */
export function decodeDct(bytes: Uint8Array, frame: JpegFrame): JpegSamples {
  const { width, height, precision, components } = frame;
  if (width * height > MAX_PIXELS)
    throw new VitrineError(
      'too-large',
      `The JPEG of ${precision} bits has ${width} × ${height} pixels; 40 million are read.`,
    );
  if (precision !== 8 && precision !== 12) throw damagedJpeg();
  const { planes, share } = readCoefficients(bytes, frame);
  const channels = components.length;
  const count = width * height * channels;
  const samples = precision > 8 ? new Uint16Array(count) : new Uint8Array(count);
  const [most, tallest] = [Math.max(...components.map((c) => c.across)), Math.max(...components.map((c) => c.down))];
  planes.forEach((coefficients, channel) => {
    const { across = 1, down = 1 } = components[channel] ?? {};
    const plane = transformed(coefficients, precision);
    const [storedWidth, storedHeight] = [Math.ceil((width * across) / most), Math.ceil((height * down) / tallest)];
    const smooth = most / across !== 2 || storedWidth > 2; // libjpeg repeats what is narrower
    const columns = taps(width, storedWidth, most / across, smooth);
    const rows = taps(height, storedHeight, tallest / down, smooth);
    spread(plane, columns, rows, samples, channel, channels);
  });
  return { samples, have: Math.floor(share * count) };
}

/** COSINES[x · 8 + u]: what coefficient u adds to sample x (A.3.3). */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [x, u] = [i >> 3, i & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** Dequantizes and transforms every block. */
function transformed(plane: CoefficientPlane, precision: number): Plane {
  const { blocksAcross, blocksDown, coefficients, quantization } = plane;
  const width = blocksAcross * 8;
  const samples = precision > 8 ? new Uint16Array(width * blocksDown * 8) : new Uint8Array(width * blocksDown * 8);
  const steps = new Float64Array(64);
  ZIGZAG.forEach((place, k) => {
    steps[place] = quantization[k] ?? 0;
  });
  const half = 2 ** (precision - 1);
  const top = 2 ** precision - 1;
  const rows = new Float64Array(64);
  for (let block = 0; block < blocksAcross * blocksDown; block++) {
    const at = block * 64;
    const corner = (Math.floor(block / blocksAcross) * width + (block % blocksAcross)) * 8;
    for (let v = 0; v < 8; v++) {
      let last = 7;
      while (last >= 0 && coefficients[at + v * 8 + last] === 0) last--;
      for (let x = 0; x < 8; x++) {
        let sum = 0;
        for (let u = 0; u <= last; u++)
          sum += (COSINES[x * 8 + u] ?? 0) * (coefficients[at + v * 8 + u] ?? 0) * (steps[v * 8 + u] ?? 0);
        rows[v * 8 + x] = sum;
      }
    }
    for (let x = 0; x < 8; x++)
      for (let y = 0; y < 8; y++) {
        let sum = half + 0.5;
        for (let v = 0; v < 8; v++) sum += (COSINES[y * 8 + v] ?? 0) * (rows[v * 8 + x] ?? 0);
        samples[corner + y * width + x] = sum <= 0 ? 0 : sum >= top ? top : Math.floor(sum);
      }
  }
  return { width, samples };
}

/** For each position of the picture, the nearer sample and the farther one, which counts a quarter. */
interface Taps {
  near: Int32Array;
  far: Int32Array;
}

/** `size`: of the picture; `stored`: samples across; `factor`: positions that share one. Half sizes are interpolated when `smooth`. */
function taps(size: number, stored: number, factor: number, smooth: boolean): Taps {
  const near = Int32Array.from({ length: size }, (_, i) => Math.min(stored - 1, Math.floor(i / factor)));
  if (factor !== 2 || !smooth) return { near, far: near };
  const far = near.map((sample, i) => Math.min(stored - 1, Math.max(0, sample + ((i & 1) === 0 ? -1 : 1))));
  return { near, far };
}

function spread(
  { width, samples }: Plane,
  columns: Taps,
  rows: Taps,
  out: Uint8Array | Uint16Array,
  channel: number,
  channels: number,
): void {
  let to = channel;
  for (let y = 0; y < rows.near.length; y++) {
    const [near, far] = [(rows.near[y] ?? 0) * width, (rows.far[y] ?? 0) * width];
    for (let x = 0; x < columns.near.length; x++, to += channels) {
      const [a, b] = [columns.near[x] ?? 0, columns.far[x] ?? 0];
      const upper = 3 * (samples[near + a] ?? 0) + (samples[near + b] ?? 0);
      const lower = 3 * (samples[far + a] ?? 0) + (samples[far + b] ?? 0);
      out[to] = (3 * upper + lower + 8) >> 4;
    }
  }
}
