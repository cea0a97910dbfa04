// RGB and YBR frames to RGB bytes (PS3.3 C.7.6.3.1.2).
import type { StoredFrame } from '../frame.ts';

/** Three bytes a pixel. Samples over 8 bits are scaled by their largest value; YBR is full-range BT.601. */
export function colourBytes({ samples, bits, colours }: StoredFrame): Uint8Array {
  const out = new Uint8Array(samples.length);
  const scale = 255 / (2 ** bits - 1);
  if (bits <= 8) out.set(samples);
  else for (let i = 0; i < samples.length; i++) out[i] = Math.floor((samples[i] ?? 0) * scale + 0.5);
  if (colours === 'ybr') toRgb(out);
  return out;
}

/** In place. The coefficients are those of BT.601 with kr 0.299 and kb 0.114. */
function toRgb(pixels: Uint8Array): void {
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    const y = pixels[i] ?? 0;
    const cb = (pixels[i + 1] ?? 0) - 128;
    const cr = (pixels[i + 2] ?? 0) - 128;
    pixels[i] = byte(y + 1.402 * cr);
    pixels[i + 1] = byte(y - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587);
    pixels[i + 2] = byte(y + 1.772 * cb);
  }
}

const byte = (v: number): number => (v >= 255 ? 255 : v > 0 ? Math.floor(v + 0.5) : 0);
