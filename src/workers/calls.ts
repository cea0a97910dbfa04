// The three worker interfaces: what the page, and the workers among each other, may ask for. Types only.
import type { BackboneInfo, DeviceReport, EmbedReport, Provider } from '../backbone/types.ts';
import type {
  DatasetInfo,
  DatasetState,
  DeepView,
  Edit,
  EditCommand,
  Facet,
  Layout,
  Query,
  Row,
  Sample,
  SampleId,
  ScanReport,
  ViewInfo,
} from '../catalog/types.ts';
import type { Detection, FormatId, FormatOptions, OptionField } from '../formats/types.ts';
import type { SystemChoice } from '../jobs/export-system.ts';
import type { ExportOptions, ExportPlan, ExportResult } from '../jobs/export-types.ts';
import type { ImportPlan, ImportPreference } from '../jobs/import/types.ts';
import type { ToOpen } from '../jobs/session/opening.ts';
import type {
  DecodedFacts,
  DuplicateReport,
  EmbedCommit,
  PredictionCommit,
  StoredProbe,
  TrainingSet,
} from '../jobs/session-types.ts';
import type { TrainPlan } from '../jobs/train/types.ts';
import type { Evaluation, LabelIssue, TrainOptions } from '../learn/types.ts';
import type { ModelInputSpec, PixelFacts, Pixels, PixelView, Thumbnail } from '../pixels/types.ts';
import type { LeftOut, LeftOutReason, SourceRef, ZipReport } from '../source/types.ts';
import type { CallContext } from './rpc.ts';

export type {
  CatalogEvent,
  CatalogJob,
  DecodedFacts,
  DuplicateReport,
  EmbedCommit,
  PredictionCommit,
  StoredProbe,
  TrainingSet,
} from '../jobs/session-types.ts';
export type { TrainPlan } from '../jobs/train/types.ts';

// ---------------------------------------------------------------- catalog worker

/** The catalog worker: rows, edits, queries, store, and the jobs over them. One dataset is open at a time. */
export interface CatalogCalls {
  recent(args: Record<string, never>, context: CallContext): Promise<DatasetInfo[]>;
  /** Unpacks a zip into a folder of the origin-private file system (once; the same bytes are not unpacked again) and gives its handle. */
  unpack(args: { zip: Blob; into: string }, context: CallContext): Promise<FileSystemDirectoryHandle>;
  forget(args: { dataset: string }, context: CallContext): Promise<void>;
  /** Opens or creates; a known dataset comes from the store first, and one that was restored gets the folder that was chosen for it. Resolves as soon as windows can be asked for; the walk goes on. */
  open(args: ToOpen, context: CallContext): Promise<DatasetState>;
  close(args: Record<string, never>, context: CallContext): Promise<void>;
  state(args: Record<string, never>, context: CallContext): Promise<DatasetState | null>;
  /** Called after the page got permission for the root handle again. */
  permitted(args: Record<string, never>, context: CallContext): Promise<DatasetState>;
  /** Becomes the owner as soon as the other tab lets go. */
  takeOver(args: Record<string, never>, context: CallContext): Promise<DatasetState>;
  /** Walks (again); resolves when the walk is done. A first walk is started by `open` itself: this one then joins it. */
  rescan(args: Record<string, never>, context: CallContext): Promise<ScanReport>;
  /** Resolves when the walk that is running has ended, at once when none is. */
  walked(args: Record<string, never>, context: CallContext): Promise<ScanReport>;
  pauseScan(args: { paused: boolean }, context: CallContext): Promise<void>;
  /** Reading what the headers of files tell. */
  pauseDetails(args: { paused: boolean }, context: CallContext): Promise<void>;
  /** Accepts what was recognised, or applies another reading of the folders. Edited rows keep their labels. */
  setLayout(args: { layout: Layout }, context: CallContext): Promise<DatasetState>;
  leftOut(
    args: { from: number; to: number },
    context: CallContext,
  ): Promise<{ total: number; byReason: Partial<Record<LeftOutReason, number>>; items: LeftOut[] }>;
  leftOutCsv(args: Record<string, never>, context: CallContext): Promise<Blob>;
  /** What is odd about the zip that is open; null for other sources, and while it cannot be read. */
  zipReport(args: Record<string, never>, context: CallContext): Promise<ZipReport | null>;
  /** Which files are equal byte for byte; called again after an abort it goes on where it was. */
  duplicates(args: Record<string, never>, context: CallContext): Promise<DuplicateReport>;

