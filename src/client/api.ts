// `window.vitrine`: the same commands that the interface uses, for the console, for tests and for people who automate. The one definition of the scripting API.
import { createEffect, createRoot } from 'solid-js';
import type { BackboneInfo, DeviceReport, EmbedReport, Provider } from '../backbone/types.ts';
import type {
  ClassInfo,
  DatasetInfo,
  DatasetState,
  Edit,
  Facet,
  Field,
  Filter,
  Query,
  Row,
  Sample,
  SampleId,
  ScanReport,
} from '../catalog/types.ts';
import type { Detection, FormatId, FormatOptions } from '../formats/types.ts';
import type { ExportOptions, ExportResult } from '../jobs/export-types.ts';
import type { ImportPlan, ImportPreference } from '../jobs/import/types.ts';
import type { Evaluation, LabelIssue, TrainOptions } from '../learn/types.ts';
import type { Pixels, PixelView } from '../pixels/types.ts';
import { VitrineError } from '../shared/errors.ts';
import type { JobOptions } from '../shared/progress.ts';
import { sourceFromInput, zipSource } from '../source/pick.ts';
import type { LeftOut, SourceRef } from '../source/types.ts';
import type { CatalogJob, DuplicateReport } from '../workers/calls.ts';
import type { Job, Session } from './types.ts';
import { createView, idsOf } from './view.ts';
import type { Workers } from './workers.ts';

declare global {
  /** Written in at build from package.json. */
  const __VITRINE_VERSION__: string;
  interface Window {
    vitrine: Vitrine;
  }
}

/** What `on` tells: the dataset changed, a job moved, a view was evaluated again. */
export type VitrineEvent =
  | { type: 'change'; fields: string[] }
  | { type: 'job'; job: CatalogJob }
  | { type: 'view'; view: number; count: number };

/** A query's answer, evaluated by the catalog worker; nothing is held in the page. */
export interface View extends AsyncIterable<Sample> {
  readonly count: Promise<number>;
  /** Ids [from, to) in view order; all when absent. */
  ids(from?: number, to?: number): Promise<Uint32Array>;
  /** Rows [from, to) as the grid shows them. */
  rows(from: number, to: number): Promise<Row[]>;
  /** Counts of fields under all the other filters of the query. */
  facets(fields?: string[]): Promise<Facet[]>;
  /** Gives the view back; it is not evaluated again. */
  close(): Promise<void>;
}

/** Rows by query or by id. */
export type Rows = View | Iterable<SampleId>;

/** How labels change: names replace all labels, null removes them, an object adds, removes or marks as known negative. */
export type LabelChange = string | string[] | null | { add?: string[]; remove?: string[]; negative?: string[] };

/** Which of the ways to understand the files; absent: the surest, with its own options. */
export interface ImportOptions extends JobOptions {
  format?: FormatId;
  /** Changes single options of the detection. */
  options?: FormatOptions;
}

/** An import that can be looked at and then committed. */
export interface PlannedImport {
  detections: Detection[];
  plan: ImportPlan;
  /** Everything that is left out or noted, as CSV. */
  issues(): Promise<Blob>;
  /** One edit; durable when it resolves. `prefer`: whose label counts where files and dataset differ (default: the files'). */
  commit(options?: { prefer?: ImportPreference }): Promise<Edit>;
}

/** An open dataset. */
export interface Dataset {
  readonly name: string;
  /** Rows that are present. */
  readonly size: number;
  readonly classes: readonly ClassInfo[];
  readonly schema: readonly Field[];
  /** All that the page knows of the dataset. */
  readonly state: DatasetState;
  /** Lists the folder again; labels, edits and embeddings of what is still there are kept. */
  rescan(options?: JobOptions): Promise<ScanReport>;
  query(query?: Query): View;
  sample(id: SampleId): Promise<Sample>;
  pixels(id: SampleId, view?: PixelView): Promise<Pixels>;
  thumbnail(id: SampleId, size: number, options?: { signal?: AbortSignal }): Promise<ImageBitmap>;
  /** Every file that is not a row, with its reason. */
  leftOut(): Promise<LeftOut[]>;
  /** Pictures whose files are equal byte for byte; those in several splits first. Called again after an abort it goes on where it was. */
  duplicates(options?: JobOptions): Promise<DuplicateReport>;

