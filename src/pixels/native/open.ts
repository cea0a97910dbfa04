// From a file of a format that the browser reads to a bitmap and its facts: header, limits, decoding.
import { throwIfAborted } from '../../shared/errors.ts';
import { fitWithin } from '../fit.ts';
import { swapsSides } from '../header/exif.ts';
import { readHeader } from '../header/read.ts';
import type { Header, NativeFormat } from '../header/types.ts';
import { checkPixels } from '../limits.ts';
import type { PixelFacts } from '../types.ts';
import { decodeBitmap, type Resize } from './bitmap.ts';
import { decodeReduced } from './reduced.ts';

/** A bitmap, which the caller closes, and the EXIF orientation that is still to be applied to it (1: none). */
interface OpenedPicture {
  bitmap: ImageBitmap;
  turn: number;
  /** False when every pixel is opaque. */
  alpha: boolean;
  facts: PixelFacts;
}

/**
 * Opens the first frame of a file of a known format; with `size` the bitmap's longer side has at most so many pixels.
 * `head` are the file's first bytes. Errors: `unreadable`, `unsupported`, `too-large`, `aborted`.
 */
export async function openPicture(
  file: Blob,
  format: NativeFormat,
  options: { head: Uint8Array; maxPixels: number; size?: number; signal?: AbortSignal },
): Promise<OpenedPicture> {
  const { head, maxPixels, size, signal } = options;
  const header = await readHeader(file, format, head);
  if (header.embedded !== undefined) {
    const inside = file.slice(header.embedded.at);
    const insideHead = new Uint8Array(await inside.slice(0, head.length).arrayBuffer());
    const opened = await openPicture(inside, header.embedded.format, { ...options, head: insideHead });
    return { ...opened, facts: { ...opened.facts, format } };
  }
  checkPixels(header.width, header.height, maxPixels);
  const turn = format === 'webp' && !(await browserTurnsWebp()) ? (header.orientation ?? 1) : 1;
  throwIfAborted(signal);
  const resize = size === undefined ? undefined : resizeTo(header, size, { format, sideways: swapsSides(turn) });
  const reduced = await decodeReduced(file, format, header, head, resize);
  throwIfAborted(signal);
  const { bitmap, warning } = reduced
    ? { bitmap: reduced, warning: undefined }
    : await decodeBitmap(file, format, header, { resize, signal });
  const facts: PixelFacts = { ...factsOf(format, header), ...(warning === undefined ? {} : { warning }) };
  return { bitmap, turn, alpha: header.alpha || warning !== undefined, facts }; // missing parts are transparent
}

/** What a header tells of a picture. */
export function factsOf(format: NativeFormat, header: Header): PixelFacts {
  const { width, height, bits, channels, frames, orientation } = header;
  return {
    format,
    width,
    height,
    ...(bits === undefined ? {} : { bits }),
    ...(channels === undefined ? {} : { channels }),
    ...(frames === undefined ? {} : { frames }),
    ...(orientation === undefined ? {} : { orientation }),
  };
}

/** Size to ask the browser for, in the file's own orientation when the browser does not turn it (`sideways`: by a quarter). */
function resizeTo(
  header: Header,
  size: number,
  { format, sideways }: { format: NativeFormat; sideways: boolean },
): Resize | undefined {
  const { width, height } = fitWithin(header.width, header.height, size);
  if (width === header.width && height === header.height) return undefined;
  if (sideways) return { resizeWidth: height, resizeHeight: width };
  // these may be cropped by properties that are not read; with one side given the browser keeps the aspect itself (less exactly)
  if (format === 'avif' || format === 'jpeg-xl')
    return width >= height ? { resizeWidth: size } : { resizeHeight: size };
  return { resizeWidth: width, resizeHeight: height };
}

/** A lossless WebP of 2 × 1 pixels with EXIF orientation 6. */
const SIDEWAYS_WEBP =
  'UklGRk4AAABXRUJQVlA4WAoAAAAIAAAAAQAAAAAAVlA4TA4AAAAvAQAAAAcQEf0PRET/A0VYSUYaAAAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAA=';
let webpIsTurned: Promise<boolean> | undefined;

/** Chromium 156 does not turn WebP; a later one may, and a picture must not be turned twice. Asked once. */
function browserTurnsWebp(): Promise<boolean> {
  webpIsTurned ??= (async () => {
    const bytes = Uint8Array.from(atob(SIDEWAYS_WEBP), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
    const turned = bitmap.height === 2;
    bitmap.close();
    return turned;
  })();
  return webpIsTurned;
}