  openView(args: { query: Query }, context: CallContext): Promise<ViewInfo>;
  /** Replaces the query of a live view; a newer call cancels an older one. */
  setQuery(args: { view: number; query: Query }, context: CallContext): Promise<ViewInfo>;
  closeView(args: { view: number }, context: CallContext): Promise<void>;
  /** Rows [from, to) of the view, with the version they belong to. */
  rows(
    args: { view: number; from: number; to: number },
    context: CallContext,
  ): Promise<{ version: number; rows: Row[] }>;
  /** Ids [from, to) of the view; transferred. */
  ids(args: { view: number; from: number; to: number }, context: CallContext): Promise<Uint32Array>;
  /** Position of a sample in the view, or -1. */
  indexOf(args: { view: number; id: SampleId }, context: CallContext): Promise<number>;
  /** Facets of the view's query: each counted under all the other filters. Absent `fields`: all fields that have one. */
  facets(args: { view: number; fields?: string[] }, context: CallContext): Promise<Facet[]>;
  sample(args: { id: SampleId }, context: CallContext): Promise<Sample>;
  /** Paths of ids, in their order. */
  paths(args: { ids: Uint32Array }, context: CallContext): Promise<string[]>;

  /** Durable when it resolves. */
  edit(args: { command: EditCommand }, context: CallContext): Promise<Edit>;
  undo(args: Record<string, never>, context: CallContext): Promise<Edit | null>;
  redo(args: Record<string, never>, context: CallContext): Promise<Edit | null>;
  exportJournal(args: Record<string, never>, context: CallContext): Promise<Blob>;

  /** What decoding told: state, true format and size. Batched by the page and the embed job. */
  reportFacts(args: { facts: DecodedFacts[] }, context: CallContext): Promise<void>;
  keepPictures(args: { pictures: { id: SampleId; blob: Blob }[]; cover: boolean }, context: CallContext): Promise<void>;
  keptPictures(args: { ids: Uint32Array }, context: CallContext): Promise<{ id: SampleId; blob: Blob }[]>;
  /** How deep pictures are looked at, by the eye and the model: other thumbnails, other embeddings. Durable when it resolves. */
  setView(args: { view: DeepView }, context: CallContext): Promise<DatasetState>;
  /** Where the person was: query, scroll, selection; opaque to the worker, given back by `savedPlace`. */
  savePlace(args: { place: unknown }, context: CallContext): Promise<void>;
  savedPlace(args: Record<string, never>, context: CallContext): Promise<unknown>;

  labelIssues(
    args: { by: 'confidence' | 'margin' | 'entropy'; limit: number },
    context: CallContext,
  ): Promise<LabelIssue[]>;
  /** Stored evaluations, latest first, at most one per backbone. */
  evaluations(args: Record<string, never>, context: CallContext): Promise<Evaluation[]>;

  /** What the folder's other files, or the given ones, can be understood as; surest first. */
  importDetect(args: { files: { path: string; file: File }[] }, context: CallContext): Promise<Detection[]>;
  importOptions(args: { format: FormatId; options: FormatOptions }, context: CallContext): Promise<OptionField[]>;
  /** Reads everything and tells what would change; nothing is changed. */
  importPlan(args: { format: FormatId; options: FormatOptions }, context: CallContext): Promise<ImportPlan>;
  /** What the last plan left out, as CSV. */
  importIssues(args: Record<string, never>, context: CallContext): Promise<Blob>;
  /** Does what the last plan told, as one edit. Durable when it resolves. */
  importCommit(args: { prefer: ImportPreference }, context: CallContext): Promise<Edit>;

