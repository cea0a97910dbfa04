// Completes files that end too early, so that the browser shows what is there (measured in Chromium 156: it refuses all of them).
import { type BmpLayout, readBmpLayout } from '../header/bmp.ts';
import type { NativeFormat } from '../header/types.ts';

const JPEG_END = new Uint8Array([0xff, 0xd9]);
/** An empty IEND chunk with its checksum. */
const PNG_END = new Uint8Array([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const ZEROS = new Uint8Array(2 ** 20);

async function bytesOf(file: Blob, start: number, end?: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

/** True when the file's end is missing, as far as its format tells. */
export async function isCutOff(file: Blob, format: NativeFormat): Promise<boolean> {
  if (format === 'jpeg') {
    const tail = await bytesOf(file, Math.max(0, file.size - 1024)); // some cameras write padding behind the end
    return !tail.some((byte, i) => byte === 0xff && tail[i + 1] === 0xd9);
  }
  if (format === 'png') {
    const tail = await bytesOf(file, Math.max(0, file.size - 1024));
    return !tail.some((_, i) => PNG_END.every((byte, k) => i + k < tail.length && tail[i + k] === byte));
  }
  if (format === 'webp') {
    const head = await bytesOf(file, 0, 8);
    return head.length < 8 || new DataView(head.buffer).getUint32(4, true) + 8 > file.size;
  }
  if (format === 'gif') return (await bytesOf(file, file.size - 1))[0] !== 0x3b;
  if (format === 'bmp') return file.size < pixelsEnd(await bmpLayout(file));
  return false;
}

/** The file with its end put back: JPEG, PNG and uncompressed BMP; null where this cannot help. */
export async function completed(file: Blob, format: NativeFormat): Promise<Blob | null> {
  if (format === 'jpeg') return new Blob([file, JPEG_END]);
  if (format === 'png') return new Blob([file, PNG_END]);
  if (format !== 'bmp') return null;
  const layout = await bmpLayout(file);
  const missing = pixelsEnd(layout) - file.size;
  const present = file.size - layout.pixelsAt;
  if (missing <= 0 || present < layout.rowBytes) return null; // not one row to show
  const whole = Array.from({ length: Math.floor(missing / ZEROS.length) }, () => ZEROS);
  return new Blob([file, ...whole, ZEROS.subarray(0, missing % ZEROS.length)]);
}

async function bmpLayout(file: Blob): Promise<BmpLayout> {
  return readBmpLayout(new DataView(await file.slice(0, 256).arrayBuffer()));
}

/** Where the pixels of an uncompressed BMP end; 0 for the compressed forms, whose length is not known. */
function pixelsEnd({ compression, pixelsAt, rowBytes, height, os2 }: BmpLayout): number {
  const uncompressed = compression === 0 || (!os2 && (compression === 3 || compression === 6));
  return uncompressed ? pixelsAt + rowBytes * height : 0;
}
