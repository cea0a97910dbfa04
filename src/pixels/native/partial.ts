// Shows the readable part of a damaged file: an image decoder is fed a stream that never ends and asked for what it has.
import type { NativeFormat } from '../header/types.ts';

const MIME_TYPES: { [format in NativeFormat]?: string } = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
};

/** Larger damaged files are refused: all of their bytes would have to be held at once. */
const MAX_BYTES = 2 ** 28;

/** Some damaged files never get an answer (8 of 62 in the corpora); a whole one of 10 million pixels takes well under a second. */
const timeoutMs = (pixels: number): number => 1500 + pixels / 10_000;

/**
 * The part of the first frame that can be decoded, or null. `pixels` of the picture set how long it may take. The caller
 * closes the frame. With all bytes given as one buffer, or a stream that is closed, Chromium 156 refuses every such file.
 */
export async function decodePartial(
  file: Blob,
  format: NativeFormat,
  pixels: number,
  signal?: AbortSignal,
): Promise<VideoFrame | null> {
  const type = MIME_TYPES[format];
  if (type === undefined || file.size > MAX_BYTES || !('ImageDecoder' in globalThis)) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const decoder = new ImageDecoder({
    type,
    colorSpaceConversion: 'none',
    preferAnimation: false,
    data: new ReadableStream({ start: (controller) => controller.enqueue(bytes) }),
  });
  try {
    return await Promise.race([
      decoder.decode({ frameIndex: 0, completeFramesOnly: false }).then(
        (result) => result.image,
        () => null, // refused: the caller says so
      ),
      afterOrAborted(timeoutMs(pixels), signal),
    ]);
  } finally {
    decoder.close();
  }
}

async function afterOrAborted(ms: number, signal: AbortSignal | undefined): Promise<null> {
  const end = AbortSignal.any([AbortSignal.timeout(ms), ...(signal === undefined ? [] : [signal])]);
  if (!end.aborted) await new Promise((resolve) => end.addEventListener('abort', resolve, { once: true }));
  return null;
}
