// Reads the orientation out of EXIF data, whichever container carried them.

const ORIENTATION_TAG = 0x0112;

/** `Exif\0\0`, which stands before EXIF data in JPEG, and which some programs write into WebP. */
export function hasExifPrefix(view: DataView, offset: number): boolean {
  return view.getUint32(offset) === 0x45786966 && view.getUint16(offset + 4) === 0;
}

/**
 * EXIF orientation 1-8 from a TIFF structure of `length` bytes at `offset` (EXIF 2.32, 4.6.4 A); undefined when there is none,
 * or the structure or the value is damaged: decoders then turn nothing. Throws the DataView's RangeError when `view` does not
 * hold all of the structure.
 */
export function readOrientation(view: DataView, offset: number, length: number): number | undefined {
  const tiff = new DataView(view.buffer, view.byteOffset + offset, length);
  try {
    return orientationOf(tiff);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // an offset inside points outside
    throw error;
  }
}

function orientationOf(tiff: DataView): number | undefined {
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  const directory = tiff.getUint32(4, little);
  const entries = tiff.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (tiff.getUint16(entry, little) !== ORIENTATION_TAG) continue;
    const type = tiff.getUint16(entry + 2, little);
    // SHORT by the standard; some writers use LONG
    const value = type === 4 ? tiff.getUint32(entry + 8, little) : tiff.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** True for the orientations that swap width and height. */
export const swapsSides = (orientation: number | undefined): boolean => (orientation ?? 1) >= 5;
