// Old-style JPEG (TIFF 6.0, section 22): puts the one stream together that its tags have scattered over the file.
import { VitrineError } from '../../../shared/errors.ts';
import type { Page } from '../page.ts';
import type { ByteSource } from '../source.ts';
import { jpegSegments } from './jpeg-frame.ts';

const missing = (): VitrineError =>
  new VitrineError('unreadable', 'It is compressed with old-style JPEG, and the tables to decode it are missing.');

/** A JPEG stream of the whole page. Errors: `unreadable` where its parts are missing. */
export async function oldJpegStream(
  source: ByteSource,
  page: Pick<Page, 'width' | 'samples' | 'subsampling' | 'oldJpeg'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { oldJpeg } = page;
  if (oldJpeg === undefined) throw missing();
  if (oldJpeg.at !== undefined) {
    const whole = await source.read(oldJpeg.at, oldJpeg.length || source.size);
    if (whole[0] === 0xff && whole[1] === 0xd8 && jpegSegments(whole).scan !== undefined) return whole.slice();
  }
  if (oldJpeg.quantization.length === 0 || oldJpeg.dc.length === 0) throw missing();
  const { samples } = page;
  const quantization = await Promise.all(
    oldJpeg.quantization.map(async (at, i) => segment(0xdb, Uint8Array.of(i), await source.read(at, 64))),
  );
  const huffman = await Promise.all([
    ...oldJpeg.dc.map((at, i) => huffmanTable(source, at, i)),
    ...oldJpeg.ac.map((at, i) => huffmanTable(source, at, 16 + i)),
  ]);
  const [across, down] = page.subsampling;
  const perStrip =
    Math.ceil(oldJpeg.width / (8 * across)) * Math.ceil(Math.min(oldJpeg.rows, oldJpeg.height) / (8 * down));
  const restart = oldJpeg.offsets.length > 1 ? perStrip : oldJpeg.restart;
  const last = (list: number[], i: number): number => Math.min(i, list.length - 1);
  const frame = [8, oldJpeg.height >> 8, oldJpeg.height & 255, oldJpeg.width >> 8, oldJpeg.width & 255, samples];
  const scan = [samples];
  for (let c = 0; c < samples; c++) {
    frame.push(c + 1, c === 0 ? (across << 4) | down : 0x11, last(oldJpeg.quantization, c));
    scan.push(c + 1, (last(oldJpeg.dc, c) << 4) | last(oldJpeg.ac, c));
  }
  const parts = [
    Uint8Array.of(0xff, 0xd8),
    ...quantization,
    segment(0xc0, Uint8Array.from(frame)),
    ...huffman,
    ...(restart > 0 ? [segment(0xdd, Uint8Array.of(restart >> 8, restart & 255))] : []),
    segment(0xda, Uint8Array.from(scan), Uint8Array.of(0, 63, 0)),
    ...(await scanParts(source, oldJpeg)),
    Uint8Array.of(0xff, 0xd9),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The coded data of the strips, with a restart marker between them. */
async function scanParts(
  source: ByteSource,
  { offsets, lengths }: NonNullable<Page['oldJpeg']>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const [i, at] of offsets.entries()) {
    const strip = await source.read(at, lengths?.[i] || source.size - at);
    let from = 0;
    // a strip may begin with the header of its scan, and end with a marker
    if (strip[0] === 0xff && strip[1] === 0xda) from = 2 + ((strip[2] ?? 0) << 8) + (strip[3] ?? 0);
    const marker = strip[strip.length - 2] === 0xff ? (strip[strip.length - 1] ?? 0) : 0;
    const to = marker >= 0xd0 && marker <= 0xd9 ? strip.length - 2 : strip.length;
    parts.push(strip.slice(from, to));
    if (i < offsets.length - 1) parts.push(Uint8Array.of(0xff, 0xd0 + (i & 7)));
  }
  return parts;
}

async function huffmanTable(source: ByteSource, at: number, id: number): Promise<Uint8Array<ArrayBuffer>> {
  const counts = (await source.read(at, 16)).slice();
  const values = await source.read(
    at + 16,
    Math.min(
      256,
      counts.reduce((sum, n) => sum + n, 0),
    ),
  );
  return segment(0xc4, Uint8Array.of(id), counts, values);
}

function segment(marker: number, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = 2 + parts.reduce((sum, part) => sum + part.length, 0);
  const out = new Uint8Array(2 + length);
  out.set([0xff, marker, length >> 8, length & 255]);
  let at = 4;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
