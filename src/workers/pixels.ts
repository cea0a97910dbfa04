// A pixels worker's entry: opens files of the source and makes thumbnails, pixels and model inputs of them, in the order of its queue.
import { decode } from '../pixels/decode.ts';
import { modelInput } from '../pixels/model-input.ts';
import { thumbnail } from '../pixels/thumbnail.ts';
import type { PixelView, Thumbnail } from '../pixels/types.ts';
import { toVitrineError, VitrineError } from '../shared/errors.ts';
import { openSource } from '../source/open.ts';
import type { Source } from '../source/types.ts';
import type { PixelPriority, PixelsCalls, PixelsEvent } from './calls.ts';
import { isSlow, keepThumbnail, keptThumbnail } from './kept-thumbnails.ts';
import { createPixelQueue } from './pixel-queue.ts';
import { type CallContext, type Port, serve } from './rpc.ts';

/** Reads in flight over all workers, when there are as many as the page starts (cores − 1, at most 8). */
const readsInFlight = 16;
const workers = Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 8));
const width = Math.max(2, Math.min(8, Math.ceil(readsInFlight / workers)));
/** A screen of the smallest cells is about 2,000 pictures; what is beyond has scrolled away. */
const bound = 2_000;

/** Longest honest decode of a file: 20 s, and half a second more a megabyte (a 300 MB TIFF of 100 megapixels: under 3 minutes). */
const allowedMs = (bytes: number): number => 20_000 + (bytes / 2e6) * 1_000;
/** Smaller files are done within the base time. */
const longFrom = 1e6;
const picturesQuality = 0.8;

const queue = createPixelQueue(width, bound);
const running = new Map<object, { path: string; since: number; ms: number }>();
let source: Source | null = null;

/** Waits for its turn, opens the file and works on it; every error names the file. */
function withFile<T>(
  what: { path: string } | { file: Blob },
  priority: PixelPriority,
  { signal }: CallContext,
  work: (file: Blob | File) => Promise<T>,
): Promise<T> {
  const path = 'path' in what ? what.path : 'The file';
  return queue.add(
    priority,
    async () => {
      const mark = {};
      running.set(mark, { path, since: performance.now(), ms: allowedMs(0) });
      try {
        const file = 'file' in what ? what.file : await openedSource().file(what.path);
        const ms = allowedMs(file.size);
        running.set(mark, { path, since: performance.now(), ms });
        if (file.size > longFrom) page.emit({ type: 'long', ms });
        return await work(file);
      } catch (cause) {
        const error = toVitrineError(cause, path);
        throw error.file === undefined ? new VitrineError(error.code, error.message, { file: path, cause }) : error;
      } finally {
        running.delete(mark);
      }
    },
    signal,
  );
}

function openedSource(): Source {
  if (!source) throw new VitrineError('permission', 'No folder is open. Open a folder first.');
  return source;
}

/** At most `size` pixels on the longer side; the bitmap moves to the caller. */
async function small(
  args: { path: string; view?: PixelView; measure?: boolean },
  size: number,
  priority: PixelPriority,
  context: CallContext,
): Promise<Thumbnail> {
  const made = await withFile(args, priority, context, (file) =>
    thumbnail(file, size, args.view ?? {}, { signal: context.signal, measure: args.measure }),
  );
  context.transfer(made.bitmap);
  return made;
}

/** A thumbnail; of files that are slow to decode the one that was kept on disk, when `keep` names their dataset. */
async function gridThumbnail(args: Parameters<PixelsCalls['thumbnail']>[0], context: CallContext): Promise<Thumbnail> {
  const { path, size, view = {}, keep: dataset, priority } = args;
  const made = await withFile(args, priority, context, async (file) => {
    const of = dataset !== undefined && file instanceof File ? { dataset, path, file, size, view } : undefined;
    if (of === undefined || !isSlow(of)) return thumbnail(file, size, view, { signal: context.signal });
    const kept = await keptThumbnail(of);
    if (kept) return kept;
    const fresh = await thumbnail(file, size, view, { signal: context.signal });
    keepThumbnail(of, fresh);
    return fresh;
  });
  context.transfer(made.bitmap);
  return made;
}

const calls: PixelsCalls = {
  async open(args) {
    source = args.source && openSource(args.source);
  },
  thumbnail: gridThumbnail,
  bitmap: (args, context) => small(args, args.view?.size ?? Number.MAX_SAFE_INTEGER, args.priority, context),
  picture: (args, context) =>
    withFile(args, 'job', context, async (file) => {
      const { bitmap } = await thumbnail(file, args.size, {}, { signal: context.signal });
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
      return canvas.convertToBlob({ type: 'image/webp', quality: picturesQuality });
    }),
  decode: (args, context) =>
    withFile(args, 'detail', context, async (file) => {
      const pixels = await decode(file, args.view ?? {}, { signal: context.signal });
      context.transfer(pixels.data.buffer);
      return pixels;
    }),
  modelInput: (args, context) =>
    withFile(args, 'job', context, async (file) => {
      const input = await modelInput(file, args.view ?? {}, args.input, { signal: context.signal });
      context.transfer(input.data.buffer);
      return input;
    }),
  async connect({ port }) {
    serve<PixelsCalls>(port, calls);
  },
  async alive() {
    const now = performance.now();
    const works = [...running.values()];
    return {
      allowedMs: Math.max(0, ...works.map((work) => work.ms)),
      overdue: works.find((work) => now - work.since > work.ms)?.path ?? null,
    };
  },
};

const page = serve<PixelsCalls, PixelsEvent>(self as unknown as Port, calls); // a worker's scope; TypeScript's page library types `self` as a window
