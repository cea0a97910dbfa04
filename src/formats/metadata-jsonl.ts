// Writes metadata.jsonl as Hugging Face imagefolder and opsml read it: one JSON object a line, file_name first.
import type { ExportRow } from './types.ts';

/** Keys and types of one metadata.jsonl; the same for every line, because readers type a key over the whole file. */
export interface JsonlLayout {
  /** Folder of the file; `file_name` is relative to it. '' is the opened folder. */
  folder: string;
  labelKey: 'label' | 'categories';
  /** Labels as a list in every line. `categories` is always one, as opsml wants. */
  list: boolean;
  predictions: boolean;
}

/**
 * One line with its line feed, in the spelling of Python's `json.dumps` (`", "` and `": "`), which opsml writes too. An
 * unlabelled sample has `null`, so that every line has every key. Probabilities have a fraction even at 1, so that no reader takes a
 * file of round values for integers.
 */
export function jsonlLine(row: ExportRow, layout: JsonlLayout): string {
  const file = layout.folder === '' ? row.path : row.path.slice(layout.folder.length + 1);
  let line = `{"file_name": ${JSON.stringify(file)}, "${layout.labelKey}": ${labelValue(row.labels, layout)}`;
  if (layout.predictions)
    line += `, "predicted": ${JSON.stringify(row.predicted)}, "confidence": ${row.confidence?.toFixed(6) ?? 'null'}`;
  return `${line}}\n`;
}

function labelValue(labels: readonly string[], layout: JsonlLayout): string {
  const [only] = labels;
  if (only === undefined) return 'null';
  if (layout.list || layout.labelKey === 'categories')
    return `[${labels.map((name) => JSON.stringify(name)).join(', ')}]`;
  return JSON.stringify(only);
}
