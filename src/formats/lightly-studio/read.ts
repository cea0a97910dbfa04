// Reads what LightlyStudio's pages and exports hold: metadata as CSV or JSON, and its export of classifications.

import { createKeys } from '../text/keys.ts';
import type { DatasetFiles, FormatOptions, ImportBatch, ImportIssue, ImportRow, ImportSummary } from '../types.ts';
import { createMatcher } from './match.ts';
import { readStudioOptions, type StudioOptions } from './options.ts';
import { readClassifications, readMetadataCsv } from './read-csv.ts';
import { readMetadataJson } from './read-json.ts';

/** What the readers of all kinds share. */
export interface Reading {
  files: DatasetFiles;
  options: StudioOptions;
  match: ReturnType<typeof createMatcher>;
  keys: ReturnType<typeof createKeys>;
  counts: { found: number; imported: number; leftOut: number };
  /** Classes in the order of the file. */
  classes: Set<string>;
  pictures: Map<string, number>;
  signal?: AbortSignal;
}

/** What a piece of the file gave. */
export interface Step {
  rows: ImportRow[];
  issues: ImportIssue[];
  bytes: number;
}

/**
 * Rows of one file. Errors: `not-found`, `bad-input` with the line where a CSV or JSON is broken or lacks its columns, `unreadable`, `aborted`.
 */
export async function* readLightlyStudio(
  files: DatasetFiles,
  given: FormatOptions,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ImportBatch, ImportSummary, undefined> {
  const options = readStudioOptions(given);
  const reading: Reading = {
    files,
    options,
    match: createMatcher(files, options.file),
    keys: createKeys(),
    counts: { found: 0, imported: 0, leftOut: 0 },
    classes: new Set(),
    pictures: new Map(),
    ...(signal ? { signal } : {}),
  };
  const size = Math.max(await files.size(options.file), 1);
  const readers = {
    'metadata-csv': readMetadataCsv,
    'metadata-json': readMetadataJson,
    classifications: readClassifications,
  };
  for await (const { rows, issues, bytes } of readers[options.kind](reading))
    yield { rows, issues, progress: Math.min(bytes / size, 1) };
  return {
    ...reading.counts,
    classes: [...reading.classes].map((name) => ({ name })),
    fields: reading.keys.fields(),
    multiLabel: [...reading.pictures.values()].some((labels) => labels > 1),
    notes: [],
  };
}
