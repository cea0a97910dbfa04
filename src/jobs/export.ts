// Plans an export and writes it: one pass over the rows each, streamed into files of a folder or into blobs.
import { personWarnings } from '../formats/field-values.ts';
import { lightlyTrainData } from '../formats/lightly-train.ts';
import type { ExportDataset } from '../formats/types.ts';
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import { createMeter, type JobOptions } from '../shared/progress.ts';
import { findReplaced, openReplacement, type Replaced, saveChunk } from '../source/save.ts';
import { csvFileNames, type ExportFiles, layOutFiles } from './export-files.ts';
import type { ExportPlan, ExportResult, LineExportOptions, PlannedFile } from './export-types.ts';

/** Lines of a file that the plan shows, without the header. */
const previewLines = 5;

/**
 * What an export would write: files, counts, what is replaced in `root` (null: a download, which replaces nothing), what is left out
 * and what readers will stumble over. Nothing is written. Errors: `bad-input`, `no-data`, `permission`, `aborted`.
 */
export async function planExport(
  dataset: ExportDataset,
  options: LineExportOptions,
  root: FileSystemDirectoryHandle | null,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ExportPlan> {
  const files = layOutFiles(dataset, options);
  const lint = files.lint();
  const planned = new Map<string, PlannedFile>();
  let samples = 0;
  let withoutFile = 0;
  for await (const rows of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) })) {
    throwIfAborted(signal);
    for (const row of rows) {
      const path = files.pathOf(row);
      if (path === null) {
        withoutFile++;
        continue;
      }
      samples++;
      lint.add(row);
      const file = planned.get(path) ?? startPlannedFile(planned, path, files);
      if (file.rows++ < previewLines) file.preview.push(files.previewLine(row));
    }
  }
  if (samples === 0) throw nothingToWrite(dataset, withoutFile);

  const warnings = [...personWarnings(dataset.fields ?? [], dataset.withheld ?? []), ...lint.warnings()];
  const now = new Date();
  for (const file of planned.values()) {
    const replaced = root === null ? null : await findReplaced(root, file.path, now);
    if (replaced === null) continue;
    file.replaces = { bytes: replaced.bytes, backup: replaced.backup };
    warnings.push(...(await lostColumns(file, replaced)));
  }
  if (options.format === 'csv' && options.prefix === '' && root === null)
    warnings.push(
      `Paths start at the folder of the CSV: put the files into “${dataset.name}”, or type where that folder is as a prefix.`,
    );
  const snippet = dataSnippet(dataset, options, planned);
  return {
    files: [...planned.values()],
    samples,
    leftOut: leftOutReasons(dataset, options, samples, withoutFile),
    warnings,
    ...(snippet === undefined ? {} : { snippet }),
  };
}

/**
 * Writes an export. In a folder every file is written beside the old one and swapped in only when all files are complete; a failure
 * or cancel before that leaves everything as it was. Errors: those of `openReplacement`, `no-data`, `bad-input`, `aborted`.
 */
export async function writeExport(
  dataset: ExportDataset,
  options: LineExportOptions,
  target: FileSystemDirectoryHandle | 'blobs',
  { signal, onProgress }: JobOptions = {},
): Promise<ExportResult> {
  const files = layOutFiles(dataset, options);
  const open = target === 'blobs' ? createBlobSink : (path: string) => createFileSink(target, path, signal);
  const meter = createMeter('pictures', dataset.filtered ? undefined : dataset.size);
  const sinks = new Map<string, OpenFile>();
  const openFile = async (path: string): Promise<OpenFile> => {
    const file = { sink: await open(path), text: files.header, rows: 0 };
    sinks.set(path, file);
    return file;
  };
  let done = 0;
  let last: { path: string; file: OpenFile } | undefined; // rows come folder by folder: most go to the file of the row before
  try {
    for await (const rows of dataset.rows({ probabilities: files.probabilities, ...(signal ? { signal } : {}) })) {
      throwIfAborted(signal);
      for (const row of rows) {
        const path = files.pathOf(row);
        if (path === null) continue;
        if (last?.path !== path) last = { path, file: sinks.get(path) ?? (await openFile(path)) };
        const { file } = last;
        file.text += files.line(row);
        file.rows++;
        if (file.text.length >= saveChunk) {
          await file.sink.write(file.text);
          file.text = '';
        }
      }
      done += rows.length;
      onProgress?.(meter(done));
    }
    if (sinks.size === 0) throw nothingToWrite(dataset, done);
    for (const file of sinks.values()) await file.sink.write(file.text);
    throwIfAborted(signal);
    const result: ExportResult = { files: [] };
    for (const [path, { sink, rows }] of sinks) result.files.push({ path, rows, ...(await sink.commit()) });
    const snippet = dataSnippet(dataset, options, sinks);
    return snippet === undefined ? result : { ...result, snippet };
  } catch (error) {
    for (const { sink } of sinks.values()) await sink.discard();
    throw error;
  }
}

