// The catalog worker's calls over one open session: each is a line to the part that knows.
import { listFields } from '../catalog/query/access.ts';
import { pathsOf } from '../catalog/rows.ts';
import { sampleOf } from '../catalog/sample.ts';
import { loadWriter } from '../formats/systems.ts';
import { planExport, writeExport } from '../jobs/export.ts';
import { listSystems, planSystemExport, writeSystemExport } from '../jobs/export-system.ts';
import type { ExportOptions } from '../jobs/export-types.ts';
import { tryOwn } from '../jobs/ownership.ts';
import { requireOwner } from '../jobs/session/core.ts';
import { keep, kept, leftOutCsv, markExported, savePlace, setView } from '../jobs/session/keeping.ts';
import { exportDataset, writeContext } from '../jobs/session/model/exporting.ts';
import { openDataset } from '../jobs/session/opening.ts';
import { type Session, startSession } from '../jobs/session/session.ts';
import { VitrineError } from '../shared/errors.ts';
import { unpackZip } from '../source/zip/unpack.ts';
import type { HoldCopy } from '../store/copy/held.ts';
import { forgetDataset, readDataset, recentDatasets } from '../store/registry.ts';
import type { Store } from '../store/schema.ts';
import type { CatalogCalls, CatalogEvent } from './calls.ts';
import { createDecoder } from './decode-elsewhere.ts';
import { openListedElsewhere } from './list-elsewhere.ts';

