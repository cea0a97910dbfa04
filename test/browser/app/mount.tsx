// Renders the application on a real session whose workers are doubles in the page: a real catalog and generated pictures.
import { createRoot } from 'solid-js';
import { render } from 'solid-js/web';
import { App } from '../../../src/app/App.tsx';
import { SessionContext } from '../../../src/app/context.ts';
import '../../../src/app/tokens.css';
import type { Table } from '../../../src/catalog/table.ts';
import type { DatasetInfo, DatasetState } from '../../../src/catalog/types.ts';
import { createSession } from '../../../src/client/session.ts';
import type { Session } from '../../../src/client/types.ts';
import type { Workers } from '../../../src/client/workers.ts';
import type { Thumbnail } from '../../../src/pixels/types.ts';
import type { CatalogCalls, ModelCalls } from '../../../src/workers/calls.ts';
import type { Client } from '../../../src/workers/rpc.ts';
import { createCatalogDouble, seeded } from './catalog-double.ts';

export interface Mounted {
  session: Session;
  catalog: ReturnType<typeof createCatalogDouble>;
  unmount(): void;
}

/** Shows a dataset, or the start screen when `table` is absent. */
export async function mount(
  options: {
    table?: Table;
    state?: Partial<DatasetState>;
    recent?: DatasetInfo[];
    open?: boolean;
    /** Calls of the catalog that answer otherwise than the double. */
    calls?: Partial<Client<CatalogCalls>>;
    /** The full picture of the inspector, instead of a drawn one. */
    bitmap?: Workers['pictures']['bitmap'];
    /** Calls of the model worker; without them there is none. */
    model?: Partial<Client<ModelCalls>>;
  } = {},
): Promise<Mounted> {
  localStorage.clear();
  document.documentElement.dataset.theme = 'light';
  const { table } = options;
  // without a table nothing of the double is called but `recent`
  const catalog = createCatalogDouble(table ?? ({} as Table), options.state);
  Object.assign(catalog.calls, options.calls);
  if (options.recent) catalog.calls.recent = async () => options.recent ?? [];
  const workers: Partial<Workers> = {
    catalog: catalog.calls,
    model: async () => {
      if (!options.model) throw new DOMException('There is no model worker in this test.', 'AbortError');
      return options.model as Client<ModelCalls>; // a call that is missing fails the test with its name
    },
    openPixels: async () => undefined,
    useView: () => undefined,
    view: () => ({}),
    onCatalogEvent: catalog.onEvent,
    onModelEvent: () => undefined,
    pictures: {
      thumbnail: (path, size) => draw(path, size),
      bitmap: options.bitmap ?? ((path) => draw(path, 512)),
    },
  };
  const place = document.createElement('div');
  place.id = 'app';
  document.body.append(place);
  let session!: Session;
  const unmount = createRoot((dispose) => {
    session = createSession(workers as Workers);
    const remove = render(
      () => (
        <SessionContext.Provider value={session}>
          <App />
        </SessionContext.Provider>
      ),
      place,
    );
    return () => {
      remove();
      dispose();
      place.remove();
    };
  });
  if (table && options.open !== false) await session.openSources({ kind: 'files', name: 'clothing-small', files: [] });
  return { session, catalog, unmount };
}

/** A picture that can be told from its neighbours: two colours and a shape by the hash of its path, in one of four proportions. */
export async function draw(path: string, size: number): Promise<Thumbnail> {
  const random = seeded([...path].reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 7));
  const aspect = [0.75, 1, 1.33, 0.66][Math.floor(random() * 4)] ?? 1;
  const [width, height] = aspect < 1 ? [Math.round(size * aspect), size] : [size, Math.round(size / aspect)];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) {
    const hue = random() * 360;
    context.fillStyle = `oklch(${0.55 + 0.35 * random()} 0.08 ${hue})`;
    context.fillRect(0, 0, width, height);
    context.fillStyle = `oklch(${0.35 + 0.4 * random()} 0.12 ${hue + 60 + 180 * random()})`;
    context.beginPath();
    const corners = 3 + Math.floor(random() * 6);
    for (let i = 0; i < corners; i++) {
      const [angle, radius] = [(2 * Math.PI * i) / corners, (0.22 + 0.22 * random()) * Math.min(width, height)];
      context.lineTo(width / 2 + radius * Math.cos(angle), height / 2 + radius * Math.sin(angle));
    }
    context.fill();
  }
  return { bitmap: canvas.transferToImageBitmap(), facts: { format: 'jpeg', width: 400, height: 533 } };
}

/** Resolves when `check` returns something other than false, null or undefined; asked once a frame. */
export async function until<T>(check: () => T | false | null | undefined, what: string): Promise<T> {
  const end = performance.now() + 15_000;
  for (;;) {
    const value = check();
    if (value !== false && value !== null && value !== undefined) return value;
    if (performance.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((done) => requestAnimationFrame(done));
  }
}
