// Rows and datasets for the tests of exports.
import fc from 'fast-check';
import type { ExportDataset, ExportRow } from '../../../src/formats/types.ts';

export const row = (path: string, labels: string[] = [], rest: Partial<ExportRow> = {}): ExportRow => ({
  path,
  split: null,
  labels,
  predicted: null,
  confidence: null,
  ...rest,
});

/** A dataset over `rows`; classes and splits are what occurs in them. */
export function dataset(rows: ExportRow[], rest: Partial<ExportDataset> = {}): ExportDataset {
  return {
    name: 'set',
    classes: [...new Set(rows.flatMap(({ labels }) => labels))],
    splits: [...new Set(rows.flatMap(({ split }) => split ?? []))],
    multiLabel: rows.some(({ labels }) => labels.length > 1),
    layout: null,
    size: rows.length,
    excluded: 0,
    filtered: false,
    async *rows() {
      for (let i = 0; i < rows.length; i += 3) yield rows.slice(i, i + 3);
    },
    ...rest,
  };
}

/** Text that tries every quoting rule. */
export const hostileText = fc
  .oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.stringMatching(/^[a,;"'\n\r\t =|é日]{1,8}$/))
  .filter((text) => text.trim() === text && text !== '' && !text.includes('\0'));
