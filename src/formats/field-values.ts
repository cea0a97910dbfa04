// Values of a person's and a file's fields in exports: the same value in every cell and key, and a name that no other column has.
import type { Field } from '../catalog/types.ts';
import type { ExportRow, FieldValue } from './types.ts';

/** Columns and keys that exports write themselves; readers know them by these names. */
const taken = new Set([
  'image_path',
  'file_name',
  'label',
  'categories',
  'split',
  'predicted',
  'confidence',
  // Hugging Face gives these meanings of their own
  'image',
  'objects',
]);

/** The column or key of a field: its name, unless an export writes that itself. */
export const columnOf = ({ name }: Pick<Field, 'name'>): string =>
  taken.has(name) || name.startsWith('probability_') ? `field_${name}` : name;

/** A field's value as exports write it: dates as ISO 8601, lists and other JSON as their text. `value` as the catalog gives it. */
export function exportedValue({ type }: Pick<Field, 'type'>, value: unknown): FieldValue {
  if (type === 'date' && typeof value === 'number') return isoTime(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return value === undefined || value === null ? null : { json: JSON.stringify(value) };
}

/** A moment without its time where that is midnight: '2024-02-29', '2024-02-29T12:30:00.000Z'. */
function isoTime(at: number): FieldValue {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  return date.toISOString().replace(/T00:00:00\.000Z$/, '');
}

/** The text of a row's value in a CSV cell, not quoted yet; '' for none. */
export function cellText(row: ExportRow, { name }: Pick<Field, 'name'>): string {
  const value = row.fields?.[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? value.json : String(value);
}

/** A row's value as JSON. */
export function jsonText(row: ExportRow, { name }: Pick<Field, 'name'>): string {
  const value = row.fields?.[name];
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' ? value.json : JSON.stringify(value);
}

/** What is to be said of fields that identify a person: those that are written, and those that were asked for and are not. */
export function personWarnings(written: readonly Field[], withheld: readonly Field[]): string[] {
  const named = written.filter((field) => field.sensitive);
  const verb = (fields: readonly Field[]): string => (fields.length === 1 ? 'identifies' : 'identify');
  return [
    ...(named.length === 0
      ? []
      : [
          `${titles(named)} ${verb(named)} a person: whoever gets these files can read them. Paths may tell names, too.`,
        ]),
    ...(withheld.length === 0
      ? []
      : [`${titles(withheld)} ${verb(withheld)} a person and ${withheld.length === 1 ? 'is' : 'are'} left out.`]),
  ];
}

const titles = (fields: readonly Field[]): string =>
  fields
    .map((field) => field.title)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
