// Pictures that stay on disk when a dataset closes: the first four for the start screen, and the last screen for the next opening.
import type { Accessor } from 'solid-js';
import type { DatasetState, Row, SampleId, ViewInfo } from '../catalog/types.ts';
import type { Thumbnail } from '../pixels/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Notices } from './notices.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  notices: Notices;
  dataset: Accessor<DatasetState | null>;
  view: Accessor<ViewInfo | null>;
  /** The cache of bitmaps: what is on screen, and a way to put in what was kept. */
  pictures: {
    onScreen(): { id: SampleId; bitmap: ImageBitmap }[];
    seed(id: SampleId, bitmap: ImageBitmap): void;
  };
  thumbnail(path: string, size: number, signal: AbortSignal): Promise<Thumbnail>;
}

const coverPictures = 4;
const coverSize = 192; // device pixels: a quarter of a card at twice the density
/** Rows before and after the cursor among which kept pictures are looked for: a screen of small cells. */
const keptAround = 240;

/** Nothing is kept for a tab that only reads, nor of a folder that cannot be read now. */
export function createKeeping({ catalog, notices, dataset, view, pictures, thumbnail }: Parts) {
  const mayKeep = (): boolean => dataset()?.access === 'owner' && dataset()?.permission === 'granted';

  async function keepCover(rows: readonly Row[]): Promise<void> {
    const { signal } = new AbortController();
    const made = await Promise.allSettled(
      rows.map(async (row) => {
        const { bitmap } = await thumbnail(row.path, coverSize, signal);
        const blob = await encoded(bitmap);
        bitmap.close();
        return { id: row.id, blob };
      }),
    );
    // a picture that cannot be read leaves its place to none
    const readable = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (readable.length > 0 && mayKeep()) await catalog.keepPictures({ pictures: readable, cover: true });
  }

  async function screen(): Promise<void> {
    if (!mayKeep()) return;
    const kept = pictures.onScreen().map(async ({ id, bitmap }) => ({ id, blob: await encoded(bitmap) }));
    const shown = await Promise.all(kept);
    if (shown.length > 0 && mayKeep()) await catalog.keepPictures({ pictures: shown, cover: false });
  }

  // the last moment at which a page is sure to be asked
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') screen().catch(notices.fail);
  });

  return {
    /** Keeps the first pictures of the folder's own order, when all names are known; in the background. */
    cover(): void {
      const info = view();
      if (!info || !mayKeep() || info.query.filter || info.query.sort || info.query.group) return;
      catalog
        .rows({ view: info.view, from: 0, to: coverPictures })
        .then(({ rows }) => keepCover(rows))
        .catch(notices.fail);
    },
    /** Keeps what is on screen; nothing is decoded for it. */
    screen: (): Promise<void> => screen().catch(notices.fail),
    /** Shows what was kept around a position, while the folder may not be read. */
    async show(cursor: number): Promise<void> {
      const info = view();
      if (!info) return;
      const from = Math.max(0, cursor - keptAround);
      const { rows } = await catalog.rows({ view: info.view, from, to: cursor + keptAround });
      const kept = await catalog.keptPictures({ ids: Uint32Array.from(rows, (row) => row.id) });
      for (const { id, blob } of kept) pictures.seed(id, await createImageBitmap(blob));
    },
  };
}

async function encoded(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
