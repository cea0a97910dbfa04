// Lossy JPEG frames of 8 bits: the browser decodes them, told in a marker of our own what their colours are.
import { TITLES } from '../../../header/read.ts';
import { isYcc } from '../../../jpeg/colour.ts';
import type { JpegFrame } from '../../../jpeg/frame.ts';
import { decodeBitmap } from '../../../native/bitmap.ts';
import { pixelsOverWhite } from '../../../native/canvas.ts';
import type { JpegDecoder } from './decode.ts';

const APP0 = 0xe0;
const APP15 = 0xef;

/** Gives grey or RGB samples. Damaged frames are shown as far as they go, like JPEG files. Errors: `unreadable`, `aborted`. */
export const decodeJpeg: JpegDecoder = async (bytes, frame, { photometric, signal }) => {
  const { width, height, components } = frame;
  const channels = components.length;
  const file = new Blob([retold(bytes, frame, isYcc(frame, photometric.startsWith('YBR')))]);
  const header = { width, height, bits: 8, channels, frames: 1, alpha: false };
  const { bitmap, warning } = await decodeBitmap(file, 'jpeg', header, { signal });
  const rgba = pixelsOverWhite(bitmap);
  bitmap.close();
  const samples = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; to < samples.length; from += 4)
    for (let c = 0; c < channels; c++) samples[to++] = rgba[from + c] ?? 0;
  return {
    width,
    height,
    channels,
    samples,
    precision: 8,
    signed: false,
    ...(channels === 3 ? { colours: 'rgb' as const } : {}),
    ...(warning === undefined ? {} : { warning: warning.replace(`The ${TITLES.jpeg}`, 'The picture') }),
  };
};

/** The JPEG without its application segments (EXIF would turn it, a profile recolour it), with one Adobe segment that names the transform. */
function retold(bytes: Uint8Array<ArrayBuffer>, frame: JpegFrame, ycc: boolean): Blob {
  const { start, segments, scan } = frame;
  const adobe = Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, ycc ? 1 : 0);
  const kept = segments.filter(({ marker }) => marker < APP0 || marker > APP15);
  return new Blob([
    bytes.subarray(start, start + 2),
    ...(frame.components.length === 3 ? [adobe] : []),
    ...kept.map(({ start: from, end }) => bytes.subarray(from, end)),
    bytes.subarray(scan),
  ]);
}
