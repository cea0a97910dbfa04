// What the components of a JPEG mean, and YCbCr to RGB at any precision.
import { isSubsampled, type JpegFrame } from './frame.ts';

/**
 * True when three components are YCbCr: the Adobe segment says so, else a JFIF segment means it, else components called R, G, B
 * are what they say; colours at half size are never RGB. `otherwise`: what holds where the codestream says nothing.
 */
export function isYcc(frame: Pick<JpegFrame, 'adobe' | 'jfif' | 'components'>, otherwise: boolean): boolean {
  const { adobe, jfif, components } = frame;
  if (adobe !== undefined) return adobe === 1;
  if (jfif) return true;
  if (String.fromCharCode(...components.map(({ id }) => id)) === 'RGB') return false;
  return otherwise || isSubsampled(frame);
}

/** Converts [n, 3] samples of full-range BT.601 (JFIF 1.02) to RGB in place. */
export function yccToRgb(samples: Uint8Array | Uint16Array, precision: number): void {
  const [half, top] = [2 ** (precision - 1), 2 ** precision - 1];
  const clamped = (v: number): number => (v <= 0 ? 0 : v >= top ? top : Math.floor(v + 0.5));
  for (let i = 0; i + 2 < samples.length; i += 3) {
    const y = samples[i] ?? 0;
    const cb = (samples[i + 1] ?? 0) - half;
    const cr = (samples[i + 2] ?? 0) - half;
    samples[i] = clamped(y + 1.402 * cr);
    samples[i + 1] = clamped(y - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587);
    samples[i + 2] = clamped(y + 1.772 * cb);
  }
}
