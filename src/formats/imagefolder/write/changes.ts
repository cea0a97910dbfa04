// Compares what a sample is with what its record says, and tells the keys that must change.
import type { ExportRow, FieldValue } from '../../types.ts';
import { namesIn } from '../records.ts';
import type { WriteOptions } from './options.ts';

/** A key with its new value. */
export interface Change {
  key: string;
  value: FieldValue;
}

/** What one record says. */
export interface RecordView {
  keys(): Iterable<string>;
  has(key: string): boolean;
  /** Undefined where it has no such key. */
  get(key: string): FieldValue | undefined;
}

/** Keys that name the picture; they are never changed. */
const PATH_KEYS: ReadonlySet<string> = new Set(['file_name', 'filepath']);

/**
 * The changes that make `record` say what `row` is; none: it does already. Values are compared as text, because a field may keep as text
 * what a file spells as a number. `list`: labels are a list in every record.
 */
export function changesOf(row: ExportRow, record: RecordView, options: WriteOptions, list: boolean): Change[] {
  const changes: Change[] = [];
  const { labelKey } = options;
  const current = record.get(labelKey);
  if (!isSame(labelsOf(current), row.labels)) {
    const value = labelValue(row.labels, list || labelKey === 'categories' || isList(current), current);
    changes.push({ key: labelKey, value });
  }
  for (const { key, value } of extras(row, options)) {
    const known = record.get(key);
    if (textOf(known ?? null) === textOf(value)) continue;
    changes.push({ key, value: likeBefore(value, known) });
  }
  return changes;
}

/** Fields and predictions of a row, by the key that they have in files. */
export function extras(row: ExportRow, { labelKey, predictions }: WriteOptions): Change[] {
  const found: Change[] = [];
  for (const [name, value] of Object.entries(row.fields ?? {})) {
    // A field whose name was taken when it was imported got this ending.
    const key = name.replace(/ \(imported(?: \d+)?\)$/, '');
    if (!PATH_KEYS.has(key) && key !== labelKey) found.push({ key, value });
  }
  if (predictions) {
    found.push({ key: 'predicted', value: row.predicted });
    found.push({ key: 'confidence', value: row.confidence === null ? null : Number(row.confidence.toFixed(6)) });
  }
  return found;
}

/** Names that a value of the label key holds. */
export function labelsOf(value: FieldValue | undefined): string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'object' ? namesIn(value.json) : [String(value)];
}

/** Labels as a value: null for none, a list where `list` or several, numbers where the record had numbers. */
export function labelValue(labels: readonly string[], list: boolean, before?: FieldValue): FieldValue {
  const asNumbers = typeof before === 'number' || (isList(before) && /^\[\s*-?\d/.test(before.json));
  const one = (name: string): string => (asNumbers && isNumber(name) ? name : JSON.stringify(name));
  const [only] = labels;
  if (only === undefined) return isList(before) || list ? (before === undefined ? null : { json: '[]' }) : null;
  if (list || labels.length > 1) return { json: `[${labels.map(one).join(', ')}]` };
  return asNumbers && isNumber(only) ? Number(only) : only;
}

const isList = (value: FieldValue | undefined): value is { json: string } =>
  typeof value === 'object' && value !== null && value.json.startsWith('[');
const isNumber = (text: string): boolean => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);

/** Order does not count: the file's is not the class list's. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  const [x, y] = [new Set(a), new Set(b)];
  return x.size === y.size && [...x].every((name) => y.has(name));
}

/** A new value of the same kind as the one before, where its text allows: a field of mixed values is kept as text. */
function likeBefore(value: FieldValue, before: FieldValue | undefined): FieldValue {
  if (typeof value !== 'string') return value;
  if (typeof before === 'number' && isNumber(value)) return { json: value };
  if (typeof before === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  const nested = before !== null && typeof before === 'object';
  return nested && isJson(value) ? { json: value } : value;
}

/** A value as text, the same for a number and its text; null like nothing. */
export function textOf(value: FieldValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.json : String(value);
}

/** True for a text that is one JSON value. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value as JSON text in the spelling of Python's json. */
export function rawOf(value: FieldValue): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? value.json : JSON.stringify(value);
}
