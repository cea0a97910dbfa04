// Which thumbnails a pixels worker keeps on disk, under what key, and in what encoding.
import type { ImageFormat, PixelFacts, PixelView, Thumbnail } from '../pixels/types.ts';
import { extensionOf } from '../shared/paths.ts';
import { createThumbnailStore } from '../store/thumbnails.ts';

/** A JPEG from here on has about four million pixels, and takes as long to decode as reading a kept thumbnail many times. */
const slowBytes = 1_000_000;
/** Smaller files under these names are decoded as fast as a kept thumbnail is read. */
const quick = new Set([
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'png',
  'webp',
  'bmp',
  'dib',
  'gif',
  'avif',
  'pbm',
  'pgm',
  'ppm',
  'pnm',
  'pam',
]);
/** Bytes of pictures that wait to be encoded; beyond them none is begun: a fast scroll keeps some of what it passes. */
const pendingBytesAtMost = 32 * 2 ** 20;
const type = 'image/jpeg';
const quality = 0.92;
/** Grows when decoders show a file otherwise than before. */
const decoding = 1;

const store = createThumbnailStore();
let pendingBytes = 0;

export interface ThumbnailOf {
  dataset: string;
  path: string;
  file: File;
  /** Longer side that was asked for. */
  size: number;
  view: PixelView;
}

/** Whether a file is worth keeping a thumbnail of, by its size and name: looking into it would cost as much as it saves. */
export const isSlow = ({ path, file }: Pick<ThumbnailOf, 'path' | 'file'>): boolean =>
  file.size >= slowBytes || !quick.has(extensionOf(path));

/** Differs when the file, the rule of deep pictures, or how Vitrine decodes differs: an old picture is never found again. */
function keyOf({ path, file, size, view: { frame, range, window } }: ThumbnailOf): string {
  return JSON.stringify([
    decoding,
    path,
    file.size,
    file.lastModified,
    size,
    frame ?? 0,
    range ?? 'full',
    window ?? null,
  ]);
}

/** The kept thumbnail, or undefined. The caller closes it. */
export async function keptThumbnail(of: ThumbnailOf): Promise<Thumbnail | undefined> {
  const kept = await store.read(of.dataset, keyOf(of));
  const facts = kept && factsOf(kept.facts);
  if (!kept || !facts) return undefined;
  return { bitmap: await createImageBitmap(new Blob([kept.bytes], { type: kept.type })), facts };
}

/** Keeps a thumbnail, from a copy that is taken before this returns; the encoding goes on behind it. Never fails: it can be made again. */
export function keepThumbnail(of: ThumbnailOf, { bitmap, facts }: Thumbnail): void {
  const bytes = bitmap.width * bitmap.height * 4;
  if (pendingBytes + bytes > pendingBytesAtMost || facts.warning !== undefined) return;
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  context.drawImage(bitmap, 0, 0);
  pendingBytes += bytes;
  void encodeAndWrite(of, canvas, facts)
    .catch((error: unknown) => console.warn('A thumbnail was not kept:', error))
    .finally(() => {
      pendingBytes -= bytes;
    });
}

async function encodeAndWrite(of: ThumbnailOf, canvas: OffscreenCanvas, facts: PixelFacts): Promise<void> {
  const blob = await canvas.convertToBlob({ type, quality });
  await store.write(of.dataset, keyOf(of), { bytes: new Uint8Array(await blob.arrayBuffer()), type, facts });
}

/** Facts as they were kept; undefined when they are not the shape that this version has. */
function factsOf(facts: unknown): PixelFacts | undefined {
  if (typeof facts !== 'object' || facts === null) return undefined;
  const { format, width, height } = facts as Partial<PixelFacts>;
  if (typeof format !== 'string' || typeof width !== 'number' || typeof height !== 'number') return undefined;
  return { ...facts, format: format satisfies ImageFormat, width, height };
}
