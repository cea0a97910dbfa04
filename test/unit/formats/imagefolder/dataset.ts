// Small datasets in memory: what a format reads, and what a writer is given.
import { imagefolder, writer } from '../../../../src/formats/imagefolder/index.ts';
import type { ExportDataset, ExportRow, FormatOptions, ImportIssue, ImportRow } from '../../../../src/formats/types.ts';
import { datasetFiles } from '../../../conformance/imagefolder/dataset-files.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** Files by path: text, bytes, or null for a picture whose content does not matter. */
export function filesOf(files: Record<string, string | Bytes | null>): Map<string, Bytes> {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? utf8(content) : (content ?? utf8('x')),
    ]),
  );
}

/** Everything that reading gives, with the options of the best detection unless others are given. */
export async function readAll(files: Map<string, Bytes>, options?: FormatOptions) {
  const seen = datasetFiles(files);
  const [best] = await imagefolder.detect(seen);
  const rows: ImportRow[] = [];
  const issues: ImportIssue[] = [];
  const reader = imagefolder.read(seen, { ...best?.options, ...options });
  for (;;) {
    const step = await reader.next();
    if (step.done) return { rows, issues, summary: step.value, detection: best };
    rows.push(...step.value.rows);
    issues.push(...step.value.issues);
  }
}

/** Rows as an export gives them: those that were read, merged by picture as an import merges them. */
export function exportOf(
  rows: readonly ImportRow[],
  more: Partial<ExportDataset> = {},
): ExportDataset & { all: ExportRow[] } {
  const merged = new Map<
    string,
    ExportRow & { labels: string[]; fields: Record<string, NonNullable<ExportRow['fields']>[string]> }
  >();
  for (const { path, labels = [], fields = {}, split = null } of rows) {
    const row = merged.get(path) ?? { path, split, labels: [], predicted: null, confidence: null, fields: {} };
    merged.set(path, row);
    for (const name of labels) if (!row.labels.includes(name)) row.labels.push(name);
    for (const [key, value] of Object.entries(fields)) if ((row.fields[key] ?? null) === null) row.fields[key] = value;
  }
  const all: ExportRow[] = [...merged.values()];
  const names = [...new Set(all.flatMap(({ fields }) => Object.keys(fields ?? {})))];
  return {
    all,
    name: 'photos',
    classes: [...new Set(all.flatMap(({ labels }) => labels))],
    splits: [],
    multiLabel: all.some(({ labels }) => labels.length > 1),
    layout: null,
    size: all.length,
    excluded: 0,
    filtered: false,
    fields: names.map((name) => ({ name, title: name, type: 'text', origin: 'metadata', facet: 'none' })),
    async *rows() {
      for (let at = 0; at < all.length; at += 3) yield all.slice(at, at + 3);
    },
    ...more,
  };
}

/** The written files as bytes. `originals`: those that were imported. */
export async function writeAll(
  dataset: ExportDataset,
  options: FormatOptions,
  originals: ReadonlyMap<string, Bytes> = new Map(),
): Promise<Map<string, Bytes>> {
  const written = new Map<string, Bytes>();
  const context = {
    original: async (path: string) => {
      const bytes = originals.get(path);
      if (!bytes) return null;
      return (async function* () {
        for (let at = 0; at < bytes.length; at += 13) yield bytes.slice(at, at + 13);
      })();
    },
    picture: async () => new Blob(),
  };
  for await (const { path, content } of writer.write(dataset, options, context)) {
    const pieces: Bytes[] = [];
    for await (const piece of content) pieces.push(piece);
    written.set(path, new Uint8Array(await new Blob(pieces).arrayBuffer()));
  }
  return written;
}

export const textOf = (bytes: Bytes | undefined): string => new TextDecoder().decode(bytes);
