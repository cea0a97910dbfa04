// Bitmaps for grid cells: bounded in bytes, least recently drawn leave first, cancelled when scrolled away.
import { createSignal } from 'solid-js';
import type { Row, SampleId } from '../catalog/types.ts';
import type { Thumbnail } from '../pixels/types.ts';
import { toVitrineError } from '../shared/errors.ts';
import type { DecodedFacts } from '../workers/calls.ts';
import type { Pictures } from './types.ts';

/** Longer sides that thumbnails come in; a request is rounded up, so that zooming a little needs no new decode. */
const tiers = [96, 192, 384, 768, 1536];
const maxBytes = 256 * 2 ** 20;
const reportEveryMs = 400;

type FullOptions = NonNullable<Parameters<Pictures['full']>[1]>;

interface PixelAccess {
  thumbnail(path: string, size: number, signal: AbortSignal): Promise<Thumbnail>;
  bitmap(path: string, options: FullOptions): Promise<Thumbnail>;
}

const tierOf = (size: number): number => tiers.find((tier) => tier >= size) ?? 1536;

/** The picture cache of one dataset. `report` tells the catalog what decoding found out. */
export function createPictures(
  pixels: PixelAccess,
  report: (facts: DecodedFacts[]) => void,
): Pictures & {
  clear(): void;
  /** The rows that were asked for last, those of them that are here. Bitmaps belong to the cache. */
  onScreen(): { id: SampleId; bitmap: ImageBitmap }[];
  /** Shows a bitmap that was kept, until a better one comes; the cache owns it from now on. */
  seed(id: SampleId, bitmap: ImageBitmap): void;
} {
  // a Map keeps insertion order: re-inserting on use makes its first entry the least recently used
  const bitmaps = new Map<string, ImageBitmap>();
  const waiting = new Map<string, AbortController>();
  const failed = new Set<SampleId>();
  const found: DecodedFacts[] = [];
  const [version, setVersion] = createSignal(0);
  let bytes = 0;
  let [onScreen, onScreenTier]: [readonly Row[], number] = [[], 0];
  let reportTimer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;

  const sizeOf = (bitmap: ImageBitmap): number => bitmap.width * bitmap.height * 4;

  /** One signal change a frame, however many bitmaps arrive in it. */
  function arrived(): void {
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      setVersion((v) => v + 1);
    });
  }

  function tell(facts: DecodedFacts): void {
    found.push(facts);
    if (reportTimer === undefined)
      reportTimer = setTimeout(() => {
        reportTimer = undefined;
        report(found.splice(0));
      }, reportEveryMs);
  }

  function keep(key: string, bitmap: ImageBitmap): void {
    bitmaps.set(key, bitmap);
    bytes += sizeOf(bitmap);
    for (const [oldest, old] of bitmaps) {
      if (bytes <= maxBytes || oldest === key) break;
      bitmaps.delete(oldest);
      bytes -= sizeOf(old);
      old.close();
    }
  }

  async function load(row: Row, tier: number, key: string): Promise<void> {
    const controller = new AbortController();
    waiting.set(key, controller);
    try {
      const { bitmap, facts } = await pixels.thumbnail(row.path, tier, controller.signal);
      if (waiting.get(key) !== controller) return bitmap.close(); // cleared or asked again meanwhile
      keep(key, bitmap);
      if (row.state !== 'readable')
        tell({ id: row.id, state: 'readable', format: facts.format, width: facts.width, height: facts.height });
    } catch (thrown) {
      const error = toVitrineError(thrown);
      if (controller.signal.aborted || error.code === 'aborted') return;
      if (waiting.get(key) !== controller) return;
      failed.add(row.id);
      // a lost permission or folder says nothing about the file
      if (error.code === 'unreadable' || error.code === 'unsupported' || error.code === 'too-large')
        tell({
          id: row.id,
          state: error.code === 'unsupported' ? 'unsupported' : 'unreadable',
          format: 'unknown',
          reason: error.message,
        });
    } finally {
      if (waiting.get(key) === controller) waiting.delete(key);
      arrived();
    }
  }

  return {
    version,
    peek(row, size) {
      const wanted = tierOf(size);
      const key = `${row.id}/${wanted}`;
      const exact = bitmaps.get(key);
      if (exact) {
        bitmaps.delete(key);
        bitmaps.set(key, exact);
        return exact;
      }
      // any other size is better than an empty cell: the nearest larger first, then the largest smaller
      const others = [...tiers.filter((t) => t > wanted), ...tiers.filter((t) => t < wanted).reverse()];
      for (const tier of others) {
        const bitmap = bitmaps.get(`${row.id}/${tier}`);
        if (bitmap) return bitmap;
      }
      return undefined;
    },
    want(rows, size) {
      const tier = tierOf(size);
      [onScreen, onScreenTier] = [rows, tier];
      const wanted = new Set(rows.map((row) => `${row.id}/${tier}`));
      for (const [key, controller] of waiting) {
        if (wanted.has(key)) continue;
        waiting.delete(key);
        controller.abort();
      }
      // the queue of a pixels worker serves the newest request first: ask for the last row first, so that the first is served first
      for (const row of [...rows].reverse()) {
        const key = `${row.id}/${tier}`;
        if (bitmaps.has(key) || waiting.has(key) || failed.has(row.id)) continue;
        if (row.state === 'unsupported' || row.state === 'unreadable') continue;
        void load(row, tier, key);
      }
    },
    onScreen: () =>
      onScreen.flatMap(({ id }) => {
        const bitmap = bitmaps.get(`${id}/${onScreenTier}`);
        return bitmap ? [{ id, bitmap }] : [];
      }),
    seed(id, bitmap) {
      const key = `${id}/${tiers.find((tier) => tier >= Math.max(bitmap.width, bitmap.height)) ?? 1536}`;
      if (bitmaps.has(key)) return bitmap.close();
      keep(key, bitmap);
      arrived();
    },
    full: (row, options = {}) => pixels.bitmap(row.path, options),
    clear() {
      for (const controller of waiting.values()) controller.abort();
      waiting.clear();
      for (const bitmap of bitmaps.values()) bitmap.close();
      bitmaps.clear();
      failed.clear();
      onScreen = [];
      bytes = 0;
      found.length = 0;
      arrived();
    },
  };
}