  /** Durable when it resolves. */
  label(rows: Rows, label: LabelChange): Promise<Edit>;
  exclude(rows: Rows, value?: boolean): Promise<Edit>;
  addClass(name: string): Promise<ClassInfo>;
  removeClass(name: string): Promise<Edit>;
  renameClass(from: string, to: string): Promise<Edit>;
  mergeClasses(from: string[], into: string): Promise<Edit>;
  undo(): Promise<Edit | null>;
  redo(): Promise<Edit | null>;

  embed(options?: JobOptions & { backbone?: string; rows?: Rows }): Promise<EmbedReport>;
  /** [n, dim] row-major of the rows that have a vector; `ids` says which. */
  embeddings(
    rows: Rows,
    options?: { backbone?: string },
  ): Promise<{ ids: Uint32Array; dim: number; data: Float32Array }>;
  train(options?: JobOptions & TrainOptions): Promise<Evaluation>;
  evaluate(options?: { split?: string; filter?: Filter }): Promise<Evaluation>;
  /** Samples whose label the probe doubts, out of fold, worst first. */
  labelIssues(options?: { by?: 'confidence' | 'margin' | 'entropy'; limit?: number }): Promise<LabelIssue[]>;
  exportProbe(): Promise<{ onnx: Blob; card: Blob }>;
  /** [n, classes] row-major. */
  predictions(rows: Rows): Promise<{ ids: Uint32Array; classes: string[]; probabilities: Float32Array }>;

  /**
   * What the folder's own files, or the given ones, say of the pictures: every way to understand them, and the plan of the surest or of the
   * one that `options` name. Nothing is changed before `commit`.
   */
  import(files?: File | Iterable<File> | FileSystemFileHandle, options?: ImportOptions): Promise<PlannedImport>;
  /** Merges values into the pictures' metadata by field; null clears one. Types are checked. Durable when it resolves. */
  updateMetadata(rows: Iterable<[SampleId, Record<string, unknown>]>): Promise<Edit>;

  /** Into the opened folder, into another folder, or as Blobs. */
  export(options: ExportOptions & { to?: 'dataset' | 'blobs' | FileSystemDirectoryHandle }): Promise<ExportResult>;
  exportJournal(): Promise<Blob>;
  close(): Promise<void>;
}

/** The scripting API. All calls are async unless said; errors are `VitrineError`. */
export interface Vitrine {
  readonly version: string;
  /** Resolves when the walk is done. */
  open(
    source: FileSystemDirectoryHandle | FileList | File | FileSystemFileHandle | DatasetInfo,
    options?: JobOptions,
  ): Promise<Dataset>;
  recent(): Promise<DatasetInfo[]>;
  /** The dataset on screen; sync. */
  readonly dataset: Dataset | null;
  /** Jobs that run or wait; sync. */
  jobs(): Job[];
  on(event: VitrineEvent['type'], listener: (event: VitrineEvent) => void): () => void;
  /** RGBA, 8 bits, as shown: upright, alpha over white. */
  decode(file: Blob, view?: PixelView): Promise<Pixels>;
  backbones(): Promise<BackboneInfo[]>;
  /** A card with its files, or model.onnx with preprocessor_config.json as Hugging Face exports it. */
  addBackbone(files: Iterable<File>): Promise<BackboneInfo>;
  gallery(): Promise<BackboneInfo[]>;
  download(name: string, options?: JobOptions): Promise<BackboneInfo>;
  device(options?: { provider?: Provider; threads?: number; backbone?: string }): Promise<DeviceReport>;
}

