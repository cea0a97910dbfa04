// The whole stack for tests: catalog, pixels and model workers connected as the page connects them, over a folder of drawn pictures.
import type { CatalogCalls, CatalogEvent, ModelCalls, ModelEvent } from '../../../src/workers/calls.ts';
import { createPool, type PixelPool } from '../../../src/workers/pool.ts';
import { type Client, connect } from '../../../src/workers/rpc.ts';

export interface Stack {
  catalog: Client<CatalogCalls>;
  model: Client<ModelCalls>;
  pool: PixelPool;
  modelEvents: ModelEvent[];
  /** Ends all workers at once, as a crash does. */
  kill(): void;
}

export const spawnPixels = (): Worker =>
  new Worker(new URL('../../../src/workers/pixels.ts', import.meta.url), { type: 'module' });

export async function startStack(pixelsWorkers = 1): Promise<Stack> {
  const catalogWorker = new Worker(new URL('../../../src/workers/catalog.ts', import.meta.url), { type: 'module' });
  const modelWorker = new Worker(new URL('../../../src/workers/model.ts', import.meta.url), { type: 'module' });
  const catalog = connect<CatalogCalls, CatalogEvent>(catalogWorker);
  const model = connect<ModelCalls, ModelEvent>(modelWorker);
  const modelEvents: ModelEvent[] = [];
  model.onEvent((event) => modelEvents.push(event));
  const pool = createPool({ count: pixelsWorkers, spawn: spawnPixels });
  const link = new MessageChannel();
  await catalog.calls.connect({ port: link.port1 }, { transfer: [link.port1] });
  const pixels = await pool.ports();
  await model.calls.connect({ catalog: link.port2, pixels }, { transfer: [link.port2, ...pixels] });
  return {
    catalog: catalog.calls,
    model: model.calls,
    pool,
    modelEvents,
    kill() {
      catalogWorker.terminate();
      modelWorker.terminate();
      pool.close();
    },
  };
}

/** Files of two kinds that any backbone can tell apart, each a little different: `stripes/…` and `dots/…`. */
export async function drawPictures(
  each: number,
  size: [width: number, height: number] = [160, 120],
): Promise<Record<string, Blob>> {
  const files: Record<string, Blob> = {};
  const [width, height] = size;
  for (let i = 0; i < each; i++)
    for (const kind of ['stripes', 'dots']) {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = `hsl(${(i * 47) % 360} 60% 80%)`;
      context.fillRect(0, 0, width, height);
      context.fillStyle = `hsl(${(i * 101) % 360} 80% 30%)`;
      for (let x = i % 7; x < width; x += 24)
        if (kind === 'stripes') context.fillRect(x, 0, 10, height);
        else for (let y = i % 5; y < height; y += 24) context.fillRect(x, y, 6, 6);
      files[`${kind}/${String(i).padStart(3, '0')}.jpg`] = await canvas.convertToBlob({
        type: 'image/jpeg',
        quality: 0.9,
      });
    }
  return files;
}

/** A folder of the origin-private file system with these files. */
export async function folderOf(name: string, files: Record<string, Blob>): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => undefined);
  const folder = await root.getDirectoryHandle(name, { create: true });
  for (const [path, blob] of Object.entries(files)) {
    const [directory = '', file = ''] = path.split('/');
    const at = await folder.getDirectoryHandle(directory, { create: true });
    const writable = await (await at.getFileHandle(file, { create: true })).createWritable();
    await writable.write(blob);
    await writable.close();
  }
  return folder;
}
