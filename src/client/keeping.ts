// Pictures that stay on disk when a dataset closes: the first four for the start screen, and the last screen for the next opening.
import type { Accessor } from 'solid-js';
import type { DatasetState, Row, SampleId } from '../catalog/types.ts';
import type { Thumbnail } from '../pixels/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  dataset: Accessor<DatasetState | null>;
  thumbnail(path: string, size: number, signal: AbortSignal): Promise<Thumbnail>;
  /** What is on screen and drawn: rows with their bitmaps. */
  onScreen(): { id: SampleId; bitmap: ImageBitmap }[];
}

const coverPictures = 4;
const coverSize = 192; // device pixels: a quarter of a card at twice the density

/** Nothing is kept for a tab that only reads, nor of a folder that cannot be read now. */
export function createKeeping({ catalog, dataset, thumbnail, onScreen }: Parts) {
  const mayKeep = (): boolean => dataset()?.access === 'owner' && dataset()?.permission === 'granted';

  return {
    /** Keeps the first pictures of the folder. A picture that cannot be read leaves its place to none. */
    async cover(rows: readonly Row[]): Promise<void> {
      if (!mayKeep()) return;
      const signal = new AbortController().signal;
      const made = await Promise.allSettled(
        rows.slice(0, coverPictures).map(async (row) => {
          const { bitmap } = await thumbnail(row.path, coverSize, signal);
          const blob = await encoded(bitmap);
          bitmap.close();
          return { id: row.id, blob };
        }),
      );
      const pictures = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      if (pictures.length > 0 && mayKeep()) await catalog.keepPictures({ pictures, cover: true });
    },
    /** Keeps what is on screen; nothing is decoded for it. */
    async screen(): Promise<void> {
      if (!mayKeep()) return;
      const pictures = await Promise.all(
        onScreen().map(async ({ id, bitmap }) => ({ id, blob: await encoded(bitmap) })),
      );
      if (pictures.length > 0 && mayKeep()) await catalog.keepPictures({ pictures, cover: false });
    },
    /** The kept pictures of these rows, for a folder that may not be read yet. */
    async kept(rows: readonly Row[]): Promise<{ id: SampleId; bitmap: ImageBitmap }[]> {
      const pictures = await catalog.keptPictures({ ids: Uint32Array.from(rows, (row) => row.id) });
      return Promise.all(pictures.map(async ({ id, blob }) => ({ id, bitmap: await createImageBitmap(blob) })));
    },
  };
}

async function encoded(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
