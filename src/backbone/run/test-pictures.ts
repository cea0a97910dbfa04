// Pictures that are made, not read: the same input for every provider and thread count that is measured.
import { packHalf } from '../../shared/float16.ts';
import type { Card } from '../types.ts';
import type { TensorData } from './session.ts';

/**
 * Pictures for measuring: smooth colours, stripes and noise, each another, the same everywhere and every time. [n, …] as the card's input.
 */
export function testPictures(card: Card, n: number): TensorData {
  const { size, layout, scale, mean, std, dtype } = card.input;
  const [height, width] = size;
  const values = new Float32Array(n * 3 * height * width);
  let noise = 12345;
  for (let i = 0; i < n; i++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
        for (let c = 0; c < 3; c++) {
          const stripes = (Math.floor((x * (i + 1) + y * (c + 1)) / 8) % 2) * 90;
          const slope = ((x / width) * (c + 1) + (y / height) * (i % 4)) * 40;
          const v = Math.min(255, stripes + slope + ((noise >>> (8 * c)) & 31));
          const at =
            layout === 'NCHW' ? ((i * 3 + c) * height + y) * width + x : ((i * height + y) * width + x) * 3 + c;
          values[at] = dtype === 'uint8' ? v : (v * scale - (mean[c] ?? 0)) / (std[c] ?? 1);
        }
      }
  if (dtype === 'uint8') return Uint8Array.from(values);
  return dtype === 'float16' ? packHalf(values) : values;
}
