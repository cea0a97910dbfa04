// A strip or tile of JPEG data as samples of the size that the page gives it (TIFF technical note 2).
import { VitrineError } from '../../../shared/errors.ts';
import { yccToRgb } from '../../jpeg/colour.ts';
import { readJpegFrame as readWholeFrame } from '../../jpeg/frame.ts';
import { isOurs } from '../../jpeg/kind.ts';
import type { SegmentShape } from '../samples.ts';
import { ycbcrToRgb } from '../ycbcr.ts';
import { type FittedSamples, fitted } from './fit.ts';
import { type JpegFrame, jpegSegments, readJpegFrame } from './jpeg-frame.ts';

/** What a page says about its JPEG streams. */
export interface JpegLayout {
  /** The stream with the tables that the others leave out. */
  tables: Uint8Array | undefined;
  /** Three components are YCbCr: the page says so, whatever the stream's own markers mean to others. */
  ycbcr: boolean;
  /** Bits of a sample by the page's directory. */
  bits: number;
  signal: AbortSignal | undefined;
}

/** A stream's samples, [height, width, components], RGB where it was YCbCr. */
interface Decoded {
  data: Uint8Array | Uint16Array;
  /** Samples that were decoded; all where that is not known to be less. */
  have: number;
}

/** JavaScript keeps every coefficient of a stream, about 6 bytes each. */
const maxScriptPixels = 40_000_000;

/**
 * Decodes to [rows, width, samples] as bytes, two for each sample of more than 8 bits, the lower one first; a stream that is smaller
 * leaves the rest zero. The browser decodes gray and colour; our own decoders what is lossless or deep; geotiff what browsers do not
 * give as it is stored (CMYK), and all outside of a browser. Errors: `unreadable`, `unsupported`, `too-large`, `aborted`.
 */
export async function decodeJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  { rows, width, samples }: SegmentShape,
  layout: JpegLayout,
): Promise<FittedSamples> {
  const frame = readJpegFrame(bytes);
  const { components } = frame;
  if (components !== samples)
    throw new VitrineError('unreadable', `Its JPEG data have ${components} components instead of ${samples}.`);
  // the stream of the last strip may have the height of a full one; more than that is no padding
  if (frame.width * frame.height > 4 * (rows + 64) * (width + 64))
    throw new VitrineError('unreadable', `Its JPEG data claim ${frame.width} × ${frame.height} pixels, too many.`);
  if (frame.precision > layout.bits || frame.precision > 8 !== layout.bits > 8)
    throw new VitrineError('unreadable', `Its JPEG data have ${frame.precision} bits a sample, not ${layout.bits}.`);
  const native = typeof createImageBitmap === 'function' && (components === 1 || components === 3);
  const decode = isOurs(frame) ? byOurs : native ? byBrowser : byScript;
  const { data, have } = await decode(bytes, frame, layout);
  return fitted({ ...frame, data, have }, { rows, width, samples });
}

type Decode = (bytes: Uint8Array<ArrayBuffer>, frame: JpegFrame, layout: JpegLayout) => Promise<Decoded>;

const byBrowser: Decode = async (bytes, frame, { tables, ycbcr, signal }) => {
  const [{ decodeBitmap }, { pixelsOverWhite }] = await Promise.all([
    import('../../native/bitmap.ts'),
    import('../../native/canvas.ts'),
  ]);
  const { width, height, components: channels } = frame;
  // an Adobe segment settles the colours, which markers and component names would else decide
  const adobe = Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, ycbcr ? 1 : 0);
  const file = new Blob([
    Uint8Array.of(0xff, 0xd8),
    ...(channels === 3 ? [adobe] : []),
    ...[...(tables ? jpegSegments(tables).segments : []), ...frame.segments].map((part) => part.slice()),
    bytes.subarray(frame.scan),
  ]);
  const header = { width, height, bits: 8, channels, frames: 1, alpha: false };
  const { bitmap, warning } = await decodeBitmap(file, 'jpeg', header, { signal });
  const rgba = pixelsOverWhite(bitmap);
  bitmap.close();
  const data = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; to < data.length; from += 4)
    for (let c = 0; c < channels; c++) data[to++] = rgba[from + c] ?? 0;
  // how much of a damaged stream was decoded is not known: half
  return { data, have: warning === undefined ? data.length : data.length >> 1 };
};

const byOurs: Decode = async (bytes, frame, { tables, ycbcr }) => {
  const { decodeSamples } = await import('../../jpeg/samples.ts');
  const parts = [...(tables ? jpegSegments(tables).segments : []), ...frame.segments].map((part) => part.slice());
  const whole = new Blob([Uint8Array.of(0xff, 0xd8), ...parts, bytes.subarray(frame.scan)]);
  const stream = new Uint8Array(await whole.arrayBuffer());
  const { samples: data, have } = decodeSamples(stream, readWholeFrame(stream));
  if (have === 0) throw new VitrineError('unreadable', 'Its JPEG data are damaged from the beginning.');
  if (ycbcr && frame.components === 3) yccToRgb(data, frame.precision);
  return { data, have };
};

const byScript: Decode = async (bytes, { width, height, components, sof }, { tables, ycbcr }) => {
  if (sof > 0xc2) throw new VitrineError('unsupported', 'JPEG with arithmetic coding and four colours is not read.');
  if (width * height > maxScriptPixels)
    throw new VitrineError('too-large', `It has one JPEG of ${width} × ${height} pixels, too large without tiles.`);
  const { decodeJpegStream } = await import('./library.ts');
  const data = await decodeJpegStream(bytes, tables);
  if (ycbcr && components === 3) ycbcrToRgb(data);
  return { data, have: data.length };
};