/** Builds the scripting API over the session that the interface uses. */
export function createVitrine(session: Session, workers: Workers): Vitrine {
  const listeners = new Map<VitrineEvent['type'], Set<(event: VitrineEvent) => void>>();
  const tell = (event: VitrineEvent): void => {
    for (const listener of listeners.get(event.type) ?? []) listener(event);
  };
  workers.onCatalogEvent((event) => {
    if (event.type === 'change') tell({ type: 'change', fields: event.fields });
    if (event.type === 'job') tell({ type: 'job', job: event.job });
    if (event.type === 'view') tell({ type: 'view', view: event.view.view, count: event.view.count });
  });
  const dataset = createDataset(session, workers);

  return {
    version: __VITRINE_VERSION__,
    async open(source, options = {}) {
      if ('id' in source) await session.openRecent(source);
      else await session.openSources(refOf(source));
      if (!session.dataset())
        throw new VitrineError('not-found', session.notices().at(-1)?.text ?? 'The folder could not be opened.');
      const done = jobProgress(session, options);
      try {
        await workers.catalog.walked({}, options.signal ? { signal: options.signal } : {});
      } finally {
        done();
      }
      await mirrored(session);
      return dataset;
    },
    recent: () => workers.catalog.recent({}),
    get dataset() {
      return session.dataset() ? dataset : null;
    },
    jobs: () => session.jobs(),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    decode: (file, view) => workers.pool.call('decode', { file, ...(view ? { view } : {}) }),
    backbones: async () => (await workers.model()).backbones({}),
    addBackbone: async (files) => (await workers.model()).addBackbone({ files: [...files] }),
    gallery: async () => (await workers.model()).gallery({}),
    download: (name, options) =>
      session.showJob(
        {
          kind: 'download',
          title: 'Downloading',
          work: async (own) => (await workers.model()).download({ name }, own),
        },
        options,
      ),
    device: async (options = {}) => (await workers.model()).device(options),
  };
}

function refOf(source: FileSystemDirectoryHandle | FileList | File | FileSystemFileHandle): SourceRef {
  if (source instanceof File || source instanceof FileSystemFileHandle) return zipSource(source);
  if (!(source instanceof FileList)) return { kind: 'directory', handle: source };
  const chosen = sourceFromInput(source);
  if (!chosen) throw new VitrineError('no-data', 'The list of files is empty.');
  return chosen;
}

/** Resolves when the page's mirror of the state has seen the end of the walk: it follows the catalog by a moment. */
function mirrored(session: Session): Promise<void> {
  return new Promise((resolve) => {
    createRoot((dispose) => {
      createEffect(() => {
        if (session.dataset()?.scan.state === 'walking') return;
        resolve();
        dispose();
      });
    });
  });
}

/** Hands the progress of the walk on while it runs; returns how to stop. */
function jobProgress(session: Session, options: JobOptions): () => void {
  if (!options.onProgress) return () => undefined;
  const report = options.onProgress;
  return createRoot((dispose) => {
    createEffect(() => {
      const progress = session.jobs().find((job) => job.kind === 'scan')?.progress;
      if (progress) report(progress);
    });
    return dispose;
  });
}

/** Given files under their names. */
async function filesOf(given: File | Iterable<File> | FileSystemFileHandle): Promise<{ path: string; file: File }[]> {
  const files = given instanceof File ? [given] : Symbol.iterator in given ? [...given] : [await given.getFile()];
  return files.map((file) => ({ path: file.name, file }));
}

