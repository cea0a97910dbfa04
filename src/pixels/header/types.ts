// What is read from the header of a file before the browser decodes it.
import type { ImageFormat } from '../types.ts';

/** The formats that the browser decodes. */
export type NativeFormat = Extract<ImageFormat, 'jpeg' | 'png' | 'webp' | 'bmp' | 'gif' | 'avif' | 'jpeg-xl'>;

/** A file's header. Sizes are in pixels, of the upright picture. */
export interface Header {
  width: number;
  height: number;
  /** Bits per stored sample and samples per pixel, where the header says so. */
  bits?: number;
  channels?: number;
  /** 1 for formats without frames and for files that say so; absent when several frames are possible. */
  frames?: number;
  /** EXIF orientation 1-8 where the file has one. */
  orientation?: number;
  /** Where EXIF data lie in the file, as a TIFF structure. */
  exif?: { at: number; length: number };
  /** True when pixels may be transparent. */
  alpha: boolean;
  /** True for a JPEG that browsers do not decode and `jpeg/decode.ts` does. */
  ours?: boolean;
  /** A BMP that only wraps a JPEG or PNG: the offset at which that file begins. */
  embedded?: { format: 'jpeg' | 'png'; at: number };
}

/**
 * Reads a header from the first bytes of a file of `fileSize` bytes. Looking past their end throws the DataView's own RangeError, upon which the
 * caller comes again with more bytes. Errors: VitrineError `unreadable`, `unsupported`.
 */
export type HeaderReader = (view: DataView, fileSize: number) => Header;
