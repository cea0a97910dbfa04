// Files and datasets in memory for tests of formats: what a writer gives, a reader takes.
import type { Field } from '../../../src/catalog/types.ts';
import type { ExportDataset, ExportRow, FormatOptions, FormatWriter } from '../../../src/formats/types.ts';

/** An export of these rows. */
export function exportOf(
  rows: readonly ExportRow[],
  {
    classes,
    fields = [],
    multiLabel = true,
  }: { classes: readonly string[]; fields?: readonly Field[]; multiLabel?: boolean },
): ExportDataset {
  return {
    name: 'test',
    classes,
    splits: [...new Set(rows.flatMap(({ split }) => split ?? []))],
    multiLabel,
    layout: null,
    size: rows.length,
    excluded: 0,
    filtered: false,
    fields,
    async *rows() {
      for (let i = 0; i < rows.length; i += 3) yield rows.slice(i, i + 3);
    },
  };
}

/** All files that a writer gives; a picture's bytes are its path. */
export async function writeAll(
  writer: FormatWriter,
  dataset: ExportDataset,
  options: FormatOptions = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const context = {
    original: () => Promise.resolve(null),
    picture: (path: string) => Promise.resolve(new Blob([path])),
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for await (const { path, content } of writer.write(dataset, { ...writer.defaults(dataset), ...options }, context)) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of content) parts.push(part);
    files.set(path, new Uint8Array(await new Blob(parts).arrayBuffer()));
  }
  return files;
}

export const row = (path: string, labels: readonly string[], split: string | null = 'train'): ExportRow => ({
  path,
  split,
  labels,
  predicted: null,
  confidence: null,
});

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
