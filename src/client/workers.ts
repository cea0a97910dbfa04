// Starts the workers and holds the connections to them. The model worker is large and starts when it is first needed.
import type { PixelView, Thumbnail } from '../pixels/types.ts';
import { VitrineError } from '../shared/errors.ts';
import type { SourceRef } from '../source/types.ts';
import type { CatalogCalls, CatalogEvent, ModelCalls, ModelEvent } from '../workers/calls.ts';
import { createPool, type PixelPool } from '../workers/pool.ts';
import { type Client, connect } from '../workers/rpc.ts';

/** How to start one worker of each kind; main.tsx knows the files. */
export interface WorkerFactory {
  catalog(): Worker;
  pixels(): Worker;
  model(): Worker;
}

export interface Workers {
  readonly catalog: Client<CatalogCalls>;
  readonly pool: PixelPool;
  /** The model worker, connected to the catalog and pixels workers. */
  model(): Promise<Client<ModelCalls>>;
  /** `dataset`: under which thumbnails of slow files are kept on disk. */
  openPixels(source: SourceRef | null, dataset: string): Promise<void>;
  /** How deep pictures of the open dataset are looked at from now on; `view` tells it. */
  useView(view: PixelView): void;
  view(): PixelView;
  onCatalogEvent(listener: (event: CatalogEvent) => void): void;
  onModelEvent(listener: (event: ModelEvent) => void): void;
  readonly pictures: {
    thumbnail(path: string, size: number, signal: AbortSignal): Promise<Thumbnail>;
    /** The whole picture; `measure` tells the values of a deep one. */
    bitmap(path: string, options: { signal?: AbortSignal; view?: PixelView; measure?: boolean }): Promise<Thumbnail>;
  };
}

const maxPixelWorkers = 8;

/** Starts catalog and pixels workers. A worker that dies rejects its calls with a sentence instead of leaving them hanging. */
export function startWorkers(factory: WorkerFactory): Workers {
  const catalogWorker = factory.catalog();
  const catalog = connect<CatalogCalls, CatalogEvent>(catalogWorker);
  watch(catalogWorker, 'index', catalog.fail);

  const pool = createPool({
    count: Math.max(1, Math.min(navigator.hardwareConcurrency - 1, maxPixelWorkers)),
    spawn: factory.pixels,
  });

  const modelListeners = new Set<(event: ModelEvent) => void>();
  let modelCalls: Promise<Client<ModelCalls>> | undefined;

  let deepView: PixelView = {};
  let opened: string | undefined;

  async function startModel(): Promise<Client<ModelCalls>> {
    const worker = factory.model();
    const connection = connect<ModelCalls, ModelEvent>(worker);
    watch(worker, 'model', (error) => {
      connection.fail(error);
      modelCalls = undefined; // the next call starts a fresh one
    });
    connection.onEvent((event) => {
      for (const listener of modelListeners) listener(event);
    });
    const link = new MessageChannel();
    await catalog.calls.connect({ port: link.port1 }, { transfer: [link.port1] });
    const pixels = await pool.ports();
    await connection.calls.connect({ catalog: link.port2, pixels }, { transfer: [link.port2, ...pixels] });
    return connection.calls;
  }

  async function reconnect(): Promise<void> {
    if (!modelCalls) return;
    const ports = await pool.ports();
    await (await modelCalls).connect({ pixels: ports }, { transfer: ports });
  }
  // a failure means that the model worker is gone too: its own calls tell
  pool.onReplaced(
    () => void reconnect().catch((error: unknown) => console.warn('Pixels workers were not connected:', error)),
  );

  return {
    catalog: catalog.calls,
    pool,
    model() {
      modelCalls ??= startModel();
      return modelCalls;
    },
    openPixels(source, dataset) {
      opened = dataset;
      return pool.open(source);
    },
    useView(view) {
      deepView = view;
    },
    view: () => deepView,
    onCatalogEvent: (listener) => void catalog.onEvent(listener),
    onModelEvent: (listener) => void modelListeners.add(listener),
    pictures: {
      thumbnail: (path, size, signal) =>
        pool.call('thumbnail', { path, size, view: deepView, keep: opened, priority: 'visible' }, { signal }),
      bitmap: (path, { signal, view = deepView, measure = false }) =>
        pool.call('bitmap', { path, view, measure, priority: 'detail' }, signal ? { signal } : {}),
    },
  };
}

/** Ends every pending call with one sentence when a worker fails as a whole. */
function watch(worker: Worker, name: string, fail: (error: VitrineError) => void): void {
  const failed = (event: Event): void => {
    const reason =
      event instanceof ErrorEvent && event.message
        ? event.message
        : event.type === 'error'
          ? 'its file could not be loaded'
          : 'a message could not be read';
    fail(
      new VitrineError(
        'worker-failed',
        `The ${name} worker stopped (${reason}). Reload the page; nothing that was saved is lost.`,
      ),
    );
  };
  worker.addEventListener('error', failed);
  worker.addEventListener('messageerror', failed);
}
