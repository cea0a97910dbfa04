// Header details of the formats that the browser decodes: size and form, and the EXIF data that cameras write.
import { readHeader } from '../header/read.ts';
import type { NativeFormat } from '../header/types.ts';
import { hasBytes } from '../signatures.ts';
import type { DetailsReader } from '../types.ts';
import { readExif } from './exif.ts';

/** What stands before EXIF data in JPEG, and in other formats too. */
const EXIF_PREFIX = 'Exif\0\0';

/** The reader for one format. EXIF data are read where the header says that they lie. */
export const nativeDetails =
  (format: NativeFormat): DetailsReader =>
  async (file, head) => {
    const { width, height, bits, channels, frames, exif } = await readHeader(file, format, head);
    const facts = {
      width,
      height,
      ...(bits === undefined ? {} : { bits }),
      ...(channels === undefined ? {} : { channels }),
      ...(frames === undefined ? {} : { frames }),
    };
    if (exif === undefined) return { facts, details: [] };
    const end = exif.at + exif.length;
    const stored =
      end <= head.length ? head.subarray(exif.at, end) : new Uint8Array(await file.slice(exif.at, end).arrayBuffer());
    const bytes = hasBytes(stored, 0, EXIF_PREFIX) ? stored.subarray(EXIF_PREFIX.length) : stored;
    const details = await readExif(async (offset, length) => bytes.subarray(offset, offset + length));
    return { facts, details };
  };
