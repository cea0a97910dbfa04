// What the interface sees of everything behind it: signals that mirror the workers, and commands. Components read and command; they hold no data.
import type { Accessor } from 'solid-js';
import type { BackboneInfo, DeviceReport, Provider } from '../backbone/types.ts';
import type {
  DatasetInfo,
  DatasetState,
  DeepView,
  Edit,
  EditCommand,
  Facet,
  Filter,
  Layout,
  Query,
  Row,
  Sample,
  SampleId,
  ViewInfo,
} from '../catalog/types.ts';
import type { Detection, FormatId, FormatOptions, OptionField } from '../formats/types.ts';
import type { SystemChoice } from '../jobs/export-system.ts';
import type { ExportOptions, ExportPlan, ExportResult } from '../jobs/export-types.ts';
import type { ImportPlan, ImportPreference } from '../jobs/import/types.ts';
import type { Evaluation, LabelIssue, TrainOptions } from '../learn/types.ts';
import type { PixelView, Thumbnail } from '../pixels/types.ts';
import type { VitrineError } from '../shared/errors.ts';
import type { JobOptions, Progress } from '../shared/progress.ts';
import type { LeftOut, LeftOutReason, SourceRef } from '../source/types.ts';
import type { TrainPlan } from '../workers/calls.ts';
import type { FilterSet } from './filter-sets.ts';
import type { ZipNames } from './zip-names.ts';

export type { TrainPlan };

export type JobKind =
  | 'scan'
  | 'facts'
  | 'details'
  | 'leakage'
  | 'embed'
  | 'train'
  | 'import'
  | 'export'
  | 'download'
  | 'self-test';

/** A job as the bar at the bottom shows it. */
export interface Job {
  id: string;
  kind: JobKind;
  /** 'Embedding', 'Training', 'Reading the folder'. */
  title: string;
  state: 'running' | 'paused' | 'done' | 'failed' | 'cancelled';
  progress: Progress | null;
  error?: VitrineError;
  /** What it can do now. */
  canPause: boolean;
  canCancel: boolean;
}

/** A short message that goes by itself; `action` is one thing to do about it. */
export interface Notice {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
  action?: { title: string; run: () => void };
}

/** Which rows are selected, by id; a million are one bitset. */
export interface Selection {
  count: Accessor<number>;
  has(id: SampleId): boolean;
  /** Grows whenever the set changes; read it to be told. */
  version: Accessor<number>;
  set(ids: Iterable<SampleId>): void;
  toggle(id: SampleId): void;
  add(ids: Iterable<SampleId>): void;
  clear(): void;
  /** Rows [from, to] of the current view, both included; replaces the selection, or adds to it. */
  range(from: number, to: number, add?: boolean): Promise<void>;
  all(): Promise<void>;
  ids(): Uint32Array;
}

/** A window onto the current view: rows by position, filled as they arrive. */
export interface RowWindow {
  /** The row at a position if it is loaded. Tracks: re-runs when that row arrives or changes. */
  row(position: number): Row | undefined;
  /** Says which positions are on screen (to excluded); rows around them are loaded, others forgotten. */
  show(from: number, to: number): void;
}

/** Bitmaps for cells. Bounded memory; requests for cells that scrolled away are cancelled. */
export interface Pictures {
  /** The best bitmap at hand for a row at about `size` device pixels, never waiting. It belongs to the cache: draw it now, do not keep it. */
  peek(row: Row, size: number): ImageBitmap | undefined;
  /** Asks for what is visible, newest wish first; what is not in the list any more is cancelled. */
  want(rows: readonly Row[], size: number): void;
  /** Grows when a bitmap arrives or a picture turns out unreadable. */
  version: Accessor<number>;
  /** Full picture for the inspector; the caller closes it. Without `view` as the dataset's pictures are shown; `measure` tells the values of a deep one. */
  full(
    row: { id: SampleId; path: string },
    options?: { signal?: AbortSignal; view?: PixelView; measure?: boolean },
  ): Promise<Thumbnail>;
}