function createDataset(session: Session, workers: Workers): Dataset {
  const { catalog } = workers;
  const state = (): DatasetState => {
    const current = session.dataset();
    if (!current) throw new VitrineError('not-found', 'No dataset is open. Open a folder first.');
    return current;
  };
  const pathOf = async (id: SampleId): Promise<string> => (await catalog.sample({ id })).path;
  const edit = async (command: Parameters<typeof catalog.edit>[0]['command']): Promise<Edit> =>
    catalog.edit({ command });
  /** Splits off what is a job option from what is an argument. */
  const job = (options: JobOptions | undefined): JobOptions => ({
    ...(options?.signal ? { signal: options.signal } : {}),
    ...(options?.onProgress ? { onProgress: options.onProgress } : {}),
  });

  return {
    get name() {
      return state().name;
    },
    get size() {
      return state().size;
    },
    get classes() {
      return state().classes;
    },
    get schema() {
      return state().fields;
    },
    get state() {
      return state();
    },
    rescan: (options) => catalog.rescan({}, job(options)),
    query: (query = {}) => createView(catalog, query),
    sample: (id) => catalog.sample({ id }),
    pixels: async (id, view = workers.view()) => workers.pool.call('decode', { path: await pathOf(id), view }),
    async thumbnail(id, size, options = {}) {
      const path = await pathOf(id);
      return (await workers.pool.call('thumbnail', { path, size, view: workers.view(), priority: 'detail' }, options))
        .bitmap;
    },
    async leftOut() {
      const { total } = await catalog.leftOut({ from: 0, to: 0 });
      return (await catalog.leftOut({ from: 0, to: total })).items;
    },
    duplicates: (options) =>
      session.showJob(
        { kind: 'leakage', title: 'Comparing files', work: (own) => catalog.duplicates({}, own) },
        job(options),
      ),

    async label(rows, label) {
      const ids = await idsOf(rows);
      if (label === null || typeof label === 'string' || Array.isArray(label))
        return edit({ kind: 'label', rows: ids, set: typeof label === 'string' ? [label] : label });
      return edit({ kind: 'label-change', rows: ids, ...label });
    },
    exclude: async (rows, value = true) => edit({ kind: 'exclude', rows: await idsOf(rows), value }),
    async addClass(name) {
      await edit({ kind: 'add-class', name });
      const found = (await catalog.state({}))?.classes.find((c) => c.name === name);
      if (!found) throw new VitrineError('internal', `The class ${name} was added but is not listed.`);
      return found;
    },
    removeClass: (name) => edit({ kind: 'remove-class', name }),
    renameClass: (from, to) => edit({ kind: 'rename-class', from, to }),
    mergeClasses: (from, into) => edit({ kind: 'merge-classes', from, into }),
    undo: () => catalog.undo({}),
    redo: () => catalog.redo({}),

    async embed({ backbone = session.backbone(), rows, ...options } = {}) {
      const ids = rows === undefined ? {} : { rows: await idsOf(rows) };
      return session.showJob(
        {
          kind: 'embed',
          title: 'Embedding',
          work: async (own) => (await workers.model()).embed({ backbone, ...ids }, own),
        },
        job(options),
      );
    },
    embeddings: async (rows, { backbone = session.backbone() } = {}) =>
      (await workers.model()).embeddings({ ids: await idsOf(rows), backbone }),
    async train({ signal, onProgress, ...options } = {}) {
      const wanted = { backbone: session.backbone(), ...options };
      return session.showJob(
        {
          kind: 'train',
          title: 'Training',
          work: async (own) => (await workers.model()).train({ options: wanted }, own),
        },
        job({ ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) }),
      );
    },
    async evaluate({ split, filter } = {}) {
      const ids = filter ? { ids: await idsOf(createView(catalog, { filter })) } : {};
      return (await workers.model()).evaluate({ ...(split === undefined ? {} : { split }), ...ids });
    },
    labelIssues: ({ by = 'confidence', limit = 100 } = {}) => catalog.labelIssues({ by, limit }),
    exportProbe: async () => (await workers.model()).exportProbe({}),
    predictions: async (rows) => (await workers.model()).predictions({ ids: await idsOf(rows) }),

    async import(files = [], { format, options, ...rest } = {}) {
      const detections = await catalog.importDetect({ files: await filesOf(files) });
      const chosen = detections.find((one) => format === undefined || one.format === format);
      if (!chosen)
        throw new VitrineError(
          'no-data',
          'None of the files is of a dataset system that Vitrine reads. See docs/formats.md.',
        );
      const wanted = { format: chosen.format, options: { ...chosen.options, ...options } };
      const plan = await session.showJob(
        { kind: 'import', title: 'Reading the files', work: (own) => catalog.importPlan(wanted, own) },
        job(rest),
      );
      return {
        detections,
        plan,
        issues: () => catalog.importIssues({}),
        commit: ({ prefer = 'files' } = {}) => catalog.importCommit({ prefer }),
      };
    },
    updateMetadata: (rows) => edit({ kind: 'metadata', rows: [...rows] }),

    export: ({ to = 'blobs', ...options }) =>
      session.showJob({
        kind: 'export',
        title: 'Saving',
        work: (own) => catalog.exportWrite({ options, target: to }, own),
      }),
    exportJournal: () => catalog.exportJournal({}),
    close: () => session.close(),
  };
}
