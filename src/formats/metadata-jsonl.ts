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

/** Pairs of label and prediction that are remembered: about 10 MB. */
const KEPT = 100_000;

/** Printable ASCII without quote and backslash: JSON's text of it is itself. */
const plain = /^[ !#-[\]-~]*$/;

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
  // paths do not come back; those without anything to escape, nearly all, are spared the call
  const quotePath = (path: string): string => (plain.test(path) ? `"${path}"` : JSON.stringify(path));
  const labelValue = ([only, ...more]: readonly string[]): string => {
    if (only === undefined) return 'null';
    return list ? `[${[only, ...more].map(quote).join(', ')}]` : quote(only);
  };
  // What stands between path and confidence is one string for all rows of a label and a prediction: a line made of few parts costs half of one
  // made of many, both here and where its file's text becomes bytes.
  let middles = new WeakMap<readonly string[], Map<string | null, string>>();
  let kept = 0;
  const middleOf = ({ labels, predicted }: ExportRow): string => {
    let byPrediction = middles.get(labels);
    if (byPrediction === undefined) {
      byPrediction = new Map();
      middles.set(labels, byPrediction);
    }
    const known = byPrediction.get(predicted);
    if (known !== undefined) return known;
    const parts = [`, "${labelKey}": `, labelValue(labels)];
    if (predictions) parts.push(', "predicted": ', predicted === null ? 'null' : quote(predicted), ', "confidence": ');
    const middle = parts.join('');
    byPrediction.set(predicted, middle);
    if (++kept === KEPT) {
      middles = new WeakMap();
      kept = 0;
    }
    return middle;
  };
  return (row, folder) => {
    const file = folder === '' ? row.path : row.path.slice(folder.length + 1);
    const confidence = !predictions ? '' : row.confidence === null ? 'null' : sixDecimals(row.confidence);
    let fields = '';
    for (const { field, key } of keys) fields += `, ${key}: ${jsonText(row, field)}`;
    return `{"file_name": ${quotePath(file)}${middleOf(row)}${confidence}${fields}}\n`;
  };
}
