// The rows of the imported label.csv for the next one: those of unedited pictures as they were, the first of an edited one as its mark.

import { createPictureIndex } from '../pictures.ts';
import { type CsvRow, readCsv } from '../text/csv.ts';
import type { ExportRow } from '../types.ts';
import { formOf, type Judged, judgeRow } from './label-rows.ts';
import { listsOf } from './label-text.ts';
import { understandLayout } from './layout.ts';
import { createMatcher } from './match.ts';

/** A row to be written as it was, or a picture whose rows are written anew. `path` null: the row belongs to no picture. */
export type Kept = { path: string | null; cells: readonly string[] } | { path: string; row: ExportRow; name: string };

/** What the file says of one picture, to be compared with what is known now. */
interface Said {
  labels: Set<string>;
  negatives: Set<string>;
  boxes: string[];
  masks: string[];
}

/**
 * Streams the rows of `file` twice: first to see which pictures are edited, then to keep them. `open` gives its bytes from the start. `rows`
 * are the samples by path. Errors: those of `readCsv` and `judgeRow`.
 */
export async function* keptRows(
  open: () => Promise<AsyncIterable<Uint8Array<ArrayBuffer>>>,
  file: string,
  rows: ReadonlyMap<string, ExportRow>,
): AsyncGenerator<Kept> {
  const pictures = createPictureIndex(rows.keys());
  const dataset = understandLayout(pictures.paths(), [file]);
  if ('roots' in dataset) return;
  const match = createMatcher(pictures, dataset);
  const said = new Map<string, Said>();
  for await (const { path, judged } of judgedRows(open, file, match)) {
    if (path === null || 'wrong' in judged) continue;
    const known = said.get(path) ?? { labels: new Set(), negatives: new Set(), boxes: [], masks: [] };
    said.set(path, known);
    const { said: one } = judged;
    if (one.kind === 'class') (one.value ? known.labels : known.negatives).add(one.name);
    if (one.kind === 'box') known.boxes.push(JSON.stringify([one.name, ...one.numbers]));
    if (one.kind === 'mask') known.masks.push(JSON.stringify([one.name, one.width, one.height, one.mask]));
  }
  const renewed = new Set<string>();
  for await (const { path, row, judged } of judgedRows(open, file, match)) {
    const sample = path === null ? undefined : rows.get(path);
    const before = path === null ? undefined : said.get(path);
    if (path === null || !sample || !before || isUnedited(sample, before)) yield { path, cells: row.cells };
    else if (!renewed.has(path)) {
      renewed.add(path);
      yield { path, row: sample, name: judged.name };
    }
  }
}

async function* judgedRows(
  open: () => Promise<AsyncIterable<Uint8Array<ArrayBuffer>>>,
  file: string,
  match: ReturnType<typeof createMatcher>,
): AsyncGenerator<{ path: string | null; row: CsvRow; judged: Judged }> {
  let form: ReturnType<typeof formOf> | undefined;
  for await (const block of readCsv(await open(), { file, header: false })) {
    let { rows } = block;
    if (rows.length === 0) continue;
    if (!form) {
      form = formOf(rows, file, (name) => match(name).path !== null || name.includes('.'));
      if (form.header) rows = rows.slice(1);
    }
    for (const row of rows) {
      const judged = judgeRow(row, form, file);
      yield { path: 'wrong' in judged ? null : match(judged.name).path, row, judged };
    }
  }
}

/** True when the sample still is what the rows said. What the rows did not say does not count: a label implies that others are none. */
function isUnedited(row: ExportRow, said: Said): boolean {
  const labels = new Set(row.labels);
  const sameLabels = labels.size === said.labels.size && row.labels.every((label) => said.labels.has(label));
  const negatives = row.negatives ?? [];
  const sameNegatives = [...said.negatives].every(
    (name) => !labels.has(name) && (negatives.includes(name) || negatives.length === 0),
  );
  const same = (field: string, lists: readonly string[]): boolean => {
    const now = listsOf(row, field);
    return now === null || JSON.stringify(now.map((list) => JSON.stringify(list))) === JSON.stringify(lists);
  };
  const isLabelled = said.labels.size > 0 || said.negatives.size > 0 || labels.size > 0;
  return (!isLabelled || (sameLabels && sameNegatives)) && same('boxes', said.boxes) && same('masks', said.masks);
}