  /** The dataset systems that can be written, with options that fit the open dataset. */
  exportSystems(args: Record<string, never>, context: CallContext): Promise<SystemChoice[]>;
  /** What a person may change of a system's options. */
  exportSystemOptions(args: { system: FormatId; options: FormatOptions }, context: CallContext): Promise<OptionField[]>;
  exportPlan(args: { options: ExportOptions }, context: CallContext): Promise<ExportPlan>;
  /** Writes what `exportPlan` showed; into the folder (permission was asked by the page), another folder, or as Blobs. */
  exportWrite(
    args: { options: ExportOptions; target: FileSystemDirectoryHandle | 'dataset' | 'blobs' },
    context: CallContext,
  ): Promise<ExportResult>;

  /** Serves the same calls on another port (the model worker's). */
  connect(args: { port: MessagePort }, context: CallContext): Promise<void>;

  // asked by the model worker
  /** The source, for workers that read files themselves. */
  source(args: Record<string, never>, context: CallContext): Promise<SourceRef>;
  embedPlan(
    args: { key: string; backbone: string; title: string; dim: number; view?: DeepView; rows?: Uint32Array },
    context: CallContext,
  ): Promise<{ dataset: string; missing: number; total: number }>;
  /**
   * The next rows without a vector, ascending ids greater than `after`; empty: done. `dataset` is what `embedPlan` gave, here and in the calls
   * below: a job must not write into a dataset that was opened since. Errors: `not-found` when another is open.
   */
  embedNext(
    args: { dataset: string; key: string; after: number; limit: number; rows?: Uint32Array },
    context: CallContext,
  ): Promise<{ ids: Uint32Array; paths: string[] }>;
  /** After the vectors were flushed: marks rows as present (durable), with zero-shot classes where the backbone has them. */
  embedCommit(args: EmbedCommit & { dataset: string }, context: CallContext): Promise<void>;
  embedFinish(args: { dataset: string; key: string; finished: boolean }, context: CallContext): Promise<void>;
  /** Those of `ids` that have a vector under `key`, in their order; none when the key is not known. */
  embedded(
    args: { key: string; ids: Uint32Array },
    context: CallContext,
  ): Promise<{ dataset: string; ids: Uint32Array }>;
  /** Rows that have a vector under `key`, with label (class id, -1 unlabelled or several), split name index (-1: none) and excluded flag. */
  trainingSet(args: { key: string }, context: CallContext): Promise<TrainingSet>;
  commitPredictions(args: PredictionCommit & { dataset: string }, context: CallContext): Promise<void>;
  /** The stored probe of the latest (or named backbone's) training. */
  storedProbe(args: { backbone?: string }, context: CallContext): Promise<StoredProbe | null>;
}

// ---------------------------------------------------------------- pixels workers

