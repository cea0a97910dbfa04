// CIE L*a*b* with the white of D50, as TIFF and ICC store it, to sRGB.
import type { Page } from './page.ts';

/** D50 white, and XYZ (D50) to linear sRGB, with the Bradford adaptation to D65 (Lindbloom's tables). */
const white = [0.96422, 1, 0.82521] as const;
const toLinear = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** Inverse of the CIE lightness function. */
const cube = (f: number): number => (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29));

/** Light to an sRGB byte (IEC 61966-2-1). */
function encode(light: number): number {
  const c = Math.min(1, Math.max(0, light));
  return Math.floor(255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055) + 0.5);
}

/**
 * Lab samples [n, 3] as stored to RGB bytes. Lightness runs over all values; a and b are signed numbers in 'cielab' and offset by
 * half in 'icclab' (TIFF 6.0, section 23; ICC.1, annex on TIFF), one 8-bit step is one unit.
 */
export function labToRgb(samples: ArrayLike<number>, { model, bits }: Pick<Page, 'model' | 'bits'>): Uint8Array {
  const out = new Uint8Array(samples.length);
  const deep = bits === 16;
  const lightness = 100 / (deep ? (model === 'icclab' ? 65_280 : 65_535) : 255);
  const half = deep ? 32_768 : 128;
  const unit = deep ? 1 / 256 : 1;
  const chroma = (v: number): number => (model === 'icclab' ? v - half : ((v & (2 * half - 1)) ^ half) - half) * unit;
  for (let i = 0; i + 2 < samples.length; i += 3) {
    const fy = (unsigned(samples[i] ?? 0, half) * lightness + 16) / 116;
    const x = cube(fy + chroma(samples[i + 1] ?? 0) / 500) * white[0];
    const y = cube(fy) * white[1];
    const z = cube(fy - chroma(samples[i + 2] ?? 0) / 200) * white[2];
    for (let c = 0; c < 3; c++) {
      const [rx = 0, ry = 0, rz = 0] = toLinear[c] ?? [];
      out[i + c] = encode(rx * x + ry * y + rz * z);
    }
  }
  return out;
}

/** Some files declare their lightness signed too. */
const unsigned = (v: number, half: number): number => v & (2 * half - 1);
