// Types the keys of a whole import, so that each becomes one field.
import type { Field } from '../../catalog/types.ts';
import type { FieldValue } from '../types.ts';
import { isArrowTime } from './peers/arrow-types.ts';

/** What the values of one key are, counted. */
export interface Column {
  integers: number;
  numbers: number;
  booleans: number;
  texts: number;
  lists: number;
  big: number;
  /** Texts that Hugging Face takes for moments. */
  times: number;
  /** Different texts, up to the bound. */
  words: Set<string>;
}

const DASH = 45;
/** Over so many different texts a list of values helps nobody. */
const MAX_WORDS = 1000;

/** Collects values by key, `add(at(key), value)`; `fields` types each over all of them. */
export function createColumns() {
  const columns = new Map<string, Column>();
  return {
    /** The column of a key, to add values to without looking it up again. */
    at(key: string): Column {
      let column = columns.get(key);
      if (!column) {
        column = { integers: 0, numbers: 0, booleans: 0, texts: 0, lists: 0, big: 0, times: 0, words: new Set() };
        columns.set(key, column);
      }
      return column;
    },
    add: addValue,
    fields: (): Field[] => [...columns].map(([name, column]) => fieldOf(name, column)),
    /** Keys of texts that all look like times. */
    times: (): string[] =>
      [...columns].filter(([, { texts, times }]) => texts > 0 && times === texts).map(([name]) => name),
    /** Keys whose values are of several types: readers with typed columns refuse them. */
    mixed: (): string[] => [...columns].filter(([, column]) => kinds(column) > 1).map(([name]) => name),
  };
}

function addValue(column: Column, value: FieldValue): void {
  if (typeof value === 'string') {
    column.texts++;
    if (value.charCodeAt(4) === DASH && isArrowTime(value)) column.times++;
    if (column.words.size <= MAX_WORDS) column.words.add(value);
  } else if (typeof value === 'number') {
    if (Number.isInteger(value)) column.integers++;
    else column.numbers++;
  } else if (typeof value === 'boolean') column.booleans++;
  else if (value !== null) {
    if (isContainer(value.json)) column.lists++;
    else column.big++;
  }
}

const isContainer = (raw: string): boolean => raw.startsWith('{') || raw.startsWith('[');

const kinds = ({ integers, numbers, big, booleans, texts, lists }: Column): number =>
  [integers + numbers + big, booleans, texts, lists].filter((n) => n > 0).length;

function fieldOf(name: string, column: Column): Field {
  const field = { name, title: name, origin: 'metadata' as const };
  if (column.lists > 0) return { ...field, type: 'json', facet: 'none' };
  // Integers beyond 2^53 are kept as text: as numbers they would be rounded.
  if (kinds(column) > 1 || column.big > 0) return { ...field, type: 'text', facet: 'none' };
  if (column.numbers > 0) return { ...field, type: 'number', facet: 'histogram' };
  if (column.integers > 0) return { ...field, type: 'integer', facet: 'histogram' };
  if (column.booleans > 0) return { ...field, type: 'boolean', facet: 'switch' };
  const few = column.words.size <= MAX_WORDS && column.words.size * 2 <= Math.max(column.texts, 4);
  return few ? { ...field, type: 'category', facet: 'values' } : { ...field, type: 'text', facet: 'none' };
}
