// Plans and writes the files of a dataset system: the writer says which, this saves each beside the old one and swaps all in at the end.
import { loadWriter, writerIds } from '../formats/systems.ts';
import type { ExportDataset, FormatId, FormatOptions, FormatWriter, WriteContext } from '../formats/types.ts';
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import { createMeter, type JobOptions } from '../shared/progress.ts';
import { findReplaced, openReplacement } from '../source/save.ts';
import type { ExportPlan, ExportResult, PlannedFile } from './export-types.ts';

/** The part of the options that a system's export has. */
export interface SystemOptions {
  system: FormatId;
  options: FormatOptions;
}

/** Bytes of a file that are looked at for its first lines. */
const previewBytes = 4096;
const previewLines = 6;

/** A system as the save dialog offers it. */
export interface SystemChoice {
  system: FormatId;
  title: string;
  text: string;
  /** Options that fit the dataset. */
  options: FormatOptions;
}

/** Every system that can be written. */
export async function listSystems(dataset: ExportDataset): Promise<SystemChoice[]> {
  const writers = await Promise.all(writerIds().map(loadWriter));
  return writers.map((writer) => ({
    system: writer.id,
    title: writer.title,
    text: writer.text,
    options: writer.defaults(dataset),
  }));
}

/** Files and warnings of a system's export; nothing is written. Errors: of the writer, `no-data`. */
export async function planSystemExport(
  dataset: ExportDataset,
  { system, options: chosen }: SystemOptions,
  root: FileSystemDirectoryHandle | null,
  context: WriteContext,
): Promise<ExportPlan> {
  const writer = await loadWriter(system);
  const options = { ...writer.defaults(dataset), ...chosen }; // a script names only what it changes
  const lint = writer.lint(dataset, options);
  let samples = 0;
  for await (const rows of dataset.rows({
    probabilities: false,
    ...(context.signal ? { signal: context.signal } : {}),
  })) {
    throwIfAborted(context.signal);
    for (const row of rows) lint.add(row);
    samples += rows.length;
  }
  if (samples === 0) throw nothing(dataset);
  const files: PlannedFile[] = [];
  const now = new Date();
  for await (const file of writer.write(dataset, options, context)) {
    const replaced = root === null ? null : await findReplaced(root, file.path, now);
    files.push({
      path: file.path,
      rows: samples,
      replaces: replaced === null ? null : { bytes: replaced.bytes, backup: replaced.backup },
      preview: isText(file.path) ? await firstLines(file.content) : [],
    });
  }
  const leftOut = [
    {
      reason: 'not shown by the filter: readers see only what is in the file',
      count: dataset.filtered ? dataset.size - samples : 0,
    },
    { reason: 'excluded', count: dataset.excluded },
  ].filter(({ count }) => count > 0);
  return { files, samples, leftOut, warnings: lint.warnings() };
}

/** Writes a system's files; a failure or a cancel before the last is complete leaves everything as it was. Errors: as the plan, and of saving. */
export async function writeSystemExport(
  dataset: ExportDataset,
  { system, options: chosen }: SystemOptions,
  target: FileSystemDirectoryHandle | 'blobs',
  context: WriteContext,
  { onProgress }: JobOptions = {},
): Promise<ExportResult> {
  const writer = await loadWriter(system);
  const options = { ...writer.defaults(dataset), ...chosen };
  const meter = createMeter('bytes');
  const { signal } = context;
  const sinks: { path: string; sink: Sink }[] = [];
  let bytes = 0;
  try {
    for await (const { path, content } of writer.write(dataset, options, context)) {
      const sink = target === 'blobs' ? blobSink() : await openReplacement(target, path, signal ? { signal } : {});
      sinks.push({ path, sink });
      for await (const chunk of content) {
        throwIfAborted(signal);
        await sink.write(chunk);
        bytes += chunk.length;
        onProgress?.(meter(bytes));
      }
    }
    throwIfAborted(signal);
    if (sinks.length === 0) throw nothing(dataset);
    const result: ExportResult = { files: [] };
    for (const { path, sink } of sinks) result.files.push({ path, rows: dataset.size, ...(await sink.commit()) });
    const scripts = scriptsOf(writer, dataset, options);
    return scripts.length === 0 ? result : { ...result, scripts };
  } catch (error) {
    for (const { sink } of sinks) await sink.discard();
    throw error;
  }
}

const scriptsOf = (writer: FormatWriter, dataset: ExportDataset, options: FormatOptions) =>
  writer.scripts?.(dataset, options) ?? [];

/** Where bytes go: a file that is swapped in, or a blob. */
interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  commit(): Promise<{ bytes: number; backup?: string; blob?: Blob }>;
  discard(): Promise<void>;
}

function blobSink(): Sink {
  let parts: Blob[] = [];
  return {
    write: async (bytes) => {
      parts.push(new Blob([bytes])); // the browser process keeps it, not this worker's heap
    },
    commit: async () => {
      const blob = new Blob(parts, { type: 'application/octet-stream' });
      return { bytes: blob.size, blob };
    },
    discard: async () => {
      parts = [];
    },
  };
}

const isText = (path: string): boolean => /\.(csv|tsv|txt|json|jsonl|ya?ml|py)$/i.test(path);

async function firstLines(content: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<string[]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of content) {
    text += decoder.decode(chunk.subarray(0, previewBytes), { stream: true });
    if (text.length >= previewBytes) break;
  }
  return text.split(/\r?\n/, previewLines).filter((line) => line !== '');
}

function nothing(dataset: ExportDataset): VitrineError {
  const why = dataset.filtered ? 'the filter shows no picture' : 'the dataset has no picture that is not excluded';
  return new VitrineError('no-data', `There is nothing to write: ${why}. Clear the filter, then save.`);
}
