// Turns values that a person or a script gives single pictures into an edit: types are checked, new fields are made.
import { VitrineError } from '../../shared/errors.ts';
import { DERIVED_FIELDS } from '../schema.ts';
import { hasValues, type Table } from '../table.ts';
import type { Field, FieldType, SampleId, Scalar } from '../types.ts';
import type { JournalEntry } from './entry.ts';
import { rowsFor } from './parts.ts';
import { type GivenValues, planValues } from './set-values.ts';
import { joined, pictures } from './words.ts';

/**
 * The entry that merges `values` into the pictures' metadata: fields that are not named stay, null clears one. A whole number is accepted
 * for a field of fractions, never the other way round, and yes/no is no number (the rules of LightlyStudio's `update_metadata`, but for the
 * whole dataset). Errors: `bad-input` (another type, a built-in field), `no-data`, `not-found`.
 */
export function planMetadata(
  table: Table,
  rows: readonly (readonly [SampleId, Record<string, unknown>])[],
): JournalEntry {
  const byId = new Map<SampleId, Record<string, unknown>>();
  for (const [id, values] of rows) byId.set(id, { ...byId.get(id), ...values });
  const ids = rowsFor(table, Uint32Array.from(byId.keys()));
  const names = new Set<string>();
  for (const id of ids) for (const name of Object.keys(byId.get(id) ?? {})) names.add(name);
  const fields = [...names].map((name) => {
    const given = collect(ids, (id) => byId.get(id)?.[name]);
    const field = fieldFor(table, name, given.values);
    return { field, given: { ...given, values: given.values.map((value) => checked(field, value)) } };
  });
  const text = `${joined([...names])} set for ${pictures(ids.length)}`;
  return planValues(table, { text, rows: ids, classes: [], fields });
}

/** Distinct values with a code a row; undefined says nothing. */
function collect(ids: Uint32Array, read: (id: SampleId) => unknown): GivenValues<unknown> {
  const values: unknown[] = [];
  const codes = Int32Array.from(ids, (id) => {
    const value = read(id);
    return value === undefined ? -1 : values.push(value) - 1;
  });
  return { values, codes };
}

function fieldFor(table: Table, name: string, values: readonly unknown[]): Field {
  const column = table.columns.get(name);
  const known = column?.description;
  if (column && known?.origin === 'metadata' && hasValues(table, column)) return known;
  if ((known && known.origin !== 'metadata') || Object.hasOwn(DERIVED_FIELDS, name))
    throw new VitrineError('bad-input', `“${name}” is a field of Vitrine’s own. Choose another name for the metadata.`);
  if (name.trim() === '') throw new VitrineError('bad-input', 'A field of metadata needs a name.');
  const types = new Set(values.filter((value) => value !== null).map(typeOf));
  if (types.size === 2 && types.has('integer') && types.has('number')) types.delete('integer');
  const [type = 'text', other] = types;
  if (other !== undefined)
    throw new VitrineError(
      'bad-input',
      `“${name}” is ${WORDS[type]} for some pictures and ${WORDS[other]} for others. Choose one.`,
    );
  return metadataField(name, type);
}

/** A field of metadata as facets show it. */
export function metadataField(name: string, type: FieldType): Field {
  const facet =
    type === 'category'
      ? 'values'
      : type === 'boolean'
        ? 'switch'
        : type === 'text' || type === 'json'
          ? 'none'
          : 'histogram';
  return { name, title: name, type, origin: 'metadata', facet };
}

const WORDS: Record<FieldType, string> = {
  integer: 'a whole number',
  number: 'a number',
  boolean: 'yes or no',
  category: 'a text',
  text: 'a text',
  classes: 'a list of texts',
  date: 'a date',
  json: 'a list or an object',
};

function typeOf(value: unknown): FieldType {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'category' : 'json';
}

/** The value as its column keeps it. */
function checked({ name, type }: Field, value: unknown): Scalar | null {
  if (value === null) return null;
  const given = typeOf(value);
  if (type === 'json') return JSON.stringify(value);
  if ((type === 'category' || type === 'text') && typeof value === 'string') return value;
  if (type === 'number' && typeof value === 'number' && Number.isFinite(value)) return value;
  if ((type === 'integer' || type === 'date') && given === 'integer') return value as number;
  if (type === 'boolean' && typeof value === 'boolean') return value;
  throw new VitrineError(
    'bad-input',
    `“${name}” holds ${WORDS[type]} in this dataset, not ${WORDS[given]} (${JSON.stringify(value).slice(0, 60)}).`,
  );
}