/** Builds the calls. `connect` serves them on another port, too; with `holdCopy` datasets that are owned here have a safety copy. */
export function createCatalogCalls(
  openedStore: () => Promise<Store>,
  emit: (event: CatalogEvent) => void,
  connect: (port: MessagePort) => void,
  holdCopy?: HoldCopy,
): CatalogCalls {
  let session: Session | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** Opening and closing go one after another. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  function open(): Session {
    if (!session) throw new VitrineError('not-found', 'No dataset is open. Open a folder first.');
    return session;
  }

  /** The open dataset, if it is the one that a job was started on. */
  function openAs(dataset: string): Session {
    const current = open();
    if (current.core.record.id === dataset) return current;
    throw new VitrineError('not-found', 'Another dataset was opened meanwhile. Open the first one again to continue.');
  }

  async function close(): Promise<void> {
    const closing = session;
    session = null;
    await closing?.close();
  }

  async function exported(options: Partial<ExportOptions>) {
    const { core, learning } = open();
    const metadata = listFields(core.table).flatMap(({ name, origin }) => (origin === 'metadata' ? [name] : []));
    const fields = options.fields ?? (options.format === 'system' ? metadata : []);
    return exportDataset(core, { ...options, fields }, await learning.probe(undefined));
  }

  return {
    recent: async () => recentDatasets(await openedStore()),
    async unpack({ zip, into }, { signal, progress }) {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle(into, { create: true });
      // the marker lies beside the folder, because everything in it belongs to the dataset
      const marker = await root.getFileHandle(`${into}.unpacked`, { create: true });
      const digest = await crypto.subtle.digest('SHA-256', await zip.arrayBuffer());
      const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      if ((await (await marker.getFile()).text()) === hash) return folder;
      await root.removeEntry(into, { recursive: true });
      const fresh = await root.getDirectoryHandle(into, { create: true });
      await unpackZip(zip, fresh, { signal, onProgress: progress });
      const writable = await marker.createWritable();
      await writable.write(hash);
      await writable.close();
      return fresh;
    },
    forget: ({ dataset }) =>
      inTurn(async () => {
        if (session?.core.record.id === dataset) await close();
        const store = await openedStore();
        const release = await tryOwn(dataset);
        if (!release) {
          const name = (await readDataset(store, dataset))?.name ?? 'The dataset';
          throw new VitrineError('busy', `“${name}” is open in another tab. Close it there, then remove it.`);
        }
        await forgetDataset(store, dataset).finally(release);
      }),
    open: (what) =>
      inTurn(async () => {
        await close();
        session = startSession(await openDataset(await openedStore(), what, openListedElsewhere), emit, holdCopy);
        return session.state();
      }),
    close: () => inTurn(close),
    state: async () => session?.state() ?? null,
    async permitted() {
      await open().permitted();
      return open().state();
    },
    async takeOver(_args, { signal }) {
      await open().takeOver(signal);
      return open().state();
    },
    rescan: () => open().walking.run('rescan'),
    walked: () => open().walking.ended(),
    async pauseScan({ paused }) {
      open().walking.pause(paused);
    },
    async pauseDetails({ paused }) {
      open().details.pause(paused);
    },
    async setLayout({ layout }) {
      await open().layout.choose(layout);
      return open().state();
    },
    async leftOut({ from, to }) {
      const { core, walking } = open();
      const list = walking.leftOut();
      const { total, byReason } = list.summary();
      return { total, byReason, items: await list.read(core.store, core.record.id, from, to) };
    },
    async zipReport() {
      const { source, permission } = open().core;
      return permission === 'granted' ? ((await source?.zip?.()) ?? null) : null;
    },
    duplicates: (_args, { signal, progress }) => open().duplicates.find({ signal, onProgress: progress }),
    leftOutCsv: async () => leftOutCsv(open().core, open().walking.leftOut()),

    openView: ({ query }, { signal }) => open().views.open(query, signal),
    setQuery: ({ view, query }, { signal }) => open().views.setQuery(view, query, signal),
    closeView: async ({ view }) => session?.views.close(view),
    rows: async ({ view, from, to }) => open().views.rows(view, from, to),
    async ids({ view, from, to }, { transfer }) {
      const ids = open().views.ids(view, from, to);
      transfer(ids.buffer);
      return ids;
    },
    indexOf: async ({ view, id }) => open().views.indexOf(view, id),
    facets: ({ view, fields }, { signal }) => open().views.facets(view, fields, signal),
    sample: async ({ id }) => sampleOf(open().core.table, id),
    paths: async ({ ids }) => pathsOf(open().core.table, ids),

    edit: ({ command }) => open().edits.edit(command),
    undo: () => open().edits.undo(),
    redo: () => open().edits.redo(),
    exportJournal: () => open().edits.exportJournal((ids) => pathsOf(open().core.table, ids)),

    async setView({ view }) {
      await setView(open().core, view);
      return open().state();
    },
    reportFacts: async ({ facts }) => session?.report(facts),
    keepPictures: ({ pictures, cover }) => keep(open().core, pictures, cover),
    keptPictures: ({ ids }) => kept(open().core, ids),
    savePlace: ({ place }) => savePlace(open().core, place),
    savedPlace: async () => open().core.place,

    labelIssues: ({ by, limit }, { signal }) => open().learning.issues(by, limit, signal),
    evaluations: async () => open().learning.evaluations(),

    importDetect: ({ files }, { signal }) => open().imports.detect(files, signal),
    importOptions: ({ format, options }) => open().imports.options(format, options),
    importPlan: ({ format, options }, { signal, progress }) =>
      open().imports.plan(format, options, { signal, onProgress: progress }),
    importIssues: async () => open().imports.issues(),
    importCommit: ({ prefer }) => open().imports.commit(prefer),

    exportSystems: async () => listSystems(await exported({})),
    exportSystemOptions: async ({ system, options }) =>
      (await loadWriter(system)).exportOptions(await exported({}), options),
    async exportPlan({ options }, { signal }) {
      const { ref, permission } = open().core;
      const root = ref?.kind === 'directory' && permission === 'granted' ? ref.handle : null;
      const dataset = await exported(options);
      if (options.format !== 'system') return planExport(dataset, options, root, { signal });
      const decoder = createDecoder();
      const context = writeContext(open().core, signal, decoder.decode);
      return planSystemExport(dataset, options, root, context).finally(decoder.stop);
    },
    async exportWrite({ options, target }, { signal, progress }) {
      const { core } = open();
      const { position } = core;
      const dataset = await exported(options);
      const into = place(open(), target);
      const decoder = createDecoder();
      const job = { signal, onProgress: progress };
      const writing =
        options.format === 'system'
          ? writeSystemExport(dataset, options, into, writeContext(core, signal, decoder.decode), job)
          : writeExport(dataset, options, into, job);
      const result = await writing.finally(decoder.stop);
      await markExported(core, position);
      return result;
    },

    connect: async ({ port }) => connect(port),
    async source() {
      const { ref, record } = open().core;
      if (!ref) throw new VitrineError('permission', `The files of “${record.name}” have to be chosen again.`);
      return ref;
    },
    embedPlan: (args) => open().embeddings.plan(args),
    embedNext: async (args) => openAs(args.dataset).embeddings.next(args),
    embedCommit: async (args) => openAs(args.dataset).embeddings.commit(args),
    embedFinish: async (args) => openAs(args.dataset).embeddings.finish(args),
    embedded: async ({ key, ids }) => ({
      dataset: open().core.record.id,
      ids: open().embeddings.among(key, ids),
    }),
    trainingSet: ({ key }) => open().learning.trainingSet(key),
    commitPredictions: async (args) => openAs(args.dataset).learning.commit(args),
    storedProbe: ({ backbone }) => open().learning.probe(backbone),
  };
}

/** Where an export goes. Errors: `read-only` for the folder of a list of files, or of a dataset that another tab owns. */
function place(
  { core }: Session,
  target: FileSystemDirectoryHandle | 'dataset' | 'blobs',
): FileSystemDirectoryHandle | 'blobs' {
  if (target !== 'dataset') return target;
  requireOwner(core);
  if (core.ref?.kind === 'directory') return core.ref.handle;
  throw new VitrineError('read-only', `“${core.record.name}” cannot be written into. Download the export instead.`);
}
