// Writes metadata.jsonl as Hugging Face imagefolder and opsml read it: one JSON object a line, file_name first.
import type { Field } from '../catalog/types.ts';
import { sixDecimals } from './decimals.ts';
import { columnOf, jsonText } from './field-values.ts';
import type { ExportRow } from './types.ts';

/** Keys and types of a metadata.jsonl; the same for every line, because readers type a key over the whole file. */
export interface JsonlLayout {
  labelKey: 'label' | 'categories';
  /** Labels as a list in every line. `categories` is always one, as opsml wants. */
  list: boolean;
  predictions: boolean;
  /** Keys of fields, behind all others. */
  fields: readonly Field[];
}

/**
 * A function from a row and the folder of its file ('': the opened folder; `file_name` is relative to it) to its line with line feed,
 * in the spelling of Python's `json.dumps` (`", "` and `": "`), which opsml writes too. An unlabelled sample has `null`, so that every
 * line has every key.
 */
export function createJsonlWriter(layout: JsonlLayout): (row: ExportRow, folder: string) => string {
  const { labelKey, predictions } = layout;
  const keys = layout.fields.map((field) => ({ field, key: JSON.stringify(columnOf(field)) }));
  const list = layout.list || labelKey === 'categories';
  const quoted = new Map<string, string>(); // class names come back in every line; most of the time goes into quoting
  const quote = (name: string): string => {
    let text = quoted.get(name);
    if (text === undefined) {
      text = JSON.stringify(name);
      quoted.set(name, text);
    }
    return text;
  };
  const labelValue = ([only, ...more]: readonly string[]): string => {
    if (only === undefined) return 'null';
    return list ? `[${[only, ...more].map(quote).join(', ')}]` : quote(only);
  };
  return (row, folder) => {
    const file = folder === '' ? row.path : row.path.slice(folder.length + 1);
    const line = `{"file_name": ${JSON.stringify(file)}, "${labelKey}": ${labelValue(row.labels)}`;
    const fields = keys.map(({ field, key }) => `, ${key}: ${jsonText(row, field)}`).join('');
    if (!predictions) return `${line}${fields}}\n`;
    const predicted = row.predicted === null ? 'null' : quote(row.predicted);
    const confidence = row.confidence === null ? 'null' : sixDecimals(row.confidence);
    return `${line}, "predicted": ${predicted}, "confidence": ${confidence}${fields}}\n`;
  };
}
