// Reads the header of a JPEG: frame size, precision, coding process, EXIF orientation (ITU-T T.81, B.2).
import { VitrineError } from '../../shared/errors.ts';
import { isOurs, kindOf } from '../jpeg/kind.ts';
import { hasExifPrefix, readOrientation, swapsSides } from './exif.ts';
import type { Header } from './types.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;

const JPEG_LS = 0xf7;
/** Frame markers (T.81, table B.1): SOF0-SOF15 without DHT, JPG and DAC; SOF55 is that of JPEG-LS (T.87). */
const isFrame = (marker: number): boolean =>
  marker === JPEG_LS || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc);
/** Markers without a segment behind them: stuffing, TEM, RST0-RST7, SOI. */
const standsAlone = (marker: number): boolean =>
  marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7) || marker === SOI;

/** Reads up to the first scan. Errors: `unreadable` without frame or scan, `unsupported` for hierarchical files and others that nothing reads. */
export function readJpegHeader(view: DataView): Header {
  let frame: { sof: number; bits: number; width: number; height: number; channels: number } | undefined;
  let orientation: number | undefined;
  let exif: Header['exif'];
  for (let at = 2; ; ) {
    while (view.getUint8(at) !== 0xff) at++; // junk between segments is skipped, as libjpeg does
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at++);
    if (standsAlone(marker)) continue;
    if (marker === SOS || marker === EOI) break;
    const length = view.getUint16(at);
    if (length < 2) throw new VitrineError('unreadable', 'The JPEG has a segment of impossible length: it is damaged.');
    if (isFrame(marker) && frame === undefined) {
      frame = {
        sof: marker,
        bits: view.getUint8(at + 2),
        height: view.getUint16(at + 3),
        width: view.getUint16(at + 5),
        channels: view.getUint8(at + 7),
      };
    } else if (marker === APP1 && orientation === undefined && length >= 8 && hasExifPrefix(view, at + 2)) {
      orientation = readOrientation(view, at + 8, length - 8);
      exif ??= { at: at + 8, length: length - 8 };
    }
    at += length;
  }
  if (frame === undefined) throw new VitrineError('unreadable', 'The JPEG has no frame header: it is damaged.');
  const { sof, bits, channels, width, height } = frame;
  const kind = { sof, precision: bits };
  if (!isBrowsers(sof, bits) && !isOurs(kind) && sof !== JPEG_LS)
    throw new VitrineError('unsupported', `The JPEG is ${kindOf(kind)}, which is not read. Convert it to PNG.`);
  const sides = swapsSides(orientation) ? { width: height, height: width } : { width, height };
  const turned = orientation === undefined ? {} : { orientation };
  return {
    ...sides,
    bits,
    channels,
    frames: 1,
    alpha: false,
    ...turned,
    ...(exif === undefined ? {} : { exif }),
    ...(isBrowsers(sof, bits) ? {} : { ours: true }),
  };
}

/** Browsers read baseline, extended and progressive JPEG of 8 bits, Huffman or arithmetic (decoders-raster: SOF0-2, 9, 10). */
const isBrowsers = (sof: number, precision: number): boolean =>
  precision === 8 && [0xc0, 0xc1, 0xc2, 0xc9, 0xca].includes(sof);