export type Place = 'browse' | 'learn';
export type Theme = 'system' | 'light' | 'dark';

export interface Settings {
  theme: Accessor<Theme>;
  setTheme(theme: Theme): void;
  /** Width of a cell in CSS pixels, 40 and up; Infinity is never used: one picture per row is the width of the grid. */
  cellSize: Accessor<number>;
  setCellSize(size: number): void;
  /** Pictures fill their cell, cropped, instead of being contained. */
  fill: Accessor<boolean>;
  setFill(fill: boolean): void;
}

/** The shell around the page: installed, offline, updated. */
export interface Shell {
  /** Everything that the main path needs is cached. */
  offlineReady: Accessor<boolean>;
  /** A newer version waits; `update` switches to it (never during a job). */
  updateReady: Accessor<boolean>;
  update(): void;
  /** Required features that this browser lacks, a sentence each; a list that is not empty replaces the start screen's ways in. */
  missing: readonly string[];
}

/** Imports into the open dataset. */
export interface Importing {
  /** What the folder's own files can be understood as, surest first; empty until the walk is done. */
  offered: Accessor<Detection[]>;
  /** The same for the folder together with files from elsewhere, which later plans read too. */
  detect(files: readonly File[]): Promise<Detection[]>;
  options(format: FormatId, options: FormatOptions): Promise<OptionField[]>;
  /** Reads everything and tells what would change; nothing is changed. */
  plan(format: FormatId, options: FormatOptions, job?: JobOptions): Promise<ImportPlan>;
  /** What the last plan left out, as CSV. */
  issues(): Promise<Blob>;
  /** Does what the last plan told, as one edit; false when it failed, which is told in the job bar. */
  commit(prefer: ImportPreference): Promise<boolean>;
}

/** The page's only door to the workers. */
export interface Session {
  readonly settings: Settings;
  readonly shell: Shell;
  readonly selection: Selection;
  readonly window: RowWindow;
  readonly pictures: Pictures;

  // what is open
  dataset: Accessor<DatasetState | null>;
  recent: Accessor<DatasetInfo[]>;
  opening: Accessor<boolean>;
  openFolder(): Promise<void>;
  /** Lets the person choose a zip, which is opened as a read-only folder. */
  openZip(): Promise<void>;
  openSources(source: SourceRef): Promise<void>;
  /** A folder or zip is opened, a backbone added; files that tell labels or metadata of the open dataset are handed to `onImport`. */
  openDropped(data: DataTransfer, onImport: (files: File[]) => void): Promise<void>;
  openFiles(files: FileList): Promise<void>;
  openRecent(info: DatasetInfo): Promise<void>;
  openSample(): Promise<void>;
  /** Asks the browser for access to the open dataset's folder again; needs a click. */
  askPermission(): Promise<void>;
  takeOver(): Promise<void>;
  forget(info: DatasetInfo): Promise<void>;
  close(): Promise<void>;
  rescan(): Promise<void>;
  setLayout(layout: Layout): Promise<void>;
  leftOut(
    from: number,
    to: number,
  ): Promise<{ total: number; byReason: Partial<Record<LeftOutReason, number>>; items: LeftOut[] }>;
  leftOutCsv(): Promise<Blob>;
  /** Compares all files and tells in a notice which are equal byte for byte, with a way to see them; can be paused. */
  findDuplicates(): Promise<void>;
  /** How names in a zip were read that do not say their code page. */
  readonly zipNames: ZipNames;

