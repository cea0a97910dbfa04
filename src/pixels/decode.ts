// The one function that makes pixels from a file: for the eye and for the model.
import { throwIfAborted, toVitrineError, VitrineError } from '../shared/errors.ts';
import { DECODERS, type DecoderLoader, deepJpeg } from './decoders.ts';
import { fitWithin } from './fit.ts';
import { entryOf } from './formats.ts';
import { isNative, readHeader } from './header/read.ts';
import type { NativeFormat } from './header/types.ts';
import { checkFileSize, DEFAULT_MAX_PIXELS } from './limits.ts';
import { resize } from './resize/resize.ts';
import type { FormatEntry, FrameView, Pixels, PixelView, WindowOf } from './types.ts';

/** Options of everything that decodes. `maxPixels`: limit of width × height, 100 million unless the person raised it. */
export interface DecodeOptions {
  signal?: AbortSignal;
  maxPixels?: number;
  /** Where only a part is needed the picture may come with just that: see `Pixels.window`. Does not go together with `view.size`. */
  windowOf?: WindowOf;
  /** Gives `facts.values` of deep pictures. */
  measure?: boolean;
}

/** Bytes read before anything else; nearly every header and most EXIF blocks fit. */
const HEAD_BYTES = 2 ** 16;
/** Files up to this size are read whole: a slice costs another round trip, and the rest is often wanted next. */
const WHOLE_BYTES = 2 ** 18;

/** A file whose format is known. */
interface Recognised {
  entry: FormatEntry;
  load: DecoderLoader;
  head: Uint8Array;
  /** The format when the browser decodes the file. */
  native: NativeFormat | undefined;
}

/** Reads a file's first bytes and finds its format. Errors: `unreadable` when empty or damaged, `too-large`, `unsupported` with the format's reason. */
export async function recognise(file: Blob): Promise<Recognised> {
  checkFileSize(file);
  const start = file.size <= WHOLE_BYTES ? file : file.slice(0, HEAD_BYTES);
  const head = new Uint8Array(await start.arrayBuffer());
  const entry = entryOf(head);
  const load = entry.reason === undefined ? DECODERS[entry.format] : undefined;
  if (load === undefined) throw new VitrineError('unsupported', entry.reason ?? 'This format is not read.');
  const native = isNative(entry.format) ? entry.format : undefined;
  if (native === 'jpeg' && (await readHeader(file, native, head)).ours)
    return { entry, load: deepJpeg, head, native: undefined };
  return { entry, load, head, native };
}

/**
 * Pixels of a file as they are shown: upright, over white, RGBA 8 bits, [height, width, 4] row-major. With `view.size` scaled
 * down so that the longer side has at most so many pixels; `facts` always give the full size.
 * Errors: `unreadable`, `unsupported`, `too-large`, `aborted`, `not-found`, `permission`.
 */
export async function decode(file: Blob, view: PixelView, options: DecodeOptions = {}): Promise<Pixels> {
  const { signal, maxPixels = DEFAULT_MAX_PIXELS, windowOf, measure } = options;
  try {
    const { entry, load, head } = await recognise(file);
    const { decode: decoder } = await load();
    throwIfAborted(signal);
    const pixels = await decoder(file, await framed(file, view, entry, head), {
      head,
      maxPixels,
      windowOf,
      measure,
      signal,
    });
    throwIfAborted(signal);
    return view.size === undefined ? pixels : fitted(pixels, view.size);
  } catch (error) {
    throw described(error);
  }
}

/** The same view with the number of the middle frame where that is asked for; of an even number the earlier of the two. */
async function framed(file: Blob, view: PixelView, entry: FormatEntry, head: Uint8Array): Promise<FrameView> {
  const { frame, ...rest } = view;
  if (frame === undefined) return rest;
  if (frame !== 'middle') return { ...rest, frame };
  // formats that the browser reads show their first frame
  if (isNative(entry.format) || entry.details === undefined) return rest;
  const { readDetails } = await entry.details();
  const { frames = 1 } = (await readDetails(file, head)).facts;
  return { ...rest, frame: Math.floor((frames - 1) / 2) };
}

/** Out-of-memory is a RangeError of the engine; all else keeps its code or gets the one that says the same. */
export function described(error: unknown): VitrineError {
  if (error instanceof RangeError) {
    return new VitrineError('too-large', 'There is not enough memory for the pixels of this picture.', {
      cause: error,
    });
  }
  return toVitrineError(error);
}

function fitted(pixels: Pixels, size: number): Pixels {
  const { width, height } = fitWithin(pixels.width, pixels.height, size);
  if (width === pixels.width && height === pixels.height) return pixels;
  const data = resize(pixels, { width, height, interpolation: 'bilinear', antialias: true });
  return { ...pixels, width, height, data };
}
