// Decodes one frame of a DICOM file to pixels: data set, frame, grey or colours.
import { throwIfAborted } from '../../shared/errors.ts';
import type { Decoder, PixelFacts } from '../types.ts';
import { describeImage } from './data/image.ts';
import { readDataSet } from './data/parse.ts';
import { readFrame } from './frame.ts';
import { colourBytes } from './show/colour.ts';
import { greyBytes } from './show/grey.ts';
import { paletteBytes } from './show/palette.ts';

/**
 * `view.frame` chooses the frame, the first by default. Grey is shown by `view.window`, else by `view.range`, else by the file's
 * own VOI LUT or window, else from the frame's smallest to its largest value. Overlays are not drawn.
 */
export const decode: Decoder = async (blob, view, { head, maxPixels, measure, signal }) => {
  const file = await readDataSet(blob, head);
  throwIfAborted(signal);
  const image = describeImage(file, maxPixels);
  const index = view.frame ?? 0;
  const frame = await readFrame(file, image, { index, maxPixels, signal });
  throwIfAborted(signal);
  const { elements } = file;
  const { width, height, channels, bits, frames, warning } = frame;
  const inverted = image.photometric === 'MONOCHROME1';
  const grey =
    channels === 3 || image.photometric === 'PALETTE COLOR'
      ? undefined
      : greyBytes(elements, frame, { index, inverted, view, measure });
  const bytes = grey?.bytes ?? (channels === 3 ? colourBytes(frame) : paletteBytes(elements, frame));
  const facts: PixelFacts = { format: 'dicom', width, height, bits, channels, frames };
  if (warning !== undefined) facts.warning = warning;
  if (grey?.values) facts.values = grey.values;
  return {
    width,
    height,
    data: toRgba(bytes, width * height),
    facts,
  };
};

/** One or three bytes a pixel to RGBA, opaque. */
function toRgba(bytes: Uint8Array, count: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(count);
  // the first byte is the least significant
  if (bytes.length === count) for (let i = 0; i < count; i++) pixels[i] = (bytes[i] ?? 0) * 0x01_01_01 + 0xff_00_00_00;
  else
    for (let i = 0, from = 0; i < count; i++, from += 3) {
      const [red = 0, green = 0, blue = 0] = [bytes[from], bytes[from + 1], bytes[from + 2]];
      pixels[i] = 0xff_00_00_00 + (blue << 16) + (green << 8) + red;
    }
  return new Uint8ClampedArray(pixels.buffer);
}