  // looking
  place: Accessor<Place>;
  goTo(place: Place): void;
  query: Accessor<Query>;
  view: Accessor<ViewInfo | null>;
  facets: Accessor<ReadonlyMap<string, Facet>>;
  /** Another question altogether: replaces the query and begins at its first picture. The commands below keep the picture under the cursor. */
  setQuery(query: Query): void;
  /** Replaces, or removes with null, the top-level condition on one field. */
  setCondition(field: string, condition: Filter | null): void;
  condition(field: string): Filter | undefined;
  clearFilters(): void;
  /** Filters that were named and kept with this dataset, in the order in which they were made. */
  filterSets: Accessor<readonly FilterSet[]>;
  keepFilters(name: string, filter: Filter): void;
  forgetFilters(name: string): void;
  setSort(sort: Query['sort']): void;
  setGroup(field: string | undefined): void;
  /** Position of the cell that has the cursor, and the sample there. */
  cursor: Accessor<number>;
  setCursor(position: number): void;
  /** What the inspector shows: the row under the cursor, in full; undefined while it loads or when nothing is there. */
  sample: Accessor<Sample | undefined>;
  /** Sample details again after edits; facets and windows follow by themselves. */
  positionOf(id: SampleId): Promise<number>;

  // fixing; every command resolves when it is durable, and shows its own notice with Undo where it was in bulk
  edit(command: EditCommand): Promise<Edit | null>;
  /** Rows an edit applies to: the selection, or the cell with the cursor when nothing is selected. */
  targets(): Uint32Array;
  label(name: string | null): Promise<void>;
  exclude(value: boolean): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Edits that were sent and are not durable yet; 0 shows as saved. */
  saving: Accessor<number>;

  /** Looks at all deep pictures of the dataset in this way, for the eye and the model; stored with the dataset. */
  setDeepView(view: DeepView): Promise<void>;
  /** That the dataset's deep pictures look black, in a sentence; what helps is one call, and a refusal is kept with the dataset. */
  rangeHint: { text: Accessor<string | null>; accept(): Promise<void>; refuse(): void };

  // learning
  backbones: Accessor<BackboneInfo[]>;
  gallery: Accessor<BackboneInfo[]>;
  backbone: Accessor<string>;
  useBackbone(name: string): void;
  addBackbone(files: File[]): Promise<void>;
  download(name: string): Promise<void>;
  removeBackbone(name: string): Promise<void>;
  device: Accessor<DeviceReport | null>;
  chooseDevice(choice: { provider?: Provider; threads?: number; repeat?: boolean }): Promise<void>;
  embed(): Promise<void>;
  trainPlan(options: TrainOptions): Promise<TrainPlan>;
  train(options: TrainOptions): Promise<Evaluation | null>;
  evaluations: Accessor<Evaluation[]>;
  /** Embeds with and trains on each named backbone in turn, so that their evaluations stand side by side. */
  compare(backbones: string[]): Promise<void>;
  labelIssues(by: 'confidence' | 'margin' | 'entropy', limit: number): Promise<LabelIssue[]>;
  /** Probabilities of the stored probe for one sample, best first; from the backbone's own classes before a probe exists. */
  bars(
    id: SampleId,
    path: string,
  ): Promise<{ source: 'probe' | 'backbone'; bars: { name: string; probability: number }[] } | null>;
  exportProbe(): Promise<{ onnx: Blob; card: Blob }>;

  importing: Importing;

  // saving
  /** Dataset systems that can be written, with options that fit the open dataset. */
  exportSystems(): Promise<SystemChoice[]>;
  exportSystemOptions(system: FormatId, options: FormatOptions): Promise<OptionField[]>;
  exportPlan(options: ExportOptions): Promise<ExportPlan>;
  /** Into the opened folder (asks for write access), or as downloads. */
  exportWrite(options: ExportOptions, target: 'dataset' | 'blobs'): Promise<ExportResult | null>;

  jobs: Accessor<Job[]>;
  /** Shows work that a script started beside the page's own; resolves and rejects as the work does. */
  showJob<T>(
    job: { kind: JobKind; title: string; work(options: JobOptions): Promise<T> },
    options?: JobOptions,
  ): Promise<T>;
  pauseJob(id: string, paused: boolean): void;
  cancelJob(id: string): void;
  dismissJob(id: string): void;

  notices: Accessor<Notice[]>;
  notify(notice: Omit<Notice, 'id'>): void;
  dismiss(id: number): void;
  /** Words for a screen reader: counts, jobs, edits. */
  announcement: Accessor<string>;
}