/** A file that is being written, with the text that is not handed on yet. */
interface OpenFile {
  sink: Sink;
  text: string;
  rows: number;
}

/** Where text goes: a file that is swapped in, or a blob. */
interface Sink {
  write(text: string): Promise<void>;
  commit(): Promise<{ bytes: number; backup?: string; blob?: Blob }>;
  discard(): Promise<void>;
}

const createFileSink = (
  root: FileSystemDirectoryHandle,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Sink> => openReplacement(root, path, signal ? { signal } : {});

async function createBlobSink(path: string): Promise<Sink> {
  const type = path.endsWith('.csv') ? 'text/csv' : 'application/jsonl';
  const encoder = new TextEncoder();
  let room = new Uint8Array(0); // one for all pieces: fresh memory for each costs a fifth of the export
  let parts: Blob[] = [];
  return {
    write: async (text) => {
      if (room.length < text.length * 3) room = new Uint8Array(text.length * 4);
      const { written } = encoder.encodeInto(text, room);
      parts.push(new Blob([room.subarray(0, written)])); // the browser process keeps it, not this worker's heap
    },
    commit: async () => {
      const blob = new Blob(parts, { type });
      return { bytes: blob.size, blob };
    },
    discard: async () => {
      parts = [];
    },
  };
}

function startPlannedFile(planned: Map<string, PlannedFile>, path: string, files: ExportFiles): PlannedFile {
  const preview = files.previewHeader === '' ? [] : [files.previewHeader];
  const file: PlannedFile = { path, rows: 0, replaces: null, preview };
  planned.set(path, file);
  return file;
}

function nothingToWrite(dataset: ExportDataset, withoutFile: number): VitrineError {
  const why =
    withoutFile > 0
      ? 'none of these pictures has a label, or none lies in a split folder'
      : dataset.filtered
        ? 'the filter shows no picture'
        : 'the dataset has no picture that is not excluded';
  return new VitrineError(
    'no-data',
    `There is nothing to write: ${why}. Label pictures or clear the filter, then save.`,
  );
}

function leftOutReasons(
  dataset: ExportDataset,
  options: LineExportOptions,
  samples: number,
  withoutFile: number,
): ExportPlan['leftOut'] {
  const reason =
    options.format === 'csv'
      ? 'unlabelled: readers of the CSV would skip them'
      : 'not in a split folder: no reader would find the line';
  const hidden = dataset.size - samples - withoutFile;
  return [
    { reason, count: withoutFile },
    { reason: 'not shown by the filter: readers see only what is in the file', count: dataset.filtered ? hidden : 0 },
    { reason: 'excluded', count: dataset.excluded },
  ].filter(({ count }) => count > 0);
}

/** Names the columns or keys of a file to be replaced that the new one will not have. Only its first line is read. */
async function lostColumns(file: PlannedFile, replaced: Replaced): Promise<string[]> {
  const head = await replaced.file.slice(0, 1 << 16).text();
  const first = head.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const isJson = file.path.endsWith('.jsonl');
  const old = isJson ? jsonKeys(first) : first.split(',').map((cell) => cell.replaceAll('"', ''));
  const written = new Set(isJson ? jsonKeys(file.preview[0] ?? '') : (file.preview[0] ?? '').split(','));
  const lost = old.filter((name) => name !== '' && !written.has(name) && !name.startsWith('probability_'));
  if (lost.length === 0) return [];
  return [
    `${file.path} has ${isJson ? 'keys' : 'columns'} that the new file will not have: ${lost.join(', ')}. The copy keeps them.`,
  ];
}

function jsonKeys(line: string): string[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    return []; // the old file is not what its name says; its copy is kept all the same
  }
}

/** LightlyTrain's `data` for the written files, where there are a train and a validation file. */
function dataSnippet(
  dataset: ExportDataset,
  options: LineExportOptions,
  written: { has(path: string): boolean },
): string | undefined {
  if (options.format !== 'csv' || options.files !== 'per-split') return undefined;
  const names = csvFileNames(dataset.splits);
  const pathOf = (split: string): string | undefined => {
    const name = names.get(split);
    if (name === undefined || !written.has(name)) return undefined;
    return options.prefix === '' ? name : `${options.prefix.replace(/[\\/]$/, '')}/${name}`;
  };
  const train = pathOf('train');
  const validation = pathOf('validation');
  const test = pathOf('test');
  if (train === undefined || validation === undefined) return undefined;
  const { classes, multiLabel } = dataset;
  return lightlyTrainData({ train, validation, ...(test === undefined ? {} : { test }), classes, multiLabel });
}