/** A pixels worker. Calls wait in its own queue: 'visible' newest first, then 'detail', then 'job' oldest first. */
export interface PixelsCalls {
  open(args: { source: SourceRef | null }, context: CallContext): Promise<void>;
  /** `keep`: the dataset under which thumbnails of slow files are kept on disk; absent: none is. */
  thumbnail(
    args: { path: string; size: number; view?: PixelView; keep?: string; priority: PixelPriority },
    context: CallContext,
  ): Promise<Thumbnail>;
  /** The same, as an encoded WebP for keeping. */
  picture(args: { path: string; size: number }, context: CallContext): Promise<Blob>;
  /** Full decode of a path of the source or of a file. */
  decode(args: ({ path: string } | { file: Blob }) & { view?: PixelView }, context: CallContext): Promise<Pixels>;
  /** The picture as an upright bitmap at its full size (or `size`), for the inspector; `measure` tells what values a deep one has. */
  bitmap(
    args: { path: string; view?: PixelView; measure?: boolean; priority: PixelPriority },
    context: CallContext,
  ): Promise<Thumbnail>;
  /** The tensor of one picture as the card says, without the batch dimension; transferred. */
  modelInput(
    args: { path: string; input: ModelInputSpec; view?: PixelView },
    context: CallContext,
  ): Promise<{
    data: Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
    facts: PixelFacts;
  }>;
  /** Serves the same calls on another port (the model worker's). */
  connect(args: { port: MessagePort }, context: CallContext): Promise<void>;
  /** Answered at once, past the queue: how long the worker may be silent from now on, and a file that takes longer than its time. */
  alive(args: Record<string, never>, context: CallContext): Promise<{ allowedMs: number; overdue: string | null }>;
}

/** Sent before a large file is decoded: the worker may be silent for `ms` milliseconds. */
export interface PixelsEvent {
  type: 'long';
  ms: number;
}

export type PixelPriority = 'visible' | 'detail' | 'job';

// ---------------------------------------------------------------- model worker

/** The model worker: backbones, sessions, embeddings, probe. One ORT call at a time. */
export interface ModelCalls {
  /** Ports to the catalog worker and to each pixels worker; called again when a pixels worker was replaced. */
  connect(args: { catalog?: MessagePort; pixels?: MessagePort[] }, context: CallContext): Promise<void>;
  backbones(args: Record<string, never>, context: CallContext): Promise<BackboneInfo[]>;
  gallery(args: Record<string, never>, context: CallContext): Promise<BackboneInfo[]>;
  addBackbone(args: { files: File[] }, context: CallContext): Promise<BackboneInfo>;
  download(args: { name: string }, context: CallContext): Promise<BackboneInfo>;
  removeBackbone(args: { name: string }, context: CallContext): Promise<void>;
  /** Class names of a backbone's logits, or null. */
  backboneClasses(args: { name: string }, context: CallContext): Promise<string[] | null>;
  /** The device for a backbone: from the stored self-test, or by running it; `provider`/`threads` force a choice, `repeat` measures again. */
  device(
    args: { backbone?: string; provider?: Provider; threads?: number; repeat?: boolean },
    context: CallContext,
  ): Promise<DeviceReport>;
  embed(args: { backbone?: string; rows?: Uint32Array }, context: CallContext): Promise<EmbedReport>;
  /** [n, dim] row-major float32 of the rows that have a vector; `ids` says which. */
  embeddings(
    args: { ids: Uint32Array; backbone?: string },
    context: CallContext,
  ): Promise<{ ids: Uint32Array; dim: number; data: Float32Array }>;
  /** How long training will take, before it starts. */
  trainPlan(args: { options: TrainOptions }, context: CallContext): Promise<TrainPlan>;
  train(args: { options: TrainOptions }, context: CallContext): Promise<Evaluation>;
  /** Metrics of the stored probe on a split or on given rows, with present labels. */
  evaluate(args: { split?: string; ids?: Uint32Array; backbone?: string }, context: CallContext): Promise<Evaluation>;
  /** [n, classes] row-major softmax probabilities of the stored probe. */
  predictions(
    args: { ids: Uint32Array; backbone?: string },
    context: CallContext,
  ): Promise<{ ids: Uint32Array; classes: string[]; probabilities: Float32Array }>;
  /** The backbone's own classes for one picture, best first. */
  zeroShot(
    args: { path: string; top: number; backbone?: string },
    context: CallContext,
  ): Promise<{ name: string; probability: number }[]>;
  exportProbe(args: { backbone?: string }, context: CallContext): Promise<{ onnx: Blob; card: Blob }>;
}

export type ModelEvent = { type: 'device'; device: DeviceReport } | { type: 'backbones' };
